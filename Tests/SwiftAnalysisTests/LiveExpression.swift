import SwiftAnalysis
import Testing
import Turns

@Suite("Calls of live and animate", .inTurns) struct LiveExpressionTests {
    /// What is shown of each of these pieces.
    private func shown(_ codes: [String]) async throws -> [[String]] {
        let pieces = codes.map { $0 + "\n" }
        let typed = try await TestSourceKit.check(pieces)
        return pieces.indices.map { index in
            typed.shownExpressions(of: index).map {
                String(decoding: Array(pieces[index].utf8)[$0], as: UTF8.self)
            }
        }
    }

    @Test("The last expression of their closures is shown") func shown() async throws {
        let live = "live(Stepper(\"n\", 0...9))"
        let codes = [
            "\(live) { n in n }", "\(live) { n in\n    let m = n\n    m + 1  // it\n}",
            "\(live) { n in print(n) }", "\(live) { (n: Int) in\n    n; n * 2;\n}", "\(live) { $0 + 1 }",
            "\(live) { n in\n    animate(over: 0..<n) { i in\n        i * n\n    }\n}",
            "\(live) { n in\n    animate(over: 0..<n) { i in i * n }\n    n\n}",
            "\(live) { n in\n    if n > 3 {\n        animate(over: 0..<n) { $0 }\n    }\n}",
            "animate(over: 0..<3) { i in\n    for j in 0..<i { print(j) }\n    \"\\(i)\"\n}",
            "\(live) { n in\n    Chart(\"c\") { RuleMark(y: .value(\"n\", n)) }\n}",
            "Notebook.\(live) { [1].map { $0 }.count + $0 }",
        ]
        let expected = [
            ["n"], ["m + 1"], [], ["n * 2"], ["$0 + 1"], ["i * n"], ["i * n", "n"], ["$0"], ["\"\\(i)\""],
            ["Chart(\"c\") { RuleMark(y: .value(\"n\", n)) }"], ["[1].map { $0 }.count + $0"],
        ]
        let found = try await shown(codes)
        for (code, pair) in zip(codes, zip(found, expected)) { #expect(pair.0 == pair.1, "\(code)") }
    }

    @Test("They stand at the end of their cell") func misplaced() async throws {
        let live = "live(Stepper(\"n\", 0...9)) { n in n }"
        let codes = [
            live, "\(live)\n\n// the end\n", "let a = 3; \(live)", "\(live)\nlet b = 2", "\(live)\n\(live)",
            "func f() { \(live) }", "for _ in 0..<3 { \(live) }", "_ = [1].map { _ in \(live) }",
            "animate(over: 0..<3) { i in \(live) }", "animate(over: 0..<3) { $0 }\nlet c = 1",
        ]
        let typed = try await TestSourceKit.check(codes.map { $0 + "\n" })
        let found = codes.indices.map { index in
            typed.liveExpressions.filter { $0.piece == index }.map(\.misplacement)
        }
        #expect(
            found == [
                [nil], [nil], [nil], [.notLast], [.notLast, nil], [.nested], [.nested], [.nested],
                [nil, .nested],
                [.notLast],
            ]
        )
    }

    @Test("A lesson's own function of the name is another") func own() async throws {
        let codes = ["func live(_ n: Int, _ body: (Int) -> Int) {}", "live(3) { n in n }"]
        #expect(try await shown(codes) == [[], []])
    }
}
