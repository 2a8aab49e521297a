import Records
import Serialization
import Testing

@Suite("Live record") struct LiveRecordTests {
    private let controls = [
        Control(.slider, "learning rate", positions: ["0.01", "0.1", "1"], initial: 1),
        Control(.stepper, "seed", positions: ["0", "1"]),
    ]

    private func record(_ controls: [Control], changing state: Int? = nil, by loss: String = "0.5")
        -> RunRecord
    {
        let states = (0..<LiveRecord.stateCount(of: controls)).map { index -> [Output] in
            [.value(index == state ? loss : "0.25"), .text("state \(index)\n")]
        }
        let live = LiveRecord(controls: controls, states: states)
        let cell = CellRecord(name: "learn", outputs: states[live.initialState], live: live)
        return RunRecord(lesson: "02-a", cells: [cell])
    }

    @Test("names its states by their controls, the last of which runs fastest")
    func states() {
        let live = LiveRecord(controls: controls)
        #expect(live.stateCount == 6)
        #expect(live.initialState == 2)
        #expect(live.positions(ofState: 3) == [1, 1])
        #expect(live.name(ofState: 3) == "learning rate 0.1, seed 1")
        let wide = Control(.stepper, "n", positions: (0..<1000).map { "\($0)" })
        #expect(LiveRecord.stateCount(of: Array(repeating: wide, count: 7)) == .max)
    }

    @Test("reads back from its JSON")
    func roundTrip() throws {
        let all =
            controls + [
                Control(.text, "text", positions: ["a"], length: 8, alphabet: "ab"),
                Control(.selection, "run", positions: ["x"], figure: "map"),
            ]
        for record in [record(controls), record(all)] {
            #expect(RunRecord(json: try JSON(parsing: record.json.lines)) == record)
        }
        let computed = CellRecord(name: "a", live: LiveRecord(controls: controls))
        #expect(CellRecord(json: try JSON(parsing: computed.json.compact)) == computed)
        #expect(!CellRecord(name: "a").json.compact.contains("live"))
    }

    @Test(
        "is refused when it does not hold together",
        arguments: [
            #"{"controls":[]}"#, #"{"controls":[{"kind":"dial","label":"a","positions":["1"],"initial":0}]}"#,
            #"{"controls":[{"kind":"slider","label":"a","positions":["1"],"initial":1}]}"#,
            #"{"controls":[{"kind":"slider","label":"a","positions":["1","2"],"initial":1}],"states":[[]]}"#,
            #"{"controls":[{"kind":"slider","label":"a","positions":["1"],"initial":0}],"states":[[{}]]}"#,
        ]
    )
    func refused(text: String) throws {
        #expect(LiveRecord(json: try JSON(parsing: text)) == nil)
        let cell = #"{"name":"a","outputs":[],"live":\#(text)}"#
        #expect(CellRecord(json: try JSON(parsing: cell)) == nil)
    }

    @Test("a difference names the state, and no tolerance allows it")
    func stateDifference() {
        let differences = record(controls, changing: 3).differences(from: record(controls)) { _ in
            .relative(10)
        }
        #expect(differences.map { $0.part } == ["state learning rate 0.1, seed 1: output 1"])
        #expect(differences.first?.cell == "learn")
        #expect(differences.first?.old == "0.25")
        #expect(differences.first?.new == "0.5")
    }

    @Test("a difference of controls is one, whatever their states are")
    func controlDifference() {
        var others = controls
        others[1].initial = 1
        let changed = record(others).differences(from: record(controls))
        #expect(changed.map { $0.part }.filter { $0.hasPrefix("control") } == ["control seed"])
        let fewer = record([controls[0]]).differences(from: record(controls))
        #expect(fewer.last?.part == "controls")
        #expect(fewer.last?.old == "learning rate, seed")
        #expect(fewer.last?.new == "learning rate")
        var still = record(controls)
        still.cells[0].live = nil
        #expect(still.differences(from: record(controls)).map { $0.part } == ["controls"])
        still.cells[0].live = LiveRecord(controls: controls)
        #expect(still.differences(from: record(controls)).map { $0.part } == ["number of states"])
    }

    @Test("a call reads back from its line")
    func call() {
        let call = LiveCall(cell: "learn", settings: [.position(20), .text("a \"b\"")])
        #expect(LiveCall(line: call.json.compact) == call)
        #expect(call.json.compact == #"{"cell":"learn","values":[20,"a \"b\""]}"#)
        for line in ["", "{", "[1]", #"{"cell":"a"}"#, #"{"cell":"a","values":[1.5]}"#] {
            #expect(LiveCall(line: line) == nil)
        }
    }
}

@Suite("Cell recording") struct CellRecordingTests {
    @Test("states that come out of place are not kept")
    func outOfPlace() {
        var cell = CellRecording(name: "a")
        cell.beginState()
        cell.endStates()
        cell.add(.value("1"))
        cell.begin([], isBuilt: true)
        #expect(cell.record == CellRecord(name: "a", outputs: [.value("1")]))
        let control = Control(.stepper, "n", positions: ["1", "2"])
        cell.begin([control], isBuilt: true)
        cell.begin([control, control], isBuilt: false)
        cell.beginState()
        cell.add(.value("2"))
        cell.endStates()
        cell.beginState()
        cell.add(.value("3"))
        cell.end()
        // One of two states came: there is none to take the outputs of.
        #expect(cell.record.outputs == [.value("1"), .value("3")])
        #expect(cell.record.live?.states == [[.value("1"), .value("2"), .value("3")]])
    }
}
