internal import Foundation
internal import Serialization
internal import Synchronization

/// A program that SourceKit has open: it is type-checked once, whatever is asked of it. Places are bytes of its text.
package final class TypedProgram: Sendable {
    /// The Swift source.
    package let text: String
    /// The declarations, statements, closures and calls, each with those in it.
    let structure: [JSON]
    private let sourceKit: SourceKit
    private let name: String
    private let arguments: [String]

    /// Lessons are asked about at the same time, and the library, of which a process has one, drops a request for types
    /// when the next one comes.
    private static let typeChecking = Mutex(())

    /// Opens a program.
    ///
    /// - Parameter arguments: The compiler's options, without files.
    package init(
        _ text: String,
        arguments: [String],
        in sourceKit: SourceKit
    ) throws(SourceKitLibrary.Failure) {
        self.text = text
        self.sourceKit = sourceKit
        name = "\(UUID().uuidString).swift"
        // Where it is asked for names, SourceKit prints warnings of its own to standard error. At each request it looks for
        // C++ in all places where GCC may be, unless it is told where, which takes half of the time of a short answer.
        self.arguments = arguments + ["-suppress-warnings", "-Xcc", "--gcc-toolchain=/", name]
        structure = try sourceKit.open(name, text)["key.substructure"]?.array ?? []
    }

    deinit { sourceKit.close(name) }

    /// Returns the symbol of the name at an offset; `nil` if SourceKit cannot tell.
    package func symbol(at position: Int) -> Symbol? {
        let details = [
            JSON.Member("sourcefile", .string(name)), JSON.Member("offset", .integer(position)),
            JSON.Member("compilerargs", compilerArguments),
            JSON.Member("cancel_on_subsequent_request", .integer(0)),
        ]
        return (try? ask("cursorinfo", details)).flatMap { Symbol($0, in: name) }
    }

    /// Returns the names that could stand in the place of one: behind a dot the members of what stands before it, else
    /// what is in scope.
    package func names(insteadOf range: Range<Int>) -> [String] {
        let bytes = Array(text.utf8)
        let rest = String(decoding: bytes[..<range.lowerBound] + bytes[range.upperBound...], as: UTF8.self)
        let details = [
            JSON.Member("sourcefile", .string(name)), JSON.Member("sourcetext", .string(rest)),
            JSON.Member("offset", .integer(range.lowerBound)), JSON.Member("compilerargs", compilerArguments),
        ]
        let answer = try? ask("codecomplete", details)
        let found = answer?["key.results"]?.array ?? []
        let names = found.compactMap { $0["key.name"]?.string.map { String($0.prefix { $0 != "(" }) } }
        return Set(names).sorted()
    }

    /// The identifiers that the type checker has for the errors in the program.
    package var errors: [String] {
        let details = [
            JSON.Member("sourcefile", .string(name)), JSON.Member("compilerargs", compilerArguments),
        ]
        let found = (try? ask("diagnostics", details))?["key.diagnostics"]?.array ?? []
        return found.compactMap { $0["key.id"]?.string }
    }

    /// Sends a request, for which SourceKit may compile the program: it prints what is wrong with that.
    private func ask(_ request: String, _ details: [JSON.Member]) throws(SourceKitLibrary.Failure) -> JSON {
        try SourceKitLibrary.silently { () throws(SourceKitLibrary.Failure) in
            try sourceKit.send(request, details)
        }
    }

    private var compilerArguments: JSON { .array(arguments.map(JSON.string)) }

    /// What the meaning of a library's name depends on: the compiler's options, and the lines that import something.
    var surroundings: [String] {
        arguments.dropLast() + text.split(separator: "\n").filter { $0.contains("import ") }.map(String.init)
    }

    /// Asks for all types, of which the first makes SourceKit check the program: another program's check must not come
    /// between, which would keep this one waiting for it.
    package func types() throws(SourceKitLibrary.Failure) -> Types {
        try TypedProgram.typeChecking.withLock { _ throws(SourceKitLibrary.Failure) in
            Types(expressions: try types("expression"), variables: try types("variable"), in: text)
        }
    }

    private func types(_ what: String) throws(SourceKitLibrary.Failure) -> [JSON] {
        let details = [
            JSON.Member("sourcefile", .string(name)), JSON.Member("compilerargs", compilerArguments),
        ]
        guard let list = try ask("\(what).type", details)["key.\(what)_type_list"]?.array else {
            throw SourceKitLibrary.Failure(message: "\(what).type: the response is not as expected")
        }
        return list
    }
}

extension TypedProgram {
    /// The types in a program.
    package struct Types: Sendable {
        /// The type of every expression that the type checker could make sense of.
        package var expressions: [TypedExpression]
        /// The types of all variables, by where their names begin where they are declared.
        package var variables: [Int: String]

        /// Reads SourceKit's answers.
        fileprivate init(expressions: [JSON], variables: [JSON], in text: String) {
            self.expressions = expressions.compactMap { expression in
                guard let offset = expression["key.expression_offset"]?.integer,
                    let length = expression["key.expression_length"]?.integer,
                    let type = expression["key.expression_type"]?.string,
                    // For loops and interpolations SourceKit reports ranges that end before they begin.
                    length >= 0, offset + length <= text.utf8.count
                else { return nil }
                return TypedExpression(range: offset..<offset + length, type: type)
            }
            let pairs = variables.compactMap { variable -> (Int, String)? in
                guard let offset = variable["key.variable_offset"]?.integer,
                    let type = variable["key.variable_type"]?.string
                else { return nil }
                return (offset, type)
            }
            self.variables = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
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

extension TypedProgram {
    /// SourceKit's knowledge of a name.
    package struct Symbol: Sendable {
        /// The kind, such as `source.lang.swift.ref.struct`.
        package var kind: String
        /// The declaration as XML, in which types are marked.
        package var declaration: String
        /// The unified identifier.
        package var identifier: String?
        /// The offset of the declaration in this program; `nil` if it is elsewhere.
        package var offset: Int?
        /// The documentation comment.
        package var documentation: String?
        /// The other symbols of the name: of a type that is called, its initializer.
        package var others: [Symbol]

        /// Reads SourceKit's answer on a name in a file; `nil` for one that names no declaration.
        init?(_ json: JSON, in file: String) {
            guard let kind = json["key.kind"]?.string, let declaration = json["key.annotated_decl"]?.string
            else { return nil }
            self.kind = kind
            self.declaration = declaration
            identifier = json["key.usr"]?.string
            offset = json["key.filepath"]?.string == file ? json["key.offset"]?.integer : nil
            documentation = json["key.doc_comment"]?.string
            others = (json["key.secondary_symbols"]?.array ?? []).compactMap {
                Symbol($0, in: file)
            }
        }
    }
}
