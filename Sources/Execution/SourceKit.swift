public import Foundation
public import Lessons
internal import Serialization
internal import Synchronization

/// What the toolchain knows of Swift source: its tokens and where its declarations are; `TypedProgram` asks it for types.
public final class SourceKit: Sendable {
    private let path: String
    /// What was learned, now and before.
    let memory: ToolchainMemory
    /// What was parsed, by the code's digest: texts are equal to Swift that have other bytes, and so other places.
    private let parsed = Mutex<[Digest: Syntax]>([:])

    /// The SourceKit of a toolchain, which is loaded when it is asked something for the first time.
    ///
    /// - Parameters:
    ///   - toolchain: The toolchain.
    ///   - library: What tells one build of the library from another, whose names are asked about.
    ///   - memory: A file in which is kept what the toolchain answered.
    /// - Throws: `Diagnostic` of kind `setup`, if there is none.
    public init(toolchain: Toolchain, library: String = "", memory: URL? = nil) throws(Diagnostic) {
        path = toolchain.sourceKit
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw Diagnostic(
                .error,
                .setup,
                at: SourceLocation(file: path),
                "there is no SourceKit",
                hint: "it comes with the toolchain from https://www.swift.org/install"
            )
        }
        self.memory = ToolchainMemory(in: memory, sourceKit: path, library: library)
    }

    /// Whether code of a lesson was never parsed before.
    public func isNew(_ lesson: Lesson) -> Bool { lesson.steps().contains { !isKnown($0.code) } }

    /// Loads SourceKit, which takes as long as parsing a course, before it is asked something.
    public func load() { _ = try? SourceKitLibrary.shared(at: path) }

    /// Writes down what was learned, for the next build.
    public func remember() { memory.write() }

    /// The tokens of a piece of Swift, in their order, for coloring.
    ///
    /// Text that is no Swift gives the tokens that SourceKit can make of it.
    public func syntaxTokens(of code: String) -> [SyntaxToken] {
        (try? syntax(of: code))?.tokens ?? []
    }

    /// How many pieces are parsed as one text.
    private static let batch = 64

    /// Parses pieces of Swift that will be asked for, as many at a time as go together.
    ///
    /// One that is not whole by itself waits until it is asked for.
    public func prepare(_ codes: [String]) {
        var seen: Set<Digest> = []
        let new = codes.filter {
            SyntaxBatch.mayHold($0) && seen.insert(Digest(of: $0)).inserted && !isKnown($0)
        }
        let batches = stride(from: 0, to: new.count, by: SourceKit.batch).map {
            new[$0..<min($0 + SourceKit.batch, new.count)]
        }
        _ = batches.concurrentMap(parseTogether)
    }

    @Sendable private func parseTogether(_ pieces: ArraySlice<String>) {
        guard pieces.count > 1 else { return }
        let batch = SyntaxBatch(pieces)
        if let whole = try? parse(batch.text), let syntaxes = batch.syntaxes(in: whole) {
            for (code, syntax) in zip(pieces, syntaxes) {
                keep(syntax, of: Digest(of: code))
            }
        } else {
            let middle = pieces.startIndex + pieces.count / 2
            parseTogether(pieces[..<middle])
            parseTogether(pieces[middle...])
        }
    }

    /// The compiler that SourceKit belongs to, such as `Swift 6.3.1`; it takes no process to ask.
    public var compilerVersion: String {
        if let known = memory.answer(on: .version)?.string { return known }
        guard let answer = try? send("compiler_version", []) else { return "Swift" }
        let numbers = ["major", "minor", "patch"].compactMap { answer["key.version_\($0)"]?.integer }
        let shown = numbers.last == 0 ? numbers.dropLast() : numbers[...]
        let version = "Swift \(shown.map(String.init).joined(separator: "."))"
        memory.keep(.string(version), on: .version)
        return version
    }

    /// Parses a piece of Swift.
    package func syntax(of code: String) throws(SourceKitLibrary.Failure) -> Syntax {
        let digest = Digest(of: code)
        if let known = parsed.withLock({ $0[digest] }) { return known }
        let kept = memory.answer(on: .syntax, to: digest.text)
        if let syntax = kept.flatMap(Syntax.init(json:)) {
            parsed.withLock { $0[digest] = syntax }
            return syntax
        }
        let syntax = try parse(code)
        keep(syntax, of: digest)
        return syntax
    }

    private func isKnown(_ code: String) -> Bool { memory.knows(.syntax, of: Digest(of: code).text) }

    private func keep(_ syntax: Syntax, of digest: Digest) {
        memory.keep(syntax.json, on: .syntax, to: digest.text)
        parsed.withLock { $0[digest] = syntax }
    }

    private func parse(_ code: String) throws(SourceKitLibrary.Failure) -> Syntax {
        let name = "\(UUID().uuidString).swift"
        defer { close(name) }
        guard let syntax = Syntax(try open(name, code), of: code) else {
            throw SourceKitLibrary.Failure(message: "editor.open: the response is not as expected")
        }
        return syntax
    }

    func open(_ name: String, _ text: String) throws(SourceKitLibrary.Failure) -> JSON {
        try send(
            "editor.open",
            [
                JSON.Member("name", .string(name)), JSON.Member("sourcetext", .string(text)),
                JSON.Member("enablesyntaxmap", .integer(1)), JSON.Member("enablesubstructure", .integer(1)),
                JSON.Member("syntactic_only", .integer(1)),
            ]
        )
    }

    func close(_ name: String) {
        _ = try? send("editor.close", [JSON.Member("name", .string(name))])
    }

    /// Sends a request with these details, whose names lack their `key.`, as those of the response do not.
    func send(
        _ request: String,
        _ details: [JSON.Member]
    ) throws(SourceKitLibrary.Failure) -> JSON {
        let members = details.map { "key.\($0.name): \($0.value.compact)" }
        do {
            // The kind of a request is a name of SourceKit's own, not a text, and so has no quotes.
            let kind = "key.request: source.request.\(request)"
            return try JSON(
                parsing: SourceKitLibrary.shared(at: path).respond(
                    to: "{\(([kind] + members).joined(separator: ", "))}"
                )
            )
        } catch let failure as SourceKitLibrary.Failure {
            throw SourceKitLibrary.Failure(message: "\(request): \(failure.message)")
        } catch {
            throw SourceKitLibrary.Failure(message: "\(request): the response is not as expected: \(error)")
        }
    }
}
