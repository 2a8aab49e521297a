import Notebook
import Testing
import Turns

@Suite("Table", .inTurns) struct TableTests {
    @Test("has rows of values or of texts")
    func rows() {
        let values = Table(columns: ["epoch", "loss"], rows: [Row(1, 0.5), Row(200, 0.0625)])
        let rows = [["1", "0.5"], ["200", "0.0625"]]
        let texts = Table(columns: ["epoch", "loss"], rows: rows, line: #line)
        #expect(values == texts)
    }

    @Test("is aligned in a terminal")
    func aligned() {
        let table = Table(columns: ["epoch", "loss"], rows: [Row(1, 0.5), Row(200, 0.0625)])
        #expect(
            table.aligned == """
                epoch    loss
                ─────  ──────
                    1     0.5
                  200  0.0625
                """
        )
    }

    @Test("stops at the caller's line when a row is too short")
    func ragged() async throws {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = Table(columns: ["a", "b"], rows: [Row(1, 2), Row(3)], file: "lesson.md", line: 7)
        }
        let said = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
        #expect(said.contains("lesson.md:7: Fatal error: Table row 2 has 1 values"))
    }

    @Test("stops at the caller's line when a row of texts is too long")
    func raggedTexts() async throws {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = Table(columns: ["a"], rows: [["1", "2"]], file: "lesson.md", line: 8)
        }
        let said = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
        #expect(said.contains("lesson.md:8: Fatal error: Table row 1 has 2 values"))
    }
}
