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

    @Test("A closure in an attribute of a variable, at which SourceKit would stop, is blank to it")
    func attributes() async throws {
        let code = "@Option(\"(\", { $0.first { $0 > 1 } })\nvar letter = 3"
        let bytes = Array(code.utf8)
        let tokens = try await TestSourceKit.parse(code).syntax.tokens
        let texts = tokens.map { String(decoding: bytes[$0.range], as: UTF8.self) }
        #expect(texts.suffix(3) == ["var", "letter", "3"])
        #expect(!texts.contains("first"))
    }

    @Test("What the parser cannot read has its place and its other half") func problems() async throws {
        let problems = try await TestSourceKit.parse("func f() {\n  1\n").syntax.problems
        #expect(problems.map(\.message) == ["expected '}' at end of brace statement"])
        #expect(problems.first?.notes.map(\.line) == [1])
    }

    /// Pieces that begin, end or go on in what may stand before or after them.
    private static let pieces = [
        "let a = 1\nvar b: Int, c = \"\\(a)é\"\nfunc f() { let d = a }", "// π", "/// Says.",
        "/* a /* b */", "*/", "}", "{", "\"open", "\"\"\"\nopen", "a +", "+ a", ".b", "else {}",
        "if a {} else", "return", "let e =", "@main", "public", "#if DEBUG", "#endif", "label:",
        "case 1: 2", "f(", ")", "", "\n\n", "x // end", "`if`", "a ? b :", "f { $0 }", "{ 1 }()",
        "for i in 0..<3 {\n    print(i)\n}", "#!/bin/sh", "\u{0}", "日本 語", "\\", "a/", "/b/",
        "struct S: P {\n    var x = 1\n}",
    ]

    @Test("Pieces that are parsed together are what each is by itself") func together() async throws {
        let sourceKit = try await TestSourceKit.shared()
        let single = try SourceKitTests.pieces.map { try sourceKit.parse($0) }
        // In the given order, backwards, and each beside each.
        var orders = [SourceKitTests.pieces, SourceKitTests.pieces.reversed()]
        for piece in SourceKitTests.pieces { orders += SourceKitTests.pieces.map { [$0, piece] } }
        for order in orders {
            for (code, found) in zip(order, sourceKit.parse(order)) {
                let expected = zip(SourceKitTests.pieces, single).first {
                    $0.0.utf8.elementsEqual(code.utf8)
                }?.1
                #expect(found == expected, "\(code.debugDescription) in \(order.count): \(order)")
            }
        }
    }

    @Test("Whole pieces are parsed in one text") func batch() async throws {
        let sourceKit = try await TestSourceKit.shared()
        let batch = SyntaxBatch(["let a = 1 // one", "print(a)", "", "/* all */"])
        let syntaxes = try #require(batch.syntaxes(in: try sourceKit.parse(batch.text)))
        #expect(syntaxes.map(\.tokens.count) == [4, 2, 0, 1])
        let open = SyntaxBatch(["func f() {", "let a = 1", "}"])
        #expect(open.syntaxes(in: try sourceKit.parse(open.text)) == nil)
    }
}
