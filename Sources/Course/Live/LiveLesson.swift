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

    /// The calls of its live cells with the controls as they are at first.
    var initialCalls: [LiveCall] {
        program.cells.compactMap { name in
            let controls = cell(name)?.live?.controls
            return controls.map { LiveCall(cell: name, settings: $0.map(\.initialSetting)) }
        }
    }

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

    /// Returns errors about live cells that show something else, with their controls as they are at first, than the lesson
    /// showed: their program is not the lesson's.
    func differences(of answers: [LiveAnswer], to calls: [LiveCall]) -> [Diagnostic] {
        zip(calls, answers).compactMap { call, answer in
            guard let shown = cell(call.cell), let live = shown.live,
                call.settings == live.controls.map(\.initialSetting)
            else { return nil }
            switch answer {
            case .stopped(let sentence):
                return error(
                    on: call.cell,
                    "the live cell stops in the page, with its controls as they are at first: \(sentence)"
                )
            case .record(let record):
                return record.firstDifference(from: shown).map { difference in
                    error(
                        on: call.cell,
                        "the live cell shows something else in the page than in the lesson: \(difference)",
                        hint: hint(on: call.cell)
                    )
                }
            }
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
            "the page runs \(program.needed.joined(separator: ", ")); name in the live cell what another cell does for it"
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
