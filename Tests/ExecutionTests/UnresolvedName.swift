import Execution
import Lessons
import Testing
import Turns

@Suite("Names that the compiler does not know", .inTurns) struct UnresolvedNameTests {
    private let text = """
        ---
        title: Typos
        ---

        Two `{swift} 1 + 1` and `{swift} "é".cuont` in one line.

        - In a list:

          ```swift model name=one
          let text = "é😀".isEmtpy
          print([1, 2]
              .frist)
          ```

        > ```swift model name=two
        > struct Box { var lenght = 1 }
        > let a = Box().length + Box().wholly
        > ```

        ```swift model name=three
        func boxes(_ box: Bax) {}
        let w = wholly
        live(Slidr("n", 0...3)) { n in boxxes(n) }
        ```
        """

    @Test("The nearest that it has is the hint, wherever the name stands") func hints() async throws {
        let lesson = try #require(Lesson.read(Array(text.utf8), file: "lessons/01-typos.md").lesson)
        let run = await (try TestRunner.shared()).run(lesson)
        let found = run.diagnostics.map { error in
            "\(error.location.line ?? 0):\(error.location.column ?? 0) \(error.hint ?? "")"
        }
        #expect(
            found == [
                "5:39 did you mean 'count'?", "10:23 did you mean 'isEmpty'?", "12:8 did you mean 'first'?",
                "17:17 did you mean 'lenght'?", "17:32 ",
                "21:19 did you mean 'Box'?", "22:9 ", "23:6 did you mean 'Slider'?",
                "23:32 did you mean 'boxes'?",
            ]
        )
    }

    @Test("A place leads back to the code that stands there") func positions() throws {
        let lesson = try #require(Lesson.read(Array(text.utf8), file: "lessons/01-typos.md").lesson)
        for (index, cell) in lesson.cells.enumerated() {
            var (line, column) = (1, 1)
            for (offset, byte) in cell.code.utf8.enumerated() {
                let place = lesson.location(in: cell, line: line, column: column)
                let found = try #require(lesson.position(of: place, in: lesson.cells))
                #expect(found == (index, offset))
                (line, column) = byte == UInt8(ascii: "\n") ? (line + 1, 1) : (line, column + 1)
            }
        }
        #expect(lesson.position(of: SourceLocation(file: "", line: 1, column: 1), in: lesson.cells) == nil)
    }
}
