import Records
import Testing

@Test("A record keeps its cells in order") func order() {
    let record = RunRecord(lesson: "a", cells: [CellRecord(name: "x"), CellRecord(name: "y")])
    #expect(record.cells.map(\.name) == ["x", "y"])
}
