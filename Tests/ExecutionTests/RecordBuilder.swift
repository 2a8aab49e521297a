import Execution
import Records
import Testing

@Suite("Record builder") struct RecordBuilderTests {
    private func record(_ pieces: [EventStream.Piece]) -> [CellRecord] {
        var builder = RecordBuilder(cells: ["a", "b"])
        for piece in pieces { builder.append(piece) }
        builder.flush()
        return builder.cells
    }

    private func printed(_ text: String) -> EventStream.Piece { .printed(Array(text.utf8)) }

    @Test("puts what is printed and shown under the states of a cell, and what surrounds them under each")
    func states() {
        let control = Control(.toggle, "loud", positions: ["off", "on"], initial: 1)
        let cells = record([
            .event(.cell("a")), printed("before\n"), .event(.live(controls: [control], isBuilt: true)),
            .event(.state(0)), printed("off\n"), .event(.state(1)), printed("on\u{1B}[31m\n"),
            .event(.output(.value("1"))), .event(.statesEnd), printed("after\n"), .event(.cell("b")),
            printed("b\n"), .event(.end),
        ])
        let (before, after) = (Output.text("before\n"), Output.text("after\n"))
        #expect(cells[0].live?.controls == [control])
        #expect(
            cells[0].live?.states == [
                [before, .text("off\n"), after], [before, .text("on\n"), .value("1"), after],
            ]
        )
        #expect(cells[0].outputs == cells[0].live?.states[1])
        #expect(cells[1] == CellRecord(name: "b", outputs: [.text("b\n")]))
    }

    @Test("takes the states of a foreign process for what they are worth")
    func foreign() {
        let many = Control(.stepper, "n", positions: Array(repeating: "1", count: 1000), initial: 999)
        let cells = record([
            .event(.statesEnd), .event(.state(-5)), .event(.cell("a")),
            .event(.live(controls: Array(repeating: many, count: 30), isBuilt: true)), .event(.state(7)),
            printed("one\n"), .event(.statesEnd), .event(.end),
        ])
        #expect(cells[0].outputs == [])
        #expect(cells[0].live?.states == [[.text("one\n")]])
    }
}
