import SwiftAnalysis
import Testing
import Turns

@Suite("The last expression of a piece", .inTurns) struct LastExpressionTests {
    private let prelude = """
        var x = 3
        var list = [1, 2, 3]
        let table: [String: Int] = [:]
        struct Failure: Error {}
        func risky(_ n: Int = 1) throws -> Int { n }
        func slow(_ n: Int) async -> Int { n }
        func apply(_ n: Int, body: (Int) -> Int, then: (Int) -> Int = { $0 }) -> Int { then(body(n)) }
        func nothing() {}
        """

    /// What is shown of each of these pieces, which follow the prelude.
    private func shown(_ codes: [String]) async throws -> [String?] {
        let pieces = ([prelude] + codes).map { $0 + "\n" }
        let typed = try await TestSourceKit.check(pieces)
        return pieces.indices.dropFirst().map { index in
            typed.lastExpression(of: index).map {
                String(decoding: Array(pieces[index].utf8)[$0], as: UTF8.self)
            }
        }
    }

    @Test("is shown, whole") func isShown() async throws {
        let codes = [
            "x", "x + 1", "-x", "!list.isEmpty", "(x, x)", "[x: 1]", "list[0]", "table[\"a\"]?.description",
            "list.map { $0 * 2 }", "list\n    .map { $0 + 1 }\n    .filter { $0 > 2 }", "x +\n    1",
            "x\n    + 1",
            "try risky()", "try! risky()", "try? risky(3)", "await slow(2)", "try await Task { x }.value",
            "apply(1) { $0 + 1 }", "apply(1) {\n    $0 + 1\n} then: {\n    $0\n}",
            "x > 1 ? \"many\" : \"one\"", "list.isEmpty\n    ? 1\n    : 2", "x as Any", "list.first as Int?",
            "\"a \\(x) b\"", "\"\"\"\na\n  \\(x)\nb\n\"\"\"", "#\"raw\"#", "3", "2.5", "true",
            "\\String.count",
            "String(\n    x\n)", "Optional.some({ () -> Int in 3 })", "Array(\n    list // why\n)",
            "\"日本 \\(x)\"", "list.reduce(0, +)", "x...x", "list[1...]", "Optional(x)!",
        ]
        #expect(try await shown(codes) == codes)
        #expect(try await shown(codes.map { "_ = 1\n\n\($0)\n\n// the end\n" }) == codes)
        #expect(try await shown(codes.map { "_ = 1; \($0); /* the\nend */" }) == codes)
    }

    @Test("is none") func isNone() async throws {
        let codes = [
            "", "// x", "/* x */\n", "let y = x", "var y =\n    x + 1", "let (a, b) = (1, 2)", "x = 4",
            "x += 1",
            "_ = x", "(x, x) = (1, 2)", "list[0] = 3", "nothing()", "print(x)", "list.append(3)",
            "fatalError(\"no\")", "func g() -> Int { x }", "struct S { var a = 1 }", "enum E { case a }",
            "extension Int { var twice: Int { 2 * self } }", "typealias N = Int", "import Notebook",
            "for i in list { print(i) }", "for i in list { i + 1 }", "if x > 1 { x } else { x }",
            "while x > 9 { x -= 1 }", "repeat { x += 1 } while x < 3", "switch x {\ncase 1: 2\ndefault: 3\n}",
            "guard x > 0 else { fatalError() }", "do { try risky() } catch { x }", "defer { x }",
            "throw Failure()", "throw\n    Failure()", "outer: for _ in list { break outer }",
            "#if os(Linux)\nx\n#endif", "undefined", "x.undefined", "let y = 3 // x", "x; let y = 2",
            "var y: Int {\n    x\n}", "let s = \"\"\"\nx\n\\(x)\n\"\"\"", "list.first.map { _ in nothing() }",
            "let y = if x > 1 { 1 } else { 2 }",
        ]
        for (code, shown) in zip(codes, try await shown(codes)) {
            #expect(shown == nil, "\(code)")
        }
    }
}
