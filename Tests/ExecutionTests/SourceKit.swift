import Execution
import Foundation
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
        let tokens = try await TestRunner.shared().sourceKit.syntaxTokens(of: code)
        let texts = tokens.filter { $0.kind == .string }.map {
            String(decoding: bytes[$0.range], as: UTF8.self)
        }
        #expect(texts == [#"#/a  "b" \d//c/#"#, "##/a/#/##", "#/\n  a # b\n/#"])
        #expect(tokens.filter { $0.kind == .comment }.count == 1)
        #expect(tokens.filter { $0.kind == .operator }.count == 2)
    }

    @Test("Texts that Swift calls equal have each the places of its own bytes") func normalForms()
        async throws
    {
        let sourceKit = try await SourceKit(toolchain: TestRunner.shared().toolchain)
        let pieces = ["f(\"é\", a) // so", "f(\"e\u{301}\", a) // so"]
        #expect(pieces[0] == pieces[1])
        sourceKit.prepare(pieces)
        for piece in pieces {
            let tokens = try sourceKit.syntax(of: piece).tokens
            #expect(tokens.last?.range.upperBound == piece.utf8.count)
        }
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

    @Test("What was learned is kept, but not for another build of the library") func memory() async throws {
        let toolchain = try await TestRunner.shared().toolchain
        let file = URL.temporaryDirectory.appending(path: "syntax-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        let lesson = lesson("let é = [1]  // π\nfunc f() {\n}")
        func sourceKit(_ library: String) throws -> SourceKit {
            try SourceKit(toolchain: toolchain, library: library, memory: file)
        }
        let first = try sourceKit("one")
        let syntax = try first.syntax(of: lesson.cells[0].code)
        first.remember()
        #expect(!(try sourceKit("one").isNew(lesson)))
        let again = try sourceKit("one").syntax(of: lesson.cells[0].code)
        #expect(again.tokens == syntax.tokens && again.constructs == syntax.constructs)
        #expect(again.variables == syntax.variables && again.problems == syntax.problems)
        #expect(try sourceKit("two").isNew(lesson))
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
        let toolchain = try await TestRunner.shared().toolchain
        func isSame(_ one: Syntax, _ other: Syntax) -> Bool {
            one.tokens == other.tokens && one.constructs == other.constructs
                && one.variables == other.variables && one.problems == other.problems
        }
        let alone = try SourceKit(toolchain: toolchain)
        let single = try SourceKitTests.pieces.map { try alone.syntax(of: $0) }
        // In the given order, backwards, and each beside each.
        var orders = [SourceKitTests.pieces, SourceKitTests.pieces.reversed()]
        for piece in SourceKitTests.pieces { orders += SourceKitTests.pieces.map { [$0, piece] } }
        for order in orders {
            let sourceKit = try SourceKit(toolchain: toolchain)
            sourceKit.prepare(order)
            for (code, expected) in zip(SourceKitTests.pieces, single) where order.contains(code) {
                let found = try sourceKit.syntax(of: code)
                #expect(isSame(found, expected), "\(code.debugDescription) in \(order.count): \(order)")
            }
        }
    }

    @Test("Whole pieces are parsed in one text") func batch() async throws {
        let sourceKit = try await TestRunner.shared().sourceKit
        let pieces = ["let a = 1 // one", "print(a)", "", "/* all */"]
        let batch = SyntaxBatch(pieces)
        let syntaxes = try #require(batch.syntaxes(in: try sourceKit.syntax(of: batch.text)))
        #expect(syntaxes.map(\.tokens.count) == [4, 2, 0, 1])
        let open = SyntaxBatch(["func f() {", "let a = 1", "}"])
        #expect(open.syntaxes(in: try sourceKit.syntax(of: open.text)) == nil)
    }
}
