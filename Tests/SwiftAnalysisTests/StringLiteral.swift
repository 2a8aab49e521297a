import SwiftAnalysis
import Testing
import Turns

@Suite("String literals", .inTurns) struct StringLiteralTests {
    private func literals(in code: String) async throws -> [StringLiteral] {
        StringLiteral.all(in: try await TestSourceKit.parse(code))
    }

    @Test(
        "What they stand for",
        arguments: [
            (#""a.csv""#, "a.csv"), (##"#"a\b"#"##, "a\\b"), (#""a\tb\u{e9}\"\\""#, "a\tbé\"\\"),
            (#""""#, ""),
            (##"#""#"##, ""), (##"#"a"b\#n"#"##, "a\"b\n"),
            ("\"\"\"\n  data/a.csv\n  \"\"\"", "data/a.csv"),
            ("\"\"\"\n  a\n    b\\\n  c\n  \"\"\"", "a\n  bc"),
            ("#\"\"\"\n\\n\"\"\n\"\"\"#", "\\n\"\""),
        ]
    ) func values(code: String, value: String) async throws {
        let found = try await literals(in: "let x = \(code)")
        #expect(found.map(\.constant) == [value])
        #expect(found.first?.range == 8..<8 + code.utf8.count)
    }

    @Test("Interpolations have no value, and may hold literals") func interpolation() async throws {
        let found = try await literals(in: ##"print("a\(f("b", g(")")))c", "d", #"\("#)"##)
        #expect(found.map(\.constant) == [nil, "b", ")", "d", "\\("])
        #expect(found[0].parts == [.text("a"), .interpolation, .text("c")])
    }
}
