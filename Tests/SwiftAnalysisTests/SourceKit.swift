import Lessons
import SwiftAnalysis
import Testing
import Turns

@Suite("SourceKit", .inTurns) struct SourceKitTests {
    @Test("Tokens have the kinds that a page colors") func tokens() async throws {
        let code = """
            // π
            @MainActor func f(_ n: Int) -> String { "a\\(n + 1)b" }
            #if DEBUG
            #endif
            """
        let bytes = Array(code.utf8)
        let tokens = try await TestSourceKit.parse(code).syntax.tokens.map {
            "\($0.kind) \(String(decoding: bytes[$0.range], as: UTF8.self))"
        }
        #expect(
            tokens == [
                "comment // π", "type MainActor", "keyword func", "identifier f", "keyword _", "identifier n",
                "type Int", "type String", "string \"a", "string \\(", "identifier n", "operator +",
                "number 1",
                "string )", "string b\"", "attribute #if", "identifier DEBUG", "attribute #endif",
            ]
        )
    }

    @Test("A regular expression is colored as a text, from its first sign to its last") func regex()
        async throws
    {
        let code = #"""
            let r = #/a  "b" \d//c/# // d
            f(##/a/#/##)
            let long = #/
              a # b
            /#
            a / b / c
            """#
        let bytes = Array(code.utf8)
        let tokens = try await TestSourceKit.parse(code).syntax.tokens
        let texts = tokens.filter { $0.kind == .string }.map {
            String(decoding: bytes[$0.range], as: UTF8.self)
        }
        #expect(texts == [#"#/a  "b" \d//c/#"#, "##/a/#/##", "#/\n  a # b\n/#"])
        #expect(tokens.filter { $0.kind == .comment }.count == 1)
        #expect(tokens.filter { $0.kind == .operator }.count == 2)
    }

    @Test("Text that is no Swift has tokens all the same", arguments: ["", "}{", "\"open", "\u{0}", "日本 語"])
    func noSwift(code: String) async throws {
        let tokens = try await TestSourceKit.parse(code).syntax.tokens
        #expect(tokens.allSatisfy { $0.range.upperBound <= code.utf8.count })
        #expect(zip(tokens, tokens.dropFirst()).allSatisfy { $0.range.upperBound <= $1.range.lowerBound })
    }

    @Test("What the parser cannot read has its place and its other half") func problems() async throws {
        let problems = try await TestSourceKit.parse("func f() {\n  1\n").syntax.problems
        #expect(problems.map(\.message) == ["expected '}' at end of brace statement"])
        #expect(problems.first?.notes.map(\.line) == [1])
    }
}
