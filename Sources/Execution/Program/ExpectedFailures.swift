internal import Foundation
internal import Lessons
internal import Records

/// The cells of a lesson that promise to fail: each is tried with the code before it, and must keep its promise.
struct ExpectedFailures: Sendable {
    /// The lesson.
    let lesson: Lesson
    /// The folder in which the data files lie that the lesson declares.
    let data: String?
    /// The analysis that parses and type-checks.
    let analysis: Analysis
    /// The compiler.
    let compiler: Compiler
    /// The processes in which cells crash.
    let processes: ProcessRunner

    /// A cell that was tried.
    struct Result: Sendable {
        /// Its record: for a cell that kept its promise, with the message at last.
        var record: CellRecord
        /// The ways in which it broke its promise.
        var diagnostics: [Diagnostic]
        /// The notes on its standard error.
        var notes: [Diagnostic] = []
    }

    /// Tries all of them.
    ///
    /// - Parameter folder: A scratch folder.
    func results(in folder: URL) async throws -> [Result] {
        var results: [Result] = []
        for (index, cell) in lesson.cells.enumerated() {
            guard let expected = cell.options.expectedFailure else { continue }
            let scratch = folder.appending(path: "failure-\(index)")
            try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
            let part = try LessonPart.parse(
                lesson.steps(before: index) + [cell],
                of: lesson,
                by: analysis,
                importing: compiler.library.own.imports
            )
            switch expected {
            case .compile(let text):
                results.append(await compile(cell, of: part, in: scratch, expecting: text))
            case .crash(let text):
                results.append(try await crash(cell, of: part, in: scratch, expecting: text))
            }
        }
        return results
    }

    private func compile(
        _ cell: Cell,
        of part: LessonPart,
        in folder: URL,
        expecting text: String
    ) async -> Result {
        let program = Program.assemble(part.steps, of: lesson, importing: part.imports)
        let errors = await compiler.check(program, of: lesson, in: folder).filter { $0.severity == .error }
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

    private func crash(
        _ cell: Cell,
        of part: LessonPart,
        in folder: URL,
        expecting text: String
    ) async throws -> Result {
        let empty = CellRecord(name: cell.name)
        guard part.syntaxErrors.isEmpty else { return Result(record: empty, diagnostics: part.syntaxErrors) }
        let typed = try await part.check(by: analysis, against: compiler.library)
        let earlyUses = try await part.usesBeforeDeclaration(in: typed)
        guard earlyUses.isEmpty else { return Result(record: empty, diagnostics: earlyUses) }
        let program = Program.assemble(
            part.steps,
            of: lesson,
            importing: part.imports,
            showing: part.notes(from: typed).shown
        )
        let (executable, messages) = await compiler.compile(program, of: lesson, in: folder)
        guard let executable else {
            return Result(record: empty, diagnostics: messages.filter { $0.severity == .error })
        }
        let run = try await processes.run(executable, of: program, part, data: data, in: folder)
        guard let diagnostic = run.termination?.diagnostic else {
            let message = "this cell was to crash with '\(text)', but it came to its end"
            return broken(empty, lesson.error(.crash, at: cell.place(of: .crashes), message))
        }
        let last = part.steps.count - 1
        let notes = run.current == last ? run.notes(after: last) : []
        guard diagnostic.kind == .crash, run.current == last else { return broken(empty, diagnostic, notes) }
        var record = run.outcome.record.cells[last]
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
    /// The place of an option, or of the fence.
    fileprivate func place(of option: OptionKeyword) -> SourceLocation {
        options.locations[option] ?? fence
    }
}
