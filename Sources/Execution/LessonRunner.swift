internal import Foundation
public import Lessons
internal import Records

/// Compiles and runs lessons: the whole road from a lesson to its record.
public struct LessonRunner: Sendable {
    /// The toolchain that compiles.
    public let toolchain: Toolchain
    /// SourceKit of that toolchain.
    public let sourceKit: SourceKit
    package let library: NotebookLibrary

    /// Makes a runner of what it needs.
    public init(toolchain: Toolchain, sourceKit: SourceKit, library: NotebookLibrary) {
        self.toolchain = toolchain
        self.sourceKit = sourceKit
        self.library = library
    }

    /// Finds what is needed: the toolchain in `PATH`, and the library beside the running executable.
    ///
    /// - Throws: `Diagnostic` of kind `setup`.
    public init() async throws(Diagnostic) {
        let toolchain = try await Toolchain.find()
        self.init(
            toolchain: toolchain,
            sourceKit: try SourceKit(toolchain: toolchain),
            library: try NotebookLibrary()
        )
    }

    /// Compiles and runs a lesson.
    ///
    /// - Parameters:
    ///   - lesson: The lesson.
    ///   - onCell: Called with the name of each cell as it begins.
    public func run(
        _ lesson: Lesson,
        onCell: @Sendable @escaping (String) -> Void = { _ in }
    ) async -> LessonRun {
        guard !lesson.cells.isEmpty else {
            return LessonRun(record: RunRecord(lesson: lesson.slug, cells: []))
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: "unroll-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            return try await run(lesson, in: folder, onCell: onCell)
        } catch let diagnostics as Diagnostics {
            return LessonRun(diagnostics: diagnostics.all)
        } catch {
            let place = SourceLocation(file: lesson.file)
            return LessonRun(diagnostics: [
                Diagnostic(.error, .setup, at: place, "the lesson did not run: \(error)")
            ])
        }
    }

    private struct Diagnostics: Error {
        var all: [Diagnostic]
    }

    private func run(
        _ lesson: Lesson,
        in folder: URL,
        onCell: @Sendable @escaping (String) -> Void
    ) async throws -> LessonRun {
        let program = try program(of: lesson)
        let compiler = Compiler(toolchain: toolchain, library: library)
        let (executable, messages) = await compiler.compile(program, of: lesson, in: folder)
        guard let executable else { return LessonRun(diagnostics: messages) }
        let names = lesson.cells.map(\.name)
        let outcome = try await Runner().run(executable, cells: names, in: folder, onCell: onCell)
        let record = RunRecord(lesson: lesson.slug, cells: outcome.record.cells)
        if outcome.record.hasEnded, outcome.status == .exited(0) {
            return LessonRun(record: record, diagnostics: messages)
        }
        let stop = Stop(
            status: outcome.status,
            crash: outcome.crash,
            words: LastWords(outcome.errors),
            cell: outcome.record.current
        )
        return LessonRun(
            partial: record,
            diagnostics: messages + [stop.diagnostic(in: lesson, program: program)]
        )
    }

    /// The lesson's program.
    ///
    /// - Throws: `Diagnostics`, of the cells that are no Swift.
    private func program(of lesson: Lesson) throws -> Program {
        let syntaxes = try lesson.cells.map { try sourceKit.syntax(of: $0.code) }
        let problems = zip(lesson.cells, syntaxes).flatMap { cell, syntax in
            syntax.problems.map { $0.diagnostic(in: cell, of: lesson) }
        }
        guard problems.isEmpty else { throw Diagnostics(all: problems) }
        let shown = try ShownExpressions.find(
            in: lesson.cells,
            syntaxes: syntaxes,
            sourceKit: sourceKit,
            arguments: library.compilerArguments
        )
        return Program(lesson, showing: shown)
    }
}

extension Syntax.Problem {
    /// The problem at its place in the lesson.
    func diagnostic(in cell: Cell, of lesson: Lesson) -> Diagnostic {
        let place = place(in: cell, of: lesson)
        let note = notes.first.map { note in
            note.line == line
                ? note.message : "\(note.message) (line \(note.place(in: cell, of: lesson).line!))"
        }
        return Diagnostic(
            .error,
            .compile,
            at: place,
            message,
            hint: note,
            sourceLine: place.line.flatMap(lesson.line)
        )
    }

    /// A problem at the end of a cell is said of the end of its last line: the line after it is the fence.
    private func place(in cell: Cell, of lesson: Lesson) -> SourceLocation {
        let lines = cell.code.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var (line, column) = (line, column)
        while line > 1, line > lines.count || lines[line - 1].allSatisfy(\.isWhitespace) {
            line -= 1
            column = lines[line - 1].utf8.count + 1
        }
        return SourceLocation(
            file: lesson.file,
            line: cell.firstLine + line - 1,
            column: column + cell.indentation
        )
    }
}
