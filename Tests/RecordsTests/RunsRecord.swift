import Records
import Testing

@Suite("A record of runs") struct RunsRecordTests {
    private func record(_ points: [String], _ results: [String], name: String = "map") -> RunRecord {
        let runs = RunsRecord(name: name, points: points, results: results)
        return RunRecord(lesson: "a", cells: [CellRecord(name: "c", runs: [runs])])
    }

    private let long = (0..<40).map { "0.\($0)" }.joined(separator: " ")

    @Test("names the points that moved, by how much they did") func moved() {
        let old = record(["(0.1, 0)", "(0.1, 1)", "(0.2, 0)"], ["0.5", "0.25", "0.125"])
        let new = record(["(0.1, 0)", "(0.1, 1)", "(0.2, 0)"], ["0.5", "0.250025", "0.25"])
        let found = new.differences(from: old)
        #expect(found.map(\.part) == ["runs map, (0.1, 1)", "runs map, (0.2, 0)"])
        #expect(found.map(\.cell) == ["c", "c"] && found.map(\.old) == ["0.25", "0.125"])
        #expect(abs((found[0].change ?? 0) - 1e-4) < 1e-9 && found[1].change == 1)
        let near = new.differences(from: old) { _ in .relative(1e-3) }
        #expect(near.map(\.part) == ["runs map, (0.2, 0)"])
        #expect(new.differences(from: old) { _ in .ignored } == [])
    }

    @Test("holds a digest of what is long, which is the same or is not") func digests() {
        let other = long.replacing("0.39", with: "0.38")
        let (old, new) = (RunsRecord.kept(of: long), RunsRecord.kept(of: other))
        #expect(old == RunsRecord.kept(of: long) && old != new && old.utf8.count < 32)
        #expect(RunsRecord.kept(of: "0.5") == "0.5" && RunsRecord.kept(of: "a\nb") != "a\nb")
        let found = record(["1"], [new]).differences(from: record(["1"], [old]))
        #expect(found.map(\.part) == ["runs map, 1"] && found[0].old == old && found[0].new == new)
        #expect(record(["1"], [new]).differences(from: record(["1"], [old])) { _ in .relative(1e-3) } == [])
    }

    @Test("says which point and which runs are others") func points() {
        let old = record(["1", "2"], ["a", "b"])
        #expect(record(["1", "3"], ["a", "b"]).differences(from: old).map(\.part) == ["runs map, point 2"])
        let longer = record(["1", "2", "3"], ["a", "b", "c"]).differences(from: old)
        #expect(longer.map(\.part) == ["runs map, point 3"] && longer[0].old == nil && longer[0].new == "3")
        let renamed = record(["1", "2"], ["a", "b"], name: "grid").differences(from: old)
        #expect(renamed.map(\.old) == ["map"] && renamed.map(\.new) == ["grid"])
        var gone = old
        gone.cells[0].runs = []
        #expect(gone.differences(from: old).map(\.new) == [nil])
    }
}
