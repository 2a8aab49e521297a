internal import Execution
internal import Lessons
internal import Records

/// A lesson with live cells that run in the page, and its run.
struct LiveLesson: Sendable {
    /// The lesson.
    let lesson: Lesson
    /// The program of its live cells.
    let program: LiveProgram
    /// What the lesson itself showed.
    let record: RunRecord

    /// What the lesson showed under a live cell.
    func cell(_ name: String) -> CellRecord? { record.cells.first { $0.name == name } }

    /// The setting of each control that is not as it is at first: `learning rate 0.3, seed 9`.
    func name(of call: LiveCall) -> String {
        let controls = cell(call.cell)?.live?.controls ?? []
        let moved = zip(controls, call.settings).filter { $0.initialSetting != $1 }.map { control, setting in
            switch setting {
            case .position(let position):
                "\(control.label) \(control.positions.indices.contains(position) ? control.positions[position] : "\(position)")"
            case .text(let text): "\(control.label) “\(text)”"
            }
        }
        return moved.isEmpty ? "the controls as they are at first" : moved.joined(separator: ", ")
    }

    /// Returns what is wrong with live cells as they run natively, the first of each sort in a cell: one stops in some
    /// state, shows nothing, or shows something else with its controls as they are at first than the lesson showed.
    ///
    /// - Parameters:
    ///   - answers: The answers to the tested calls.
    ///   - stops: The errors of those that stopped, by their indices.
    ///   - calls: The calls.
    ///   - cells: The names of the live cells that were called; all of them, if not given.
    func errors(
        of answers: [LiveAnswer],
        _ stops: [Int: Diagnostic],
        to calls: [LiveCall],
        of cells: [String]? = nil
    ) -> [Diagnostic] {
        (cells ?? program.cells).flatMap { name in
            let own = calls.indices.filter { calls[$0].cell == name }
            var errors: [Diagnostic] = []
            if let first = own.first(where: { stops[$0] != nil }), var stop = stops[first] {
                stop.message = "the live cell stops, with \(self.name(of: calls[first])): \(stop.message)"
                errors.append(stop)
            }
            if let first = own.first, case .record(let record) = answers[first], let shown = cell(name),
                let difference = record.firstDifference(from: shown)
            {
                let message =
                    "the live cell shows something else in the page than in the lesson: \(difference)"
                errors.append(error(on: name, message, hint: hint(on: name)))
            } else if own.allSatisfy({ answers[$0].showsNothing }) {
                let remedy = "end its closure with a value, a table or a chart"
                errors.append(
                    error(
                        on: name,
                        "the live cell shows nothing that its controls could change",
                        hint: remedy
                    )
                )
            }
            return errors
        }
    }

    /// Returns an error for each live cell that shows something else in its module than natively.
    func errors(of module: [LiveAnswer], against native: [LiveAnswer], to calls: [LiveCall]) -> [Diagnostic] {
        program.cells.compactMap { name in
            for (index, call) in calls.enumerated() where call.cell == name {
                let answer = index < module.count ? module[index] : .stopped("it did not come to this call")
                guard let difference = answer.difference(from: native[index]) else { continue }
                return error(
                    on: name,
                    "in the browser the live cell shows something else, with \(self.name(of: call)): \(difference)",
                    hint: difference.contains("cannot print value in embedded Swift")
                        ? "an array, a tuple or a struct has no text there: write those of its values"
                        : "there Int has 32 bits, and clocks, Swift's own random numbers and the order of sets differ"
                )
            }
            return nil
        }
    }

    private func error(on cell: String, _ message: String, hint: String? = nil) -> Diagnostic {
        let fence = lesson.cells.first { $0.name == cell }?.fence
        return Diagnostic(
            .error,
            .compile,
            at: fence ?? SourceLocation(file: lesson.file),
            message,
            hint: hint,
            sourceLine: fence?.line.flatMap(lesson.line)
        )
    }

    private func hint(on name: String) -> String {
        if let change = program.laterChanges.first(where: { $0.live == name }) {
            return
                "cell \(change.cell) changes \(change.name) after it; give the live cell a copy, made before: let own = \(change.name)"
        }
        return
            "the page runs \(program.needed.joined(separator: ", ")); name in the live cell what another cell does for it, and "
            + "draw with manualSeed and the engine, for clocks and Swift's own random numbers differ each time"
    }
}

extension CellRecord {
    /// Returns the first thing in which what the cell shows differs from what it showed, in words; `nil` if nothing does.
    func firstDifference(from old: CellRecord) -> String? {
        var (new, old) = (self, old)
        // The controls are the lesson's, and shapes are recorded by its own program alone.
        (new.live, old.live) = (nil, nil)
        (new.shapes, old.shapes) = ([], [])
        let differences = RunRecord(lesson: "", cells: [new]).differences(
            from: RunRecord(lesson: "", cells: [old])
        )
        return differences.first.map { Finding(kind: .differs, file: "", cell: nil, difference: $0).sentence }
    }
}

extension LiveAnswer {
    /// Whether the cell came to its end and showed nothing.
    fileprivate var showsNothing: Bool {
        if case .record(let record) = self { record.outputs.isEmpty } else { false }
    }

    /// Returns what a module answers otherwise than native code, in words; `nil` if nothing.
    func difference(from native: LiveAnswer) -> String? {
        switch (native, self) {
        case (.record(let old), .record(let new)):
            return new.firstDifference(from: old) ?? new.firstFrameDifference(from: old)
        // A trap of the standard library has no words in a module.
        case (.stopped, .stopped): return nil
        case (.record, .stopped(let sentence)): return "it stops: \(sentence)"
        case (.stopped(let sentence), .record): return "it should stop: \(sentence)"
        }
    }
}

extension CellRecord {
    /// The first frame of an animation that differs, in words.
    fileprivate func firstFrameDifference(from old: CellRecord) -> String? {
        guard live != old.live else { return nil }
        let (frames, others) = (live?.states ?? [], old.live?.states ?? [])
        guard frames.count == others.count else { return "\(frames.count) frames instead of \(others.count)" }
        let index = zip(frames, others).enumerated().first { $1.0 != $1.1 }?.offset
        guard let index else { return "its frames have other names" }
        let difference = CellRecord(name: "", outputs: frames[index])
            .firstDifference(from: CellRecord(name: "", outputs: others[index]))
        return "frame \(index + 1): \(difference ?? "differs")"
    }
}
