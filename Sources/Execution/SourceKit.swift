internal import Foundation
public import Lessons
internal import Synchronization

/// What the toolchain knows of Swift source: its tokens, where its declarations are, the types of its expressions.
public final class SourceKit: Sendable {
    private let library: SourceKitLibrary
    /// Lessons are asked about at the same time, and the library, of which a process has one, drops a request for types
    /// when the next one comes.
    private static let typeChecking = Mutex(())
    /// What was parsed: the same code is asked for to be told from comments, to be run and to be colored.
    private let parsed = Mutex<[String: Syntax]>([:])

    /// Loads the toolchain's SourceKit.
    ///
    /// - Throws: `Diagnostic` of kind `setup`.
    public init(toolchain: Toolchain) throws(Diagnostic) {
        do {
            library = try SourceKitLibrary(path: toolchain.sourceKit)
        } catch {
            throw Diagnostic(
                .error,
                .setup,
                at: SourceLocation(file: toolchain.sourceKit),
                "SourceKit cannot be used: \(error.message)",
                hint: "it comes with the toolchain from https://www.swift.org/install"
            )
        }
    }

    /// The tokens of a piece of Swift, in their order, for coloring.
    ///
    /// Text that is no Swift gives the tokens that SourceKit can make of it.
    public func syntaxTokens(of code: String) -> [SyntaxToken] {
        (try? syntax(of: code))?.tokens ?? []
    }

    /// The compiler that SourceKit belongs to, such as `Swift 6.3.1`; it takes no process to ask.
    public var compilerVersion: String {
        struct Nothing: Encodable {}
        guard let version: CompilerVersion = try? send("compiler_version", Nothing()) else { return "Swift" }
        return "Swift \(version.description)"
    }

    /// Parses a piece of Swift.
    package func syntax(of code: String) throws(SourceKitLibrary.Failure) -> Syntax {
        if let known = parsed.withLock({ $0[code] }) { return known }
        let name = "\(UUID().uuidString).swift"
        defer { close(name) }
        let syntax = Syntax(try open(name, code), of: code)
        parsed.withLock { $0[code] = syntax }
        return syntax
    }

    /// The type of every expression of a program that the type checker could make sense of.
    ///
    /// - Parameter arguments: The compiler's options, without files.
    package func expressions(
        of program: String,
        arguments: [String]
    ) throws(SourceKitLibrary.Failure) -> [TypedExpression] {
        let name = "\(UUID().uuidString).swift"
        defer { close(name) }
        _ = try open(name, program)
        let list = try SourceKit.typeChecking.withLock {
            _ throws(SourceKitLibrary.Failure) -> ExpressionList in
            try send("expression.type", ExpressionRequest(sourcefile: name, compilerargs: arguments + [name]))
        }
        return list.expressions.compactMap { expression in
            // For loops and interpolations SourceKit reports ranges that end before they begin.
            guard expression.offset + expression.length <= program.utf8.count else { return nil }
            let range = expression.offset..<expression.offset + expression.length
            return TypedExpression(range: range, type: expression.type)
        }
    }

    private func open(_ name: String, _ text: String) throws(SourceKitLibrary.Failure) -> EditorOpen {
        try send("editor.open", OpenRequest(name: name, sourcetext: text))
    }

    private func close(_ name: String) {
        struct Nothing: Decodable {}
        let _: Nothing? = try? send("editor.close", CloseRequest(name: name))
    }

    private func send<Response: Decodable>(
        _ request: String,
        _ details: some Encodable
    ) throws(SourceKitLibrary.Failure) -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        encoder.keyEncodingStrategy = .custom { SourceKitKey("key." + $0[$0.count - 1].stringValue) }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .custom {
            SourceKitKey(String($0[$0.count - 1].stringValue.dropFirst("key.".count)))
        }
        do {
            let details = String(decoding: try encoder.encode(details), as: UTF8.self)
            // The kind of a request is a name of SourceKit's own, not a text, and so has no quotes.
            let response = try library.respond(
                to: "{key.request: source.request.\(request), \(details.dropFirst())"
            )
            return try decoder.decode(Response.self, from: response)
        } catch let failure as SourceKitLibrary.Failure {
            throw SourceKitLibrary.Failure(message: "\(request): \(failure.message)")
        } catch {
            throw SourceKitLibrary.Failure(message: "\(request): the response is not as expected: \(error)")
        }
    }
}

/// An expression of a program with its type, as the type checker prints it.
package struct TypedExpression: Hashable, Sendable {
    /// The bytes of the program, in UTF-8.
    package var range: Range<Int>
    /// The type; `_` where the type checker found none.
    package var type: String
}

private struct SourceKitKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(_ stringValue: String) { self.stringValue = stringValue }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

private struct OpenRequest: Encodable {
    var name: String
    var sourcetext: String
    var enablesyntaxmap = 1
    var enablesubstructure = 1
    var syntactic_only = 1
}

private struct CloseRequest: Encodable {
    var name: String
}

private struct ExpressionRequest: Encodable {
    var sourcefile: String
    var compilerargs: [String]
}

private struct CompilerVersion: Decodable {
    var major: Int
    var minor: Int
    var patch: Int

    enum CodingKeys: String, CodingKey {
        case major = "version_major"
        case minor = "version_minor"
        case patch = "version_patch"
    }

    var description: String { "\(major).\(minor)" + (patch == 0 ? "" : ".\(patch)") }
}

private struct ExpressionList: Decodable {
    struct Expression: Decodable {
        var offset: Int
        var length: Int
        var type: String

        enum CodingKeys: String, CodingKey {
            case offset = "expression_offset"
            case length = "expression_length"
            case type = "expression_type"
        }
    }

    var expressions: [Expression]

    enum CodingKeys: String, CodingKey {
        case expressions = "expression_type_list"
    }
}

/// SourceKit's answer to opening a document.
struct EditorOpen: Decodable {
    struct Token: Decodable {
        var kind: String
        var offset: Int
        var length: Int
    }

    struct Part: Decodable {
        var kind: String
        var offset: Int
        var length: Int
    }

    struct Problem: Decodable {
        var line: Int
        var column: Int
        var description: String
        var severity: String
        var diagnostics: [Note]?
    }

    struct Note: Decodable {
        var line: Int
        var column: Int
        var description: String
    }

    var syntaxmap: [Token]
    var substructure: [Part]
    var diagnostics: [Problem]?
}
