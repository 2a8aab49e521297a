internal import Testing
internal import Turns

@Suite("unroll new", .inTurns) struct NewCommandTests {
    @Test("begins a lesson with the next number, or with its own, where no other has that") func numbers()
        async throws
    {
        try await withTool { tool in
            for (slug, made) in [("first", "01-first"), ("09-ninth", "09-ninth"), ("last", "10-last")] {
                let run = try await tool("new", slug)
                #expect(run.status == 0 && run.output == "lessons/\(made).md\n", "\(run.errors)")
            }
            for (slug, sentence) in [
                (
                    "9-other",
                    "09-ninth.md: error: this has the number 9 already\n  leave the number out, and the next one is taken: ./unroll new other\n"
                ),
                (
                    "01-first",
                    "01-first.md: error: this has the number 1 already\n  leave the number out, and the next one is taken: ./unroll new first\n"
                ),
                (
                    "10",
                    "10-last.md: error: this has the number 10 already\n  leave the number out, and the next one is taken: ./unroll new SLUG\n"
                ),
            ] {
                let run = try await tool("new", slug)
                #expect(run.status == 2 && run.output.isEmpty)
                #expect(run.errors == "lessons/\(sentence)")
            }
            let again = try await tool("new", "last")
            #expect(
                again.errors.hasPrefix("lessons/10-last.md: error: this has the name 'last' already\n"),
                "\(again.errors)"
            )
            let part = try await tool("new", "1-gates/index")
            #expect(
                part.errors.hasSuffix("the next one is taken: ./unroll new gates/index\n"),
                "\(part.errors)"
            )
            #expect(try tool.files(under: "lessons").count == 3)
        }
    }
}
