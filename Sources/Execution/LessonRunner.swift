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
    /// How much a lesson's process may take.
    public var limits: Limits
    /// What stands around a lesson's process, if anything.
    public var sandbox: Sandbox?

    /// Finds what is needed: the toolchain in `PATH`, and the library beside the running executable.
    ///
    /// - Parameters:
    ///   - limits: How much a lesson's process may take.
    ///   - sandbox: What stands around a lesson's process, if anything; see `Sandbox.find(policy:)`.
    /// - Throws: `Diagnostic` of kind `setup`.
    public init(limits: Limits = Limits(), sandbox: Sandbox? = nil) async throws(Diagnostic) {
        toolchain = try await Toolchain.find()
        sourceKit = try SourceKit(toolchain: toolchain)
        library = try NotebookLibrary()
        self.limits = limits
        self.sandbox = sandbox
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
        var outcome = try await Runner(limits: limits, sandbox: sandbox).run(
            executable,
            cells: lesson.cells.map(\.name),
            timeouts: timeouts(of: lesson),
            in: folder,
            onCell: onCell
        )
        if outcome.breach != nil {
            await outcome.crash?.locate(in: executable, with: Symbolizer(toolchain: toolchain), of: program)
        }
        let record = RunRecord(lesson: lesson.slug, cells: outcome.record.cells)
        let errors = self.errors(of: outcome, in: lesson, program: program)
        guard errors.isEmpty else { return LessonRun(partial: record, diagnostics: messages + errors) }
        return LessonRun(record: record, diagnostics: messages)
    }

    /// What went wrong in a run; nothing if it came to its end as it should.
    private func errors(of outcome: Runner.Outcome, in lesson: Lesson, program: Program) -> [Diagnostic] {
        func error(_ kind: Diagnostic.Kind, _ place: SourceLocation, _ message: String, _ hint: String)
            -> Diagnostic
        {
            Diagnostic(
                .error,
                kind,
                at: place,
                message,
                hint: hint,
                sourceLine: place.line.flatMap(lesson.line)
            )
        }
        var errors: [Diagnostic] = []
        if outcome.readInput {
            let reader = lesson.cells.first { lesson.place(of: "readLine(", in: $0) != $0.fence }
            let place =
                reader.map { lesson.place(of: "readLine(", in: $0) } ?? SourceLocation(file: lesson.file)
            let message = "the lesson reads standard input, of which it has none"
            errors.append(error(.limit, place, message, "put the text into a cell"))
        }
        if let illegible = outcome.record.illegible {
            let cell = lesson.cells[illegible]
            let message = "cell \(cell.name) prints bytes that are not UTF-8"
            errors.append(error(.crash, cell.fence, message, "print a String"))
        }
        if !outcome.record.hasEnded || outcome.status != .exited(0) || outcome.breach != nil {
            let syntax = outcome.record.current.flatMap { try? sourceKit.syntax(of: lesson.cells[$0].code) }
            let stop = Stop(
                outcome: outcome,
                limits: limits,
                lesson: lesson,
                program: program,
                syntax: syntax
            )
            errors.append(stop.diagnostic)
        }
        return errors
    }

    private func timeouts(of lesson: Lesson) -> [String: Duration] {
        var timeouts: [String: Duration] = [:]
        for cell in lesson.cells {
            timeouts[cell.name] = cell.options.timeout ?? lesson.frontMatter.timeout
        }
        return timeouts
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
        return lesson.location(in: cell, line: line, column: column)
    }
}
