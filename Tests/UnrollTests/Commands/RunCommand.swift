internal import Serialization
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

    @Test("prints the digests of live cells in their tested states") func states() async throws {
        try await withTool { tool in
            let lesson = """
                ---
                title: A
                ---

                ```swift model name=square
                live(Slider("n", 0...4, step: 1, initially: 2), TextField("word", initially: "a", length: 3)) { n, word in
                    print(word, 12 / n)
                }
                ```

                ```swift model name=recorded
                live(states: .built, Slider("n", 0...2, step: 1, initially: 1)) { n in print("state", n) }
                ```

                ```swift model name=moving
                live(Stepper("n", 1...2)) { n in animate(over: 0..<3) { t in print(n * t) } }
                ```

                """
            try tool.write(lesson, to: "lessons/01-a.md")
            let run = try await tool("run", "01-a", "--states", "--quiet")
            #expect(run.status == 0 && run.errors == "", "\(run.errors)")
            let states = try run.output.split(separator: "\n").map { try JSON(parsing: String($0)) }
            let cells = states.compactMap { $0["cell"]?.string }
            #expect(cells.first == "square" && cells.last == "moving" && cells.count == states.count)
            func state(_ values: JSON..., of cell: String) -> JSON? {
                states.first { $0["cell"]?.string == cell && $0["values"] == .array(values) }
            }
            // What a page puts in is what is digested.
            func digest(_ text: String) -> String {
                Digest(
                    of: "<div class=\"output\">\n<pre class=\"printed\"><samp>\(text)</samp></pre>\n</div>\n"
                ).text
            }
            #expect(state(.integer(2), .string("a"), of: "square")?["digest"]?.string == digest("a 6"))
            #expect(state(.integer(4), .string("a"), of: "square")?["digest"]?.string == digest("a 3"))
            let stopped = state(.integer(0), .string("a"), of: "square")?["stopped"]?.string
            #expect(stopped?.contains("Division by zero") == true, "\(run.output)")
            #expect(
                (0...2).allSatisfy {
                    state(.integer($0), of: "recorded")?["digest"]?.string == digest("state \($0)")
                }
            )
            let moving = state(.integer(1), of: "moving")
            #expect(moving?["frames"]?.array?.compactMap(\.string) == [0, 2, 4].map { digest("\($0)") })
            #expect(moving?["digest"]?.string == digest("4"))
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
