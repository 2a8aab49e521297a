import Records
import Serialization
import Testing

@Test("a record keeps its cells in order") func order() {
    let record = RunRecord(lesson: "a", cells: [CellRecord(name: "x"), CellRecord(name: "y")])
    #expect(record.cells.map(\.name) == ["x", "y"])
}

@Test("a record reads back from its JSON") func roundTrip() throws {
    let record = RunRecord(
        lesson: "02-a",
        cells: [
            CellRecord(
                name: "x",
                outputs: [.text("1\n2\n"), .value("")],
                shapes: [TensorShape(name: "b", shape: "[2, 3]"), TensorShape(name: "a", shape: "[]")]
            ), CellRecord(name: "y", runs: [RunsRecord(name: "map", points: ["1"], results: ["2"])]),
        ]
    )
    #expect(RunRecord(json: try JSON(parsing: record.json.lines)) == record)
}

@Test(
    "what is no record is refused",
    arguments: [
        #"{"lesson":"a","cells":[{"name":"x","outputs":[],"shapes":["[2]"]}]}"#,
        #"{"lesson":"a","cells":[{"name":"x","outputs":[],"shapes":{"x":[2]}}]}"#,
        #"{"lesson":"a","cells":[{"name":"x","outputs":[],"runs":[{"name":"map","points":["1"],"results":[]}]}]}"#,
        #"{"lesson":"a"}"#, #"{"lesson":"a","cells":[{"name":"x"}]}"#,
        #"{"lesson":"a","cells":[{"name":"x","outputs":[{"song":"la"}]}]}"#,
        #"{"lesson":"a","cells":[{"name":"x","outputs":[{"table":{"columns":["a"],"rows":[[]]}}]}]}"#,
    ]
)
func foreign(text: String) throws {
    #expect(RunRecord(json: try JSON(parsing: text)) == nil)
}
