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
    ///   - data: The folder in which the data files lie that the lesson declares.
    ///   - onCell: Called with the name of each cell as it begins.
    public func run(
        _ lesson: Lesson,
        data: String? = nil,
        onCell: @Sendable @escaping (String) -> Void = { _ in }
    ) async -> LessonRun {
        guard !lesson.cells.isEmpty || !lesson.expressions.isEmpty else {
            return LessonRun(record: RunRecord(lesson: lesson.slug, cells: []))
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: "unroll-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            return try await run(lesson, data: data, in: folder, onCell: onCell)
        } catch {
            let place = SourceLocation(file: lesson.file)
            let diagnostic = Diagnostic(.error, .setup, at: place, "the lesson did not run: \(error)")
            return LessonRun(diagnostics: [diagnostic])
        }
    }

    private func run(
        _ lesson: Lesson,
        data: String?,
        in folder: URL,
        onCell: @Sendable @escaping (String) -> Void
    ) async throws -> LessonRun {
        let trial = Trial(runner: self, lesson: lesson, steps: lesson.steps(), data: data, folder: folder)
        let syntaxErrors = try trial.syntaxErrors()
        guard syntaxErrors.isEmpty else { return LessonRun(diagnostics: syntaxErrors) }
        let program = try trial.program()
        let (executable, messages) = await trial.compile(program)
        guard let executable else { return LessonRun(program: program.text, diagnostics: messages) }

        let expected = ExpectedFailures(runner: self, lesson: lesson, data: data, folder: folder)
        async let failures = expected.results()
        let outcome = try await trial.run(executable, of: program, onCell: onCell)
        let failed = try await failures
        let record = record(of: lesson, outcome.record.cells + failed.map(\.record))
        let errors = trial.errors(outcome, of: program) + failed.flatMap(\.diagnostics)
        var run = LessonRun(program: program.text, diagnostics: messages + errors)
        if errors.isEmpty { run.record = record } else { run.partial = record }
        return run
    }

    /// The record of a lesson whose steps showed this.
    private func record(of lesson: Lesson, _ steps: [CellRecord]) -> RunRecord {
        let shown = Dictionary(steps.map { ($0.name, $0.outputs) }, uniquingKeysWith: +)
        let expressions = lesson.expressions.indices.map { index in
            let outputs = shown[Lesson.step(ofExpression: index)] ?? []
            return outputs.compactMap { if case .value(let text) = $0 { text } else { nil } }.joined()
        }
        let cells = lesson.cells.map { CellRecord(name: $0.name, outputs: shown[$0.name] ?? []) }
        return RunRecord(lesson: lesson.slug, cells: cells, expressions: expressions)
    }
}
