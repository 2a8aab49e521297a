import Execution
import Foundation
import Lessons
import Testing
import Turns

/// Code that is valid although it mentions a name, `N`, further up than a variable of that name is declared; `K` is a
/// number of its own in every piece.
private struct Mention {
    var code: String
    /// What follows once the variable has a value.
    var after = ""
    /// Whether the code may stand in braces.
    var isInner = true

    init(_ code: String, after: String = "", isInner: Bool = true) {
        (self.code, self.after, self.isInner) = (code, after, isInner)
    }

    /// Names that are bound elsewhere, or are no variables.
    static let valid = [
        Mention("for N in [1, 2] { print(N) }"),
        Mention("for (_, N) in [(1, 2)] { print(N) }"),
        Mention("for (a, (N, b)) in [(1, (2, 3))] { print(a, N, b) }"),
        Mention("for N in [1, 2] where N > 1 { print(N * 2) }"),
        Mention("for (i, N) in [4, 5].enumerated() where i > 0 { print(N, i) }"),
        Mention("for case let N? in [1, nil] { print(N) }"),
        Mention("for N in 0..<3 { for q in 0..<N { print(q) } }"),
        Mention("if let N = Optional(1) { print(N) }"),
        Mention("if let N = Optional(1), N > 0, case let q = N { print(N + q) }"),
        Mention("if case .some(let N) = Optional(3) { print(N) }"),
        Mention("if case let (N, q) = (1, 2), N < q { print(N) }"),
        Mention(
            "if case 1...3 = 2, let N = Optional(\"a\") { print(N) } else if let N = Optional(3) { print(N) }"
        ),
        Mention("var oK: Int? = 2\nwhile let N = oK { print(N); oK = N > 1 ? N - 1 : nil }"),
        Mention("do { guard let N = Optional(3), N > 2 else { fatalError() }; print(N) }"),
        Mention("struct EK: Error {}\ndo { throw EK() } catch let N { print(N) }"),
        Mention(
            "enum EK: Error { case a(Int) }\ndo { throw EK.a(3) } catch EK.a(let N) where N > 1 { print(N) } catch {}"
        ),
        Mention("switch 3 { case let N where N > 2: print(N); default: break }"),
        Mention("switch (1, 2) { case (let N, 2), (2, let N): print(N); default: break }"),
        Mention("let sK = switch 3 { case let N: N + 1 }\nprint(sK)"),
        Mention("let iK = if case let N = 4, N > 3 { N } else { 0 }\nprint(iK)"),
        Mention("print([1, 2].map { N in N + 1 })"),
        Mention("print([1, 2].map { (N: Int) -> Int in\n    N + 1\n})"),
        Mention("print([1, 2].reduce(0) { N, q in N + q })"),
        Mention("print(zip([1], [2]).map { (N, q) in N * q })"),
        Mention("print([[1]].map { $0.map { N in N } })"),
        Mention("print(\"\\([1, 2].contains { N in N == 2 })\")"),
        Mention("let hK: (Int) -> Int = { N in N }\nprint(hK(1))"),
        Mention("do { let q = 3; let c = { [N = q] in N }; print(c()) }"),
        Mention("func fK(_ N: Int) -> Int { N + 1 }\nprint(fK(2))"),
        Mention("func fK(N: Int) -> Int { N }\nprint(fK(N: 2))"),
        Mention("func fK(with N: inout Int) { N += 1 }\nvar vK = 1\nfK(with: &vK)\nprint(vK)"),
        Mention("func fK(_ x: Int = 1, N: Int = 2) -> Int { let N = N; return x + N }\nprint(fK())"),
        Mention("func fK<N: Numeric>(_ x: N) -> N where N: Comparable { x + x }\nprint(fK(2))"),
        Mention("do { let N = 3; print(\"\\(N) and \\(N + 1)\") }"),
        Mention("do { var N = 3; N += 1; print(N) }"),
        Mention("repeat { let N = 1; print(N) } while false"),
        Mention("do { func N() -> Int { 4 }; print(N()) }"),
        Mention("do { struct N { var x = 1 }; print(N().x) }"),
        Mention("do { typealias N = Int; print(N(3)) }"),
        Mention(
            "struct SK { var N = 1; func g() -> Int { N + self.N } }\nprint(SK().g(), SK(N: 4).N, SK()[keyPath: \\.N])"
        ),
        Mention("struct SK { subscript(N: Int) -> Int { N } }\nprint(SK()[3])"),
        Mention("enum CK { case N, other }\nlet cK: CK = .N\nprint(cK == .N, CK.N)"),
        Mention("enum CK { case N(Int) }\nif case .N(let q) = CK.N(3) { print(q) }"),
        Mention("let tK = (N: 1, q: 2)\nprint(tK.N)"),
        Mention("N: for i in 0..<3 { if i == 1 { continue N }; print(i) }"),
        Mention("#if N\nprint(\"no\")\n#else\nprint(\"yes\")\n#endif"),
        Mention("#if os(macOS)\nprint(N)\n#endif"),
        Mention("let dK = [\"N\": 1] // N\nprint(dK[\"N\"]!, #\"N\"# /* N */)"),
        Mention("extension Int { func mK(N: Int) -> Int { self + N } }\nprint(3.mK(N: 4))", isInner: false),
        Mention("var wK: Int { let N = 3; return N }\nprint(wK)"),
        // Here the variable further down is meant, and read when it has a value.
        Mention("func fK() -> Int { N }", after: "print(fK())", isInner: false),
        Mention("func fK(_ x: Int = N) -> Int { x }", after: "print(fK())", isInner: false),
        Mention("let gK = { N + 1 }", after: "print(gK())", isInner: false),
        Mention("let gK = { \"\\(N)\" }", after: "print(gK())", isInner: false),
        Mention(
            "struct LK { var x = N; static var y: Int { N } }",
            after: "print(LK().x, LK.y)",
            isInner: false
        ),
        Mention("final class LK { init() { print(N) } }", after: "_ = LK()", isInner: false),
        Mention("var cK: Int { N }", after: "print(cK)", isInner: false),
        Mention("var cK = 1 { didSet { print(N) } }", after: "cK = 2", isInner: false),
        Mention("defer { print(N) }", isInner: false),
        Mention(
            "func fK(_ y: @autoclosure @escaping () -> Int) -> () -> Int { y }\nlet kK = fK(N)",
            after: "print(kK())",
            isInner: false
        ),
        Mention(
            "func fK(_ y: @escaping () -> Int) -> () -> Int { y }\nlet kK = [fK { N }].map { $0 }",
            after: "print(kK[0]())",
            isInner: false
        ),
    ]

