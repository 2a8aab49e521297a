import Records
import Testing

/// Processors give `0/0` different signs, and printing shows them.
@Suite struct PlainNaN {
    @Test(arguments: [
        ("-nan", "nan"), ("loss: -nan\n-nan", "loss: nan\nnan"), ("[-nan, 1]", "[nan, 1]"), ("--nan", "-nan"),
        ("a-nan", "a-nan"), ("-nano", "-nano"), ("7-nan", "7-nan"), ("-na", "-na"), ("", ""),
        ("é-nan", "é-nan"),
    ]) func signOfNoNumberIsNotRecorded(printed: String, recorded: String) {
        var recording = CellRecording(name: "cell")
        recording.add(.text(printed))
        recording.add(.value(printed))
        recording.add(.table(Table(columns: ["-nan"], rows: [[printed]])))
        let table = Table(columns: ["-nan"], rows: [[recorded]])
        #expect(recording.record.outputs == [.text(recorded), .value(recorded), .table(table)])
    }
}
