public import Serialization

/// A record of a live cell: its controls, and what the cell shows in each of its states, where these were built.
///
/// A state is a combination of positions, one of each control. States stand in the order in which the last control runs
/// fastest. The frames of an animation are the states of one control.
public struct LiveRecord: Sendable, Equatable {
    /// The controls, in their order.
    public var controls: [Control]
    /// The outputs of the cell in each state; none where the reader's browser computes them.
    public var states: [[Output]]

    /// Makes a record of a live cell.
    public init(controls: [Control], states: [[Output]] = []) {
        self.controls = controls
        self.states = states
    }

    /// Whether the states were built with the lesson.
    public var isBuilt: Bool { !states.isEmpty }

    /// The number of combinations of positions; `Int.max` where they are more than that.
    public var stateCount: Int { LiveRecord.stateCount(of: controls) }

    /// The index of the state in which the controls are at first.
    public var initialState: Int {
        controls.reduce(0) { $0 &* $1.positions.count &+ $1.initial }
    }

    /// Returns the number of combinations of positions of controls; `Int.max` where they are more than that.
    public static func stateCount(of controls: [Control]) -> Int {
        controls.reduce(1) { count, control in
            let (product, overflow) = count.multipliedReportingOverflow(by: control.positions.count)
            return overflow ? .max : product
        }
    }

    /// Returns the position of each control in a state.
    public func positions(ofState state: Int) -> [Int] {
        var rest = state
        return Array(
            controls.reversed().map { control in
                defer { rest /= control.positions.count }
                return rest % control.positions.count
            }
            .reversed()
        )
    }

    /// Returns the name of a state by its controls: `learning rate 0.1, seed 3`.
    public func name(ofState state: Int) -> String {
        zip(controls, positions(ofState: state)).map { "\($0.label) \($0.positions[$1])" }
            .joined(separator: ", ")
    }
}

extension LiveRecord: JSONConvertible {
    /// The record as an object.
    public var json: JSON {
        .object(
            [JSON.Member("controls", .array(controls.map { $0.json }))]
                + (states.isEmpty
                    ? []
                    : [JSON.Member("states", .array(states.map { .array($0.map { $0.json }) }))])
        )
    }

    /// Reads a record back; it has as many states as there are combinations of positions, or none.
    public init?(json: JSON) {
        guard let controls = [Control](json: json["controls"]), !controls.isEmpty else { return nil }
        let read = json["states"] == nil ? [] : json["states"]?.array?.map { [Output](json: $0) }
        guard let read else { return nil }
        let states = read.compactMap { $0 }
        guard states.count == read.count else { return nil }
        guard states.isEmpty || states.count == LiveRecord.stateCount(of: controls) else { return nil }
        self.init(controls: controls, states: states)
    }
}

extension CellRecord {
    /// The differences of the cell's controls and states from older ones. They are compared exactly, whatever tolerance
    /// the cell has.
    func liveDifferences(from old: CellRecord) -> [Difference] {
        guard let before = old.live, let now = live else {
            guard old.live != nil || live != nil else { return [] }
            let (former, current) = (old.live.map { $0.controlList }, live.map { $0.controlList })
            return [Difference(cell: name, part: "controls", old: former, new: current)]
        }
        guard before.controls == now.controls else { return controlDifferences(before, now) }
        guard before.states.count == now.states.count else {
            let counts = ("\(before.states.count)", "\(now.states.count)")
            return [Difference(cell: name, part: "number of states", old: counts.0, new: counts.1)]
        }
        return now.states.indices.flatMap { state in
            let differences = OutputComparison.differences(
                of: now.states[state],
                from: before.states[state],
                cell: name,
                0
            )
            let title = "state \(now.name(ofState: state))"
            return differences.map { difference in
                var difference = difference
                difference.part = difference.part.isEmpty ? title : "\(title): \(difference.part)"
                return difference
            }
        }
    }

    private func controlDifferences(_ old: LiveRecord, _ new: LiveRecord) -> [Difference] {
        guard old.controls.count == new.controls.count else {
            return [Difference(cell: name, part: "controls", old: old.controlList, new: new.controlList)]
        }
        return zip(old.controls, new.controls).filter { $0 != $1 }.map { former, current in
            let texts = (former.json.compact, current.json.compact)
            return Difference(cell: name, part: "control \(former.label)", old: texts.0, new: texts.1)
        }
    }
}

extension LiveRecord {
    fileprivate var controlList: String { controls.map { $0.label }.joined(separator: ", ") }
}
