internal import Foundation
internal import Lessons
internal import Records

/// The cells of a lesson that promise to fail: each is tried with the code before it, and must keep its promise.
struct ExpectedFailures: Sendable {
    /// What compiles and runs.
    var runner: LessonRunner
    /// The lesson.
    var lesson: Lesson
    /// The folder in which the data files lie that the lesson declares.
    var data: String?
    /// A scratch folder.
    var folder: URL

    /// What came of one of the cells.
    struct Result: Sendable {
        /// What it showed: for a cell that kept its promise, the message at last.
        var record: CellRecord
        /// How it broke its promise.
        var diagnostics: [Diagnostic]
        /// What it wrote to standard error.
        var notes: [Diagnostic] = []
    }

    /// Tries them all.
    func results() async throws -> [Result] {
        var results: [Result] = []
        for (index, cell) in lesson.cells.enumerated() {
            guard let expected = cell.options.expectedFailure else { continue }
            let scratch = folder.appending(path: "failure-\(index)")
            try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
            let trial = Trial(
                runner: runner,
                lesson: lesson,
                steps: lesson.steps(before: index) + [cell],
                data: data,
                folder: scratch
            )
            switch expected {
            case .compile(let text): results.append(await compile(cell, in: trial, expecting: text))
            case .crash(let text): results.append(try await crash(cell, in: trial, expecting: text))
            }
        }
        return results
    }

    private func compile(_ cell: Cell, in trial: Trial, expecting text: String) async -> Result {
        let program = Program(file: lesson.file, steps: trial.steps, showing: [:])
        let errors = await trial.check(program).filter { $0.severity == .error }
        let record = CellRecord(
            name: cell.name,
            outputs: [.text(errors.map { "error: \($0.message)\n" }.joined())]
        )
        guard let first = errors.first else {
            let message = "this cell was to fail with '\(text)', but it compiles"
            return broken(record, lesson.error(.compile, at: cell.place(of: .fails), message))
        }
        guard first.message.contains(text) else {
            let message = "this cell was to fail with '\(text)', but the compiler says: \(first.message)"
            return broken(record, lesson.error(.compile, at: first.location, message, hint: first.hint))
        }
        return Result(record: record, diagnostics: [])
    }

    private func crash(_ cell: Cell, in trial: Trial, expecting text: String) async throws -> Result {
        let empty = CellRecord(name: cell.name)
        let syntaxErrors = try trial.syntaxErrors()
        guard syntaxErrors.isEmpty else { return Result(record: empty, diagnostics: syntaxErrors) }
        let typed = try await trial.typed()
        let earlyUses = try await trial.earlyUses(in: typed)
        guard earlyUses.isEmpty else { return Result(record: empty, diagnostics: earlyUses) }
        let program = Program(file: lesson.file, steps: trial.steps, showing: typed.shown)
        let (executable, messages) = await trial.compile(program)
        guard let executable else {
            return Result(record: empty, diagnostics: messages.filter { $0.severity == .error })
        }
        let outcome = try await trial.run(executable, of: program)
        guard let stop = trial.stop(outcome, of: program) else {
            let message = "this cell was to crash with '\(text)', but it came to its end"
            return broken(empty, lesson.error(.crash, at: cell.place(of: .crashes), message))
        }
        let last = trial.steps.count - 1
        let notes = outcome.record.current == last ? trial.notes(outcome, of: program, after: last) : []
        let diagnostic = stop.diagnostic
        guard diagnostic.kind == .crash, outcome.record.current == last else {
            return broken(empty, diagnostic, notes)
        }
        var record = outcome.record.cells[last]
        record.outputs.append(.text("error: \(diagnostic.message)\n"))
        guard diagnostic.message.contains(text) else {
            let message = "this cell was to crash with '\(text)', but it stops with: \(diagnostic.message)"
            return broken(record, lesson.error(.crash, at: diagnostic.location, message), notes)
        }
        return Result(record: record, diagnostics: [], notes: notes)
    }

    private func broken(
        _ record: CellRecord,
        _ diagnostic: Diagnostic,
        _ notes: [Diagnostic] = []
    ) -> Result {
        Result(record: record, diagnostics: [diagnostic], notes: notes)
    }
}

extension Cell {
    /// Where an option stands, or the fence.
    fileprivate func place(of option: CellOption) -> SourceLocation {
        options.locations[option] ?? fence
    }
}
