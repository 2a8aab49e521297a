internal import Foundation
internal import Lessons
internal import Records
internal import Synchronization

/// What a toolchain's parser made of pieces of Swift, what names of the library stand for, and how the driver compiles,
/// kept from build to build: as long as no new code comes along, SourceKit need not even be loaded.
final class SyntaxMemory: Sendable {
    private struct State {
        var version: String?
        var plan: CompilationPlan?
        /// What is kept, by the digest of the code.
        var kept: [String: JSON] = [:]
        /// What names of the library stand for, by what is said of them in code.
        var names: [String: JSON] = [:]
        /// The digests of code, and the names, that this process asked for.
        var used: Set<String> = []
        var isChanged = false
    }

    /// How much is kept that the latest build did not need.
    private static let most = 4096

    private let file: URL?
    /// What tells one build of the toolchain's SourceKit, of this program and of the library from another.
    private let stamp: String
    private let state: Mutex<State>

    /// Recalls what is kept in a file; without one, what this process learns.
    ///
    /// - Parameters:
    ///   - file: The file; one that is corrupt, or of another toolchain, counts as none.
    ///   - sourceKit: The path of the toolchain's SourceKit.
    ///   - library: What tells one build of the library from another.
    init(in file: URL?, sourceKit: String, library: String) {
        self.file = file
        // Another build of this program may make something else of the same answer.
        let program = Bundle.main.executableURL?.path(percentEncoded: false)
        let files = [sourceKit, program].map { $0.flatMap(FileStamp.init)?.description ?? "" }
        stamp = ([library] + files).joined(separator: "; ")
        state = Mutex(State())
        guard let file, let data = try? Data(contentsOf: file),
            let json = JSON(sealed: [UInt8](data)), json["stamp"]?.string == stamp,
            case .object(let members)? = json["syntaxes"], case .object(let names)? = json["names"]
        else { return }
        state.withLock { state in
            state.version = json["version"]?.string
            let jobs = json["plan"]?.array?.map { $0.array?.compactMap(\.string) ?? [] }
            state.plan = jobs.map(CompilationPlan.init(jobs:))
            for member in members { state.kept[member.name] = member.value }
            for member in names { state.names[member.name] = member.value }
        }
    }

    /// The compiler's version, asked for once.
    func version(otherwise ask: () -> String) -> String {
        if let known = state.withLock(\.version) { return known }
        let version = ask()
        state.withLock { state in
            state.version = version
            state.isChanged = true
        }
        return version
    }

    /// How the driver compiles; `nil` where it was not asked.
    var plan: CompilationPlan? {
        get { state.withLock(\.plan) }
        set {
            state.withLock { state in
                state.plan = newValue
                state.isChanged = true
            }
        }
    }

    /// A text that was kept by a name.
    func text(of name: String) -> String? {
        state.withLock { state in
            state.used.insert(name)
            return state.names[name]?.string
        }
    }

    /// Keeps a text by a name, unless it is known.
    func keep(_ text: String, as name: String) {
        state.withLock { state in
            guard state.names[name]?.string != text else { return }
            state.names[name] = .string(text)
            state.used.insert(name)
            state.isChanged = true
        }
    }

    /// Whether it is known what the parser makes of code.
    func knows(_ code: String) -> Bool {
        let digest = Digest(of: code).text
        return state.withLock { $0.kept[digest] != nil }
    }

    /// What the parser makes of code, asked for once.
    func syntax(
        of code: String,
        otherwise ask: () throws(SourceKitLibrary.Failure) -> Syntax
    ) throws(SourceKitLibrary.Failure) -> Syntax {
        let digest = Digest(of: code).text
        let known = state.withLock { state in
            state.used.insert(digest)
            return state.kept[digest]
        }
        if let known = known.flatMap(Syntax.init(json:)) { return known }
        let syntax = try ask()
        state.withLock { state in
            state.kept[digest] = syntax.json
            state.isChanged = true
        }
        return syntax
    }

    /// What a name stands for, by what is said of it in code; its place is of no meaning.
    func note(on name: String) -> NameNote? {
        let known = state.withLock { state in
            state.used.insert(name)
            return state.names[name]
        }
        return known.flatMap(NameNote.init(json:))
    }

    /// Keeps what a name stands for.
    func keep(_ note: NameNote, on name: String) {
        state.withLock { state in
            state.names[name] = note.json
            state.used.insert(name)
            state.isChanged = true
        }
    }

