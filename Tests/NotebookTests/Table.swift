import Notebook
import Records
import Testing
import Turns

@Suite("Table", .inTurns) struct TableTests {
    @Test("shows any value as a reader wants to see it")
    func values() {
        let missing: Int? = nil
        let table = Table(
            columns: ["a", "b", "c"],
            rows: [[1, "two", Float(0.1)], [missing as Any, Int?(4) as Any, true]]
        )
        #expect(table.rows == [["1", "two", "0.1"], ["nil", "4", "true"]])
    }

    @Test("is aligned in a terminal")
    func aligned() {
        let table = Table(columns: ["epoch", "loss"], rows: [[1, 0.5], [200, 0.0625]])
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
            _ = Table(columns: ["a", "b"], rows: [[1, 2], [3]], file: "lesson.md", line: 7)
        }
        let said = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
        #expect(said.contains("lesson.md:7: Fatal error: Table row 2 has 1 values"))
    }
}
