internal import Testing
internal import Turns

@Suite("unroll run", .inTurns) struct RunCommandTests {
    @Test("prints texts, tables, values, and charts as plots") func outputs() async throws {
        try await withTool { tool in
            let lesson = """
                ---
                title: A
                ---

                ```swift model name=words
                print("hello")
                Table(columns: ["n", "square"], rows: [Row(1, 1), Row(20, 400)])
                ```

                ```swift model name=curve
                Chart("Squares") {
                    for i in 0..<50 { LineMark(x: .value("i", i), y: .value("square", i * i)) }
                }
                ```

                It is `{swift} 1 + 1`.
                """
            try tool.write(lesson, to: "lessons/01-a.md")
            let run = try await tool("run", "01-a", "--quiet")
            #expect(run.status == 0 && run.errors == "")
            #expect(run.output.hasPrefix("── words ──"))
            #expect(run.output.contains("\nhello\n n  square\n──  ──────\n 1       1\n20     400\n"))
            let lines = run.output.split(separator: "\n").map(String.init)
            let top = try #require(lines.first { $0.hasPrefix("2.4e+03 ┤") })
            let bottom = try #require(lines.first { $0.hasPrefix("      0 ┤") })
            // The curve begins at the lower left, and ends at the upper right.
            #expect(top.hasSuffix("⢀⡜") || top.count > 60, "\(run.output)")
            #expect(bottom.contains("┤⣀") || bottom.contains("┤⠤"), "\(run.output)")
            #expect(lines.contains { $0.hasSuffix("49  i") })
            #expect(run.output.hasSuffix("\n1 + 1 = 2\n"))
            #expect(tool.read("site/index.html") == nil, "nothing is built")
        }
    }

    @Test("prints what a lesson showed before it stopped, then why it did") func partial() async throws {
        try await withTool { tool in
            let lesson =
                "---\ntitle: A\n---\n\n```swift model name=x\nprint(\"before\")\nlet none: Int? = nil\nnone!\n```\n"
            try tool.write(lesson, to: "lessons/01-a.md")
            let run = try await tool("run", "lessons/01-a.md")
            #expect(run.status == 1)
            #expect(run.output.contains("before"))
            #expect(run.errors.contains("lessons/01-a.md:8:5: error: "), "\(run.errors)")
        }
    }
}
