/// A cell's record in the making: outputs come one after another, and belong to the cell or to one of its states.
package struct CellRecording: Sendable {
    /// The record so far.
    package private(set) var record: CellRecord
    /// The states that are not complete: what the cell showed before them and after them belongs to each.
    private var states: States?

    private struct States: Sendable {
        /// The number of outputs before the states.
        let before: Int
        /// The number of outputs up to the end of the states, once they have ended.
        var end: Int?
    }

    /// Begins the record of a cell.
    package init(name: String) {
        record = CellRecord(name: name)
    }

    /// Adds an output: to the last state, or to the cell.
    package mutating func add(_ output: Output) {
        let output = output.withPlainNaN
        if let states, states.end == nil, let last = record.live?.states.indices.last {
            record.live?.states[last].append(output)
        } else {
            record.outputs.append(output)
        }
    }

    /// Adds the shape of a tensor.
    package mutating func add(_ shape: TensorShape) {
        record.shapes.append(shape)
    }

    /// Adds runs side by side.
    package mutating func add(_ runs: RunsRecord) {
        record.runs.append(runs)
    }

    /// Notes the controls of the cell, whose states follow if they are built.
    package mutating func begin(_ controls: [Control], isBuilt: Bool) {
        guard record.live == nil, !controls.isEmpty else { return }
        record.live = LiveRecord(controls: controls)
        if isBuilt { states = States(before: record.outputs.count) }
    }

    /// Begins the next state.
    package mutating func beginState() {
        guard let states, states.end == nil else { return }
        record.live?.states.append([])
    }

    /// Ends the states: the cell's own outputs are those of the state in which its controls are at first.
    package mutating func endStates() {
        guard let live = record.live, states != nil, states?.end == nil else { return }
        if live.states.count == live.stateCount { record.outputs += live.states[live.initialState] }
        states?.end = record.outputs.count
    }

    /// Ends the cell: each state gets what the cell showed before and after.
    package mutating func end() {
        defer { states = nil }
        guard let states, let end = states.end, let live = record.live else { return }
        let (before, after) = (record.outputs.prefix(states.before), record.outputs.dropFirst(end))
        guard !before.isEmpty || !after.isEmpty else { return }
        record.live?.states = live.states.map { before + $0 + after }
    }
}