    /// Writes down what is new since it was last written. Where that fails, the next build asks again.
    func write() {
        guard let file else { return }
        let json = state.withLock { state -> JSON? in
            guard state.isChanged else { return nil }
            state.isChanged = false
            if state.kept.count > SyntaxMemory.most {
                state.kept = state.kept.filter { state.used.contains($0.key) }
            }
            if state.names.count > SyntaxMemory.most {
                state.names = state.names.filter { state.used.contains($0.key) }
            }
            func object(_ values: [String: JSON]) -> JSON {
                .object(values.sorted { $0.key < $1.key }.map { JSON.Member($0.key, $0.value) })
            }
            return [
                "stamp": .string(stamp), "version": state.version.map(JSON.string) ?? .null,
                "plan": state.plan.map { .array($0.jobs.map { .array($0.map(JSON.string)) }) } ?? .null,
                "syntaxes": object(state.kept), "names": object(state.names),
            ]
        }
        guard let json else { return }
        let folder = file.deletingLastPathComponent()
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try? Data(json.sealed.utf8).write(to: file, options: .atomic)
    }
}

extension NameNote {
    /// The note as its texts.
    fileprivate var json: JSON {
        .array([declaration, summary, symbol ?? ""].map(JSON.string))
    }

    /// Reads a note back.
    fileprivate init?(json: JSON) {
        guard let texts = json.array?.compactMap(\.string), texts.count == 3 else { return nil }
        let symbol = texts[2].isEmpty ? nil : texts[2]
        self.init(0..<0, declaration: texts[0], summary: texts[1], symbol: symbol)
    }
}

extension Syntax {
    /// The syntax as few words: most is never read back, and a text takes less time to pass over than numbers.
    fileprivate var json: JSON {
        func numbers(_ ranges: [Range<Int>]) -> JSON {
            .string(ranges.map { "\($0.lowerBound) \($0.upperBound)" }.joined(separator: " "))
        }
        return [
            .string(String(decoding: tokens.map(\.kind.letter), as: UTF8.self)),
            numbers(tokens.map(\.range)),
            numbers(constructs),
            numbers(variables.flatMap { [$0.name, $0.declaration] }),
            .array(problems.map(\.json)),
        ]
    }

    /// Reads a syntax back.
    fileprivate init?(json: JSON) {
        func ranges(_ json: JSON) -> [Range<Int>]? {
            guard let words = json.string?.utf8.split(separator: UInt8(ascii: " ")) else { return nil }
            let numbers = words.compactMap { Int(Substring($0)) }
            guard numbers.count == words.count, numbers.count.isMultiple(of: 2) else { return nil }
            let pairs = stride(from: 0, to: numbers.count, by: 2).map { (numbers[$0], numbers[$0 + 1]) }
            return pairs.allSatisfy { 0 <= $0 && $0 <= $1 } ? pairs.map { $0..<$1 } : nil
        }
        guard let parts = json.array, parts.count == 5, let letters = parts[0].string,
            let places = ranges(parts[1]), let constructs = ranges(parts[2]),
            let variables = ranges(parts[3]), let problems = parts[4].array
        else { return nil }
        let kinds = letters.utf8.compactMap { SyntaxToken.Kind.byLetter[$0] }
        guard kinds.count == places.count, variables.count.isMultiple(of: 2) else { return nil }
        tokens = zip(kinds, places).map { SyntaxToken($0, $1) }
        self.constructs = constructs
        self.variables = stride(from: 0, to: variables.count, by: 2).map {
            Variable(name: variables[$0], declaration: variables[$0 + 1])
        }
        self.problems = problems.compactMap(Problem.init(json:))
    }
}

extension SyntaxToken.Kind {
    /// The first letter of its name, which no two have in common.
    fileprivate var letter: UInt8 { rawValue.utf8.first! }
    fileprivate static let byLetter = Dictionary(uniqueKeysWithValues: allCases.map { ($0.letter, $0) })
}

extension Syntax.Problem {
    /// The problem as line, column, words and notes.
    fileprivate var json: JSON {
        [.integer(line), .integer(column), .string(message), .array(notes.map(\.json))]
    }

    /// Reads a problem back.
    fileprivate init?(json: JSON) {
        guard let parts = json.array, parts.count == 4, let line = parts[0].integer,
            let column = parts[1].integer, let message = parts[2].string, let notes = parts[3].array
        else { return nil }
        self.init(
            line: line,
            column: column,
            message: message,
            notes: notes.compactMap(Syntax.Problem.init(json:))
        )
    }
}