    /// The direct reads of a variable that has no value yet, each behind a `«`.
    static let early = [
        "print(«N)", "let aK = «N + 1\nprint(aK)", "print(\"\\(«N)\")", "print(\"a\\(\"b\\(«N)\")\")",
        "print(#\"\\#(«N)\"#)", "if «N > 0 { print(1) }", "if true { print(«N) }",
        "if false {} else if «N == 0 { print(1) }", "for _ in 0..<1 { print(«N) }",
        "for i in 0..<«N { print(i) }",
        "for i in [1] where i > «N { print(i) }", "while «N > 9 { break }",
        "repeat { print(«N) } while false",
        "repeat { print(1) } while «N > 9", "do { print(«N) }", "do { let q = «N; print(q) }",
        "struct EK: Error {}\ndo { throw EK() } catch { print(«N) }", "switch «N { default: print(1) }",
        "switch 3 { case 3: print(«N); default: break }",
        "switch 3 { case let q where q > «N: print(q); default: break }",
        "let iK = if true { «N } else { 0 }\nprint(iK)", "let cK = { [«N] in N }\nprint(cK())",
        "let cK = { [q = «N, r = 1] in q + r + N }\nprint(cK())", "print({ «N }())",
        "let xK = { (q: Int) in q + «N }(3)\nprint(xK)", "print(({ «N })())", "print(Optional(3) ?? «N)",
        "print(true ? «N : 0)", "print([1, «N])", "print([\"a\": «N])", "print((1, «N))", "print(abs(«N))",
        "print([1, 2][«N])", "print(«N.description)", "print(-«N)", "print(«N as Any)",
        "print(\n    1,\n    «N\n)",
        "if let oK = Optional(«N) { print(oK) }", "if case 0...9 = «N { print(1) }",
        "guard «N == 0 else { fatalError() }", "guard let yK = Optional(«N) else { fatalError() }\nprint(yK)",
        "var vK = «N { didSet { print(N) } }\nvK = 2", "let (aK, bK) = («N, 2)\nprint(aK, bK)",
        "let aK = 1, bK = «N\nprint(aK, bK)", "assert(«N >= 0)", "for N in [1] { print(N) }\nprint(«N)",
        "print([1].map { N in N }, «N)", "func fK(N: Int) -> Int { N }\nprint(fK(N: «N))",
        "do { defer { print(«N) }; print(1) }", "for a in [1] { if a == 1 { do { print(«N) } } }",
        "print([«N, 2].map { $0 })", "if let N = Optional(«N) { print(N) }", "for N in [«N] { print(N) }",
        "switch («N, 1) { case (let N, _): print(N) }", "do { let x = «N, N = x; print(N) }",
        "func fK(_ x: inout Int) { x += 1 }\nvar zK = «N\nfK(&zK)",
    ]
}

/// Programs of one lesson each of whose variables has a name of its own, so that many are compiled at once.
private struct Programs {
    /// The cells of the lesson.
    var cells: [String] = []
    private var random: SplitMix
    private var count: Int
    /// The parts of the programs: what stands first, further down, and last.
    private var parts: [[String]] = [[], [], []]

    init(seed: UInt64) {
        random = SplitMix(seed: seed)
        count = Int(seed) * 1000
    }

