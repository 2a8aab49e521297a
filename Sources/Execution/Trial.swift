internal import Foundation
internal import Lessons
internal import Serialization

/// A program of some of a lesson's steps: made, compiled and run.
struct Trial: Sendable {
    /// What compiles and runs.
    var runner: LessonRunner
    /// Where the steps come from.
    var lesson: Lesson
    /// The cells and expressions, in order.
    var steps: [Cell]
    /// The folder in which the data files lie that the lesson declares.
    var data: String?
    /// A scratch folder of its own.
    var folder: URL

    private var compiler: Compiler {
        Compiler(
            toolchain: runner.toolchain,
            library: runner.library,
            memory: runner.sourceKit.memory,
            scratch: runner.cache?.scratch
        )
    }

    /// What is no Swift; each step must be Swift by itself.
    func syntaxErrors() throws(SourceKitLibrary.Failure) -> [Diagnostic] {
        var found: [Diagnostic] = []
        for (step, syntax) in zip(steps, try syntaxes()) {
            if step.isExpression, !syntax.constructs.isEmpty {
                let message =
                    "only an expression can stand in prose, and this is a declaration or a statement"
                found.append(lesson.error(.compile, at: step.fence, message, hint: "put it into a cell"))
            } else {
                found += syntax.problems.map { $0.diagnostic(in: step, of: lesson) }
                found += displacements(in: step, syntax)
            }
        }
        return found
    }

    /// Where a step says that its code stands elsewhere, by which no place would be the lesson's any more.
    private func displacements(in step: Cell, _ syntax: Syntax) -> [Diagnostic] {
        let code = Array(step.code.utf8)
        let directives = syntax.tokens.filter { code[$0.range].elementsEqual("#sourceLocation".utf8) }
        return directives.map { directive in
            lesson.error(
                .compile,
                at: lesson.location(in: step, offset: directive.range.lowerBound),
                "a cell cannot say where its code stands, for that is the lesson's own place",
                hint: "delete #sourceLocation"
            )
        }
    }

    /// What is read before it has a value, which the compiler lets pass.
    func earlyUses(in typed: TypedCells) async throws -> [Diagnostic] {
        try await onOwnThread { typed.earlyUses }.map { use in
            let (step, declaration) = (steps[use.step], steps[use.declaration])
            return lesson.error(
                .compile,
                at: lesson.location(in: step, offset: use.offset),
                "\(use.name) has no value yet: it is declared further down, in \(declaration.title)",
                hint: step.isExpression ? "move the sentence below that cell" : nil
            )
        }
    }

    /// The steps with their types, for which SourceKit takes its time.
    func typed() async throws -> TypedCells {
        try await onOwnThread {
            try TypedCells(
                steps,
                syntaxes: try syntaxes(),
                sourceKit: runner.sourceKit,
                arguments: runner.library.compilerArguments
            )
        }
    }

    /// The steps as a program that shows and records what notes say.
    func program(with notes: StepNotes) -> Program {
        Program(file: lesson.file, steps: steps, showing: notes.shown, recording: notes.tensors)
    }

    /// What the parser makes of the steps.
    func syntaxes() throws(SourceKitLibrary.Failure) -> [Syntax] {
        var syntaxes: [Syntax] = []
        for step in steps { syntaxes.append(try runner.sourceKit.syntax(of: step.code)) }
        return syntaxes
    }

    /// Makes an executable.
    func compile(_ program: Program) async -> (executable: URL?, diagnostics: [Diagnostic]) {
        await compiler.compile(program, of: lesson, in: folder)
    }

    /// What the compiler says of a program, without making anything of it.
    func check(_ program: Program) async -> [Diagnostic] {
        await compiler.check(program, of: lesson, in: folder)
    }

