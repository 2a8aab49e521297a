import Execution
import Lessons
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
        let tokens = try await TestRunner.shared().sourceKit.syntaxTokens(of: code).map {
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

    @Test("Text that is no Swift has tokens all the same", arguments: ["", "}{", "\"open", "\u{0}", "日本 語"])
    func noSwift(code: String) async throws {
        let tokens = try await TestRunner.shared().sourceKit.syntaxTokens(of: code)
        #expect(tokens.allSatisfy { $0.range.upperBound <= code.utf8.count })
        #expect(zip(tokens, tokens.dropFirst()).allSatisfy { $0.range.upperBound <= $1.range.lowerBound })
    }

    @Test("What the parser cannot read has its place and its other half") func problems() async throws {
        let problems = try await TestRunner.shared().sourceKit.syntax(of: "func f() {\n  1\n").problems
        #expect(problems.map(\.message) == ["expected '}' at end of brace statement"])
        #expect(problems.first?.notes.map(\.line) == [1])
    }
}