    /// Ways to declare a variable; the last is a function by another name, which may be read anywhere.
    private static let declarations = [
        "let N = 7", "var N = 7\nN += 1", "let N: Int = 7", "let (N, rK) = (7, 8)\nprint(rK)",
        "let rK = 1, N = 7\nprint(rK)",
        "let N: Int = { 7 }()", "var N = 7 { didSet { print(oldValue) } }\nN = 8",
        "let N = if true { 7 } else { 8 }",
        "#if os(Linux) || os(macOS)\nlet N = 7\n#else\nlet N = 8\n#endif", "var N: Int { 7 }",
    ]

    private static func fill(_ code: String, _ name: String, _ number: Int) -> String {
        // `K` and `N` stand for themselves in no piece of code.
        code.replacing("K", with: "\(number)").replacing(/\bN\b/.wordBoundaryKind(.simple), with: name)
    }

    private mutating func pick<Element>(_ list: [Element]) -> Element { list.randomElement(using: &random)! }

    /// A name of its own, but for those that are given.
    private mutating func name(_ given: String?) -> String {
        count += 1
        let name = given ?? pick(["p", "x", "epoch", "loss", "größe", "`default`", "_state"])
        return given ?? (name.hasSuffix("`") ? "`default\(count)`" : "\(name)\(count)")
    }

    /// Code in braces that change nothing, now and then.
    private mutating func wrapped(_ mention: Mention) -> String {
        guard mention.isInner else { return mention.code }
        let opening = pick(["", "", "do {", "if true {", "for _ in 0..<1 {", "switch 1 { default:"])
        return opening.isEmpty ? mention.code : "\(opening)\n\(mention.code)\n}"
    }

    /// Adds a program that is valid.
    mutating func addValid(named given: String? = nil) {
        let name = name(given)
        var after = ""
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            count += 1
            let mention = pick(Mention.valid)
            parts[Int.random(in: 0...1, using: &random)].append(Self.fill(wrapped(mention), name, count))
            after += Self.fill("\n\(mention.after)", name, count)
        }
        let declaration = pick(Self.declarations)
        if declaration == Self.declarations.last { parts[0].append("print(\(name))") }
        parts[2].append(Self.fill("\(declaration)\nprint(N)", name, count) + after)
    }

    /// Adds a program that reads its variable too early.
    mutating func addEarly(_ code: String) {
        let name = name(nil)
        if Bool.random(using: &random) {
            count += 1
            parts[0].append(Self.fill(wrapped(pick(Mention.valid)), name, count))
        }
        count += 1
        parts[Int.random(in: 0...1, using: &random)].append(Self.fill(code, name, count))
        parts[2].append(Self.fill(pick(Array(Self.declarations.dropLast())), name, count))
    }

    /// Makes cells of the programs, and no more of them than a lesson may have.
    mutating func finish() {
        cells = parts.flatMap { part in
            stride(from: 0, to: part.count, by: 10).map {
                part[$0..<min($0 + 10, part.count)].joined(separator: "\n")
            }
        }
    }
}

@Suite("Uses before declaration", .inTurns) struct UseBeforeDeclarationTests {
    @Test("Valid programs whose names are shadowed run", arguments: UInt64(1)...5)
    func validProgramsRun(seed: UInt64) async throws {
        var programs = Programs(seed: seed)
        // What conditions of compilation are named, each once in a lesson.
        for name in ["os", "arch", "swift", "compiler", "canImport", "DEBUG"] {
            programs.addValid(named: name)
        }
        for _ in 0..<54 { programs.addValid() }
        programs.finish()
        let run = try await TestRunner.shared().run(lesson(programs.cells))
        #expect(run.diagnostics.filter { $0.severity == .error } == [])
        #expect(run.record != nil)
    }

    @Test("Direct reads of what has no value yet are refused where they stand, and the compiler takes them")
    func earlyUsesAreRefused() async throws {
        var programs = Programs(seed: 6)
        for index in 0..<60 { programs.addEarly(Mention.early[index % Mention.early.count]) }
        programs.finish()
        let places = programs.cells.enumerated().flatMap { index, code in
            code.split(separator: "«").dropLast().reduce(into: [(Int, Int)]()) { found, piece in
                found.append((index, (found.last?.1 ?? 0) + piece.utf8.count))
            }
        }
        #expect(places.count == 60)
        let lesson = lesson(programs.cells.map { $0.replacing("«", with: "") })
        let runner = try await TestRunner.shared()
        let run = await runner.run(lesson)
        #expect(run.record == nil)
        let expected = places.map { lesson.location(in: lesson.cells[$0.0], offset: $0.1) }
        #expect(run.diagnostics.map(\.location) == expected)
        #expect(
            run.diagnostics.allSatisfy {
                $0.message.contains("has no value yet: it is declared further down")
            }
        )
        try await typecheck(lesson, by: runner)
    }

    /// Has the compiler check a lesson's cells as one program.
    private func typecheck(_ lesson: Lesson, by runner: LessonRunner) async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "early \(UUID().uuidString).swift")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(lesson.cells.map(\.code).joined(separator: "\n").utf8).write(to: file)
        let process = Process()
        process.executableURL = URL(filePath: runner.toolchain.compiler)
        process.arguments = [
            "-typecheck", "-suppress-warnings", "-swift-version", "5", file.path(percentEncoded: false),
        ]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