    /// Runs the executable of a program.
    func run(
        _ executable: URL,
        of program: Program,
        onCell: @Sendable @escaping (LessonRunner.CellProgress) -> Void = { _ in }
    ) async throws -> Runner.Outcome {
        var timeouts: [String: Duration] = [:]
        for step in steps where !step.isExpression {
            timeouts[step.name] = step.options.timeout ?? lesson.frontMatter.timeout
        }
        let process = Runner(
            limits: runner.limits,
            sandbox: try await runner.sandbox.finding.get().sandbox,
            backtracer: runner.toolchain.backtracer,
            data: data.map { folder in
                lesson.frontMatter.data.map { DataCopy(name: $0.path, file: "\(folder)/\($0.path)") }
            } ?? [],
            surroundings: runner.surroundings
        )
        var outcome = try await process.run(
            executable,
            cells: steps.map(\.name),
            timeouts: timeouts,
            in: folder,
            onCell: onCell
        )
        if outcome.breach != nil {
            let symbolizer = Symbolizer(toolchain: runner.toolchain)
            await outcome.crash?.locate(in: executable, with: symbolizer, of: program)
        }
        return outcome
    }

    /// The end of a run that did not come to the lesson's end; `nil` for one that did.
    func stop(_ outcome: Runner.Outcome, of program: Program) -> Stop? {
        guard !outcome.record.hasEnded || outcome.status != .exited(0) || outcome.breach != nil else {
            return nil
        }
        let step = outcome.record.current.map { steps[$0] }
        return Stop(
            outcome: outcome,
            limits: runner.limits,
            lesson: lesson,
            program: program,
            data: data,
            step: step,
            syntax: step.flatMap { try? runner.sourceKit.syntax(of: $0.code) }
        )
    }

    /// What the steps of a run from one on wrote to standard error.
    func notes(_ outcome: Runner.Outcome, of program: Program, after first: Int = 0) -> [Diagnostic] {
        let hasStopped = stop(outcome, of: program) != nil
        return outcome.errors.parts(hasStopped: hasStopped).compactMap { part in
            guard let step = steps[first...].first(where: { $0.name == part.cell }) else { return nil }
            return part.note(at: SourceLocation(file: lesson.file, line: step.fence.line), in: step.title)
        }
    }

    /// What went wrong in a run; nothing if it came to its end as it should.
    func errors(_ outcome: Runner.Outcome, of program: Program) -> [Diagnostic] {
        var errors: [Diagnostic] = []
        if outcome.readInput {
            let message = "the lesson reads standard input, of which it has none"
            let place = SourceLocation(file: lesson.file)
            errors.append(Diagnostic(.error, .limit, at: place, message, hint: "put the text into a cell"))
        }
        if let illegible = outcome.record.illegible {
            let message = "\(steps[illegible].title) prints bytes that are not UTF-8"
            errors.append(lesson.error(.crash, at: steps[illegible].fence, message, hint: "print a String"))
        }
        return errors + (stop(outcome, of: program).map { [$0.diagnostic] } ?? [])
    }
}

extension Lesson {
    /// A digest of where its cells stand and of every byte of them.
    var layout: Digest {
        Digest(of: cells.map { "\($0.firstLine) \($0.indentation) \($0.code)" }.joined(separator: "\u{0}"))
    }

    /// An error at a place of the lesson, with the source line.
    func error(
        _ kind: Diagnostic.Kind,
        at place: SourceLocation,
        _ message: String,
        hint: String? = nil
    ) -> Diagnostic {
        Diagnostic(.error, kind, at: place, message, hint: hint, sourceLine: place.line.flatMap(line))
    }
}

extension Syntax.Problem {
    /// The problem at its place in the lesson.
    func diagnostic(in cell: Cell, of lesson: Lesson) -> Diagnostic {
        let note = notes.first.map { note in
            note.line == line
                ? note.message : "\(note.message) (line \(note.place(in: cell, of: lesson).line ?? 0))"
        }
        return lesson.error(.compile, at: place(in: cell, of: lesson), message, hint: note)
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
