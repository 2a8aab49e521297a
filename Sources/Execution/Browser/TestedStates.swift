package import Records
internal import Serialization

extension LiveRecord {
    /// The settings of the controls in which a program is tested: as they are at first, each control at both of its ends
    /// with the others as they are at first, and some that are drawn by lot, always the same for the same controls.
    ///
    /// - Parameter samples: The number of those drawn by lot.
    package func testedSettings(samples: Int = 3) -> [[ControlSetting]] {
        let first = controls.map(\.initialSetting)
        var settings = [first]
        func add(_ new: [ControlSetting]) {
            if !settings.contains(new) { settings.append(new) }
        }
        for (index, control) in controls.enumerated() {
            for end in control.ends {
                var setting = first
                setting[index] = end
                add(setting)
            }
        }
        let name = controls.map(\.json.compact).joined()
        for sample in 0..<samples {
            add(controls.indices.map { controls[$0].setting(drawnBy: "\(sample) \($0) \(name)") })
        }
        return settings
    }
}

extension LiveProgram {
    /// Returns the calls by which the program and its modules are compared: those of each cell in its tested settings.
    ///
    /// - Parameter record: What the lesson showed, which has the controls.
    package func testedCalls(of record: RunRecord) -> [LiveCall] {
        cells.flatMap { name -> [LiveCall] in
            let live = record.cells.first { $0.name == name }?.live
            return live?.testedSettings().map { LiveCall(cell: name, settings: $0) } ?? []
        }
    }
}

extension Control {
    /// The settings at both ends; a text field's are no text, and as long a one as it takes.
    fileprivate var ends: [ControlSetting] {
        guard kind == .text else { return [.position(0), .position(positions.count - 1)] }
        return [.text(""), .text(text(of: length ?? positions[0].count) { $0 })]
    }

    /// Returns a setting that a text decides.
    fileprivate func setting(drawnBy text: String) -> ControlSetting {
        let digits = Array(Digest(of: text).text.utf8)
        let number = digits.prefix(12).reduce(0) { ($0 * 31 + Int($1)) % 1_000_003 }
        guard kind == .text else { return .position(number % positions.count) }
        let count = number % ((length ?? positions[0].count) + 1)
        return .text(self.text(of: count) { Int(digits[$0 % digits.count]) &+ $0 })
    }

    /// Returns a text of letters that the field takes.
    private func text(of count: Int, letter: (Int) -> Int) -> String {
        let letters = Array(alphabet ?? "abcdefghijklmnopqrstuvwxyz")
        guard !letters.isEmpty else { return "" }
        return String((0..<count).map { letters[letter($0) % letters.count] })
    }
}
