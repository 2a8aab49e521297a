package import Records

/// The answer of a live cell to a call.
package enum LiveAnswer: Sendable, Equatable {
    /// What the cell showed.
    case record(CellRecord)
    /// The sentence with which it stopped, as a reader would see it.
    case stopped(String)
}

extension LiveProgram {
    /// Returns the calls by which the program and its modules are compared: for each cell its controls as they are at
    /// first, then each control at both of its ends, and some states between.
    ///
    /// - Parameter record: What the lesson showed, which has the controls.
    package func testedCalls(of record: RunRecord) -> [LiveCall] {
        cells.flatMap { name -> [LiveCall] in
            guard let controls = record.cells.first(where: { $0.name == name })?.live?.controls else {
                return []
            }
            var states = [controls.map(\.initialSetting)]
            func add(_ state: [ControlSetting]) {
                if !states.contains(state) { states.append(state) }
            }
            for (index, control) in controls.enumerated() {
                for setting in control.ends {
                    var state = states[0]
                    state[index] = setting
                    add(state)
                }
            }
            // Always the same few, spread over all positions: by multiples of the golden ratio.
            for sample in 1...LiveProgram.sampleCount {
                add(
                    controls.enumerated().map { index, control in
                        guard control.kind != .text else { return control.initialSetting }
                        let share = (Double(sample * (index + 2)) * 0.618_033_988_749_895)
                            .truncatingRemainder(dividingBy: 1)
                        return .position(Int(share * Double(control.positions.count)))
                    }
                )
            }
            return states.map { LiveCall(cell: name, settings: $0) }
        }
    }

    private static let sampleCount = 3
}

extension Control {
    /// The settings at both ends: of a text field no text at all, and one as long as it takes.
    fileprivate var ends: [ControlSetting] {
        guard kind == .text else { return [.position(0), .position(positions.count - 1)] }
        let letters = Array(alphabet ?? "abcdefghijklmnopqrstuvwxyz")
        let longest = (0..<(length ?? 0)).map { letters[$0 % letters.count] }
        return [.text(""), .text(String(longest))]
    }
}
