public import Foundation
public import Lessons
internal import Records
internal import Serialization
internal import SwiftAnalysis

/// The tools and settings that a course's lessons are run with: each step from a lesson to its record is given what it
/// needs of them.
public struct LessonRunner: Sendable {
    /// The toolchain that compiles.
    package let toolchain: Toolchain
    /// The toolchain's knowledge of Swift source.
    public let analysis: Analysis
    /// The library that lesson programs link.
    package var library: NotebookLibrary
    /// The compiler's version, as a record depends on it.
    package var compiler: String
    /// The limits of a lesson's process.
    public var limits: Limits
    /// The walls around a lesson's process, if any.
    public var sandbox: SandboxSearch
    /// The records of earlier runs; `nil` where nothing is stored.
    public var cache: Cache?
    /// The records of a committed site that are taken where their keys hold; `nil` where none is.
    public var trusted: RecordKeys?
    /// The runs that other machines share with this one: those of the first that has one are taken.
    public var shared: [SharedCache] = []
    /// Which records of earlier runs are taken.
    public var reuse = Reuse.all

    /// Whether lessons run of which no record is taken; it is an error where they may not.
    public var runsLessons = true
    /// The surroundings of a lesson's process. Only what it shows in the usual ones is stored.
    public var surroundings = Surroundings.usual

    /// Finds what is needed: the toolchain in `PATH`, and the library beside the running executable.
    ///
    /// - Parameters:
    ///   - limits: The limits of a lesson's process.
    ///   - sandbox: Whether walls are to stand around a lesson's process.
    ///   - cache: The records of earlier runs, where new ones are stored.
    /// - Throws: `Diagnostic` of kind `setup`.
    public static func find(
        limits: Limits = Limits(),
        sandbox: Sandbox.Policy = .off,
        cache: Cache? = nil
    ) async throws(Diagnostic) -> LessonRunner {
        let toolchain = try await Toolchain.find()
        let analysis = try Analysis.make(for: toolchain, cache: cache)
        return LessonRunner(
            toolchain: toolchain,
            analysis: analysis,
            library: try NotebookLibrary.find().cachingModules(in: cache?.moduleCache),
            compiler: analysis.compilerVersion,
            limits: limits,
            sandbox: SandboxSearch(policy: sandbox, scratch: cache?.scratch),
            cache: cache
        )
    }

    /// Returns the public symbols of the modules that lessons use, as the compiler gives them in JSON, in an order that is
    /// always the same.
    ///
    /// - Throws: `Diagnostic` of kind `setup`.
    public func symbolGraphs() async throws(Diagnostic) -> [Data] {
        try await SymbolGraphs(of: library, toolchain: toolchain).read(cache: cache)
    }
}

// MARK: - The road

extension LessonRunner {
    /// Compiles and runs a lesson, or takes the record of an earlier run that still holds.
    ///
    /// - Parameters:
    ///   - lesson: The lesson.
    ///   - data: The folder in which the data files lie that the lesson declares.
    ///   - onCell: Called as cells begin and end.
    public func run(
        _ lesson: Lesson,
        data: String? = nil,
        onCell: @Sendable @escaping (CellProgress) -> Void = { _ in }
    ) async -> LessonRun {
        guard !lesson.cells.isEmpty || !lesson.expressions.isEmpty else {
            var run = LessonRun(record: RunRecord(lesson: lesson.slug, cells: []))
            run.isCached = true
            return run
        }
        do {
            let undeclared =
                try data.map { try LessonFiles(of: lesson, in: $0).undeclared(parsing: analysis.parse) } ?? []
            guard !undeclared.contains(where: { $0.severity == .error }) else {
                return LessonRun(diagnostics: undeclared)
            }
            let liveFailures = try lesson.liveFailureErrors(parsing: analysis.parse)
            guard liveFailures.isEmpty else { return LessonRun(diagnostics: liveFailures) }
            var run = try await cachedOrRun(lesson, data: data, onCell: onCell)
            run.diagnostics = undeclared + run.diagnostics
            return run
        } catch let diagnostic as Diagnostic {
            return LessonRun(diagnostics: [diagnostic])
        } catch {
            let place = SourceLocation(file: lesson.file)
            let message = "the lesson did not run: \(error.systemReason)"
            let diagnostic = Diagnostic(.error, .setup, at: place, message)
            return LessonRun(diagnostics: [diagnostic])
        }
    }

    private func cachedOrRun(
        _ lesson: Lesson,
        data: String?,
        onCell: @Sendable @escaping (CellProgress) -> Void
    ) async throws -> LessonRun {
        let files = stamps(of: lesson, data: data)
        let key = cache == nil ? nil : try key(of: lesson, data: data)
        var warnings: [Diagnostic] = []
        if let key, reuse != .none {
            if reuse == .all, var run = try await cached(key, of: lesson) {
                run.diagnostics += await share(run, key, of: lesson)
                return run
            }
            let site = reuse == .all ? trusted : nil
            let (record, refusals) = site?.record(of: lesson, with: key) ?? (nil, [])
            if let record, var run = try await taken(SharedRun(record, ShippedValues()), key, of: lesson) {
                run.isTrusted = true
                return run
            }
            let (found, faults) = await shared(key, of: lesson)
            if let found, var run = try await taken(found, key, of: lesson) {
                run.isShared = true
                return run
            }
            warnings = refusals + faults
        }
        guard runsLessons else {
            let place = SourceLocation(file: lesson.file)
            let error = Diagnostic(
                .error,
                .setup,
                at: place,
                "there is no run of it to be taken, and nothing runs here",
                hint: "./unroll build --records-only \(lesson.slug)"
            )
            return LessonRun(diagnostics: warnings + [error])
        }
        let scratch = try ScratchFolder(in: cache?.scratch)
        defer { scratch.remove() }
        let part = try LessonPart.parse(
            lesson.steps(),
            of: lesson,
            by: analysis,
            importing: library.own.imports
        )
        var (run, notes) = try await self.run(part, data: data, in: scratch.url, onCell: onCell)
        // What was written while the lesson ran may have been read before or after.
        let isSteady =
            files == stamps(of: lesson, data: data) && key == (try? self.key(of: lesson, data: data))
        if let key, run.record != nil, surroundings == .usual, isSteady {
            run.key = key
            run.diagnostics += store(run, notes, key, of: part)
            run.diagnostics += await share(run, key, of: lesson)
        }
        run.takeLive(part, notes)
        if let warning = try await sandbox.finding.get().warning { warnings.append(warning) }
        run.diagnostics += warnings
        return run
    }

    /// The stamps of the files that a lesson's process reads.
    private func stamps(of lesson: Lesson, data: String?) -> [FileStamp?] {
        let paths =
            lesson.frontMatter.data.map { "\(data ?? ".")/\($0.path)" } + library.files + library.own.files
        return paths.map(FileStamp.init)
    }

    private func run(
        _ part: LessonPart,
        data: String?,
        in folder: URL,
        onCell: @Sendable @escaping (CellProgress) -> Void
    ) async throws -> (run: LessonRun, notes: StepNotes) {
        let start = ContinuousClock.now
        // Found while the lesson is compiled.
        async let _ = sandbox.finding
        guard part.syntaxErrors.isEmpty else {
            return (LessonRun(diagnostics: part.syntaxErrors), StepNotes())
        }
        let typed = try await part.check(by: analysis, against: library)
        let earlyUses = try await part.usesBeforeDeclaration(in: typed)
        guard earlyUses.isEmpty else { return (LessonRun(diagnostics: earlyUses), StepNotes()) }
        var notes = try await onOwnThread { part.notes(from: typed) }
        let liveErrors = notes.live.map { part.liveErrors(in: typed, $0) + part.liveOptionErrors($0) } ?? []
        let errors = try await part.importErrors(with: library) + liveErrors + part.raceErrors(in: typed)
        guard errors.isEmpty else { return (LessonRun(diagnostics: errors), StepNotes()) }
        let program = Program.assemble(
            part.steps,
            of: part.lesson,
            importing: part.imports,
            showing: notes.shown,
            recording: notes.tensors,
            keeping: notes.live?.built ?? [:]
        )
        var run = LessonRun(program: part.offered(showing: notes.shown), diagnostics: [])
        // The compiler is a process of its own: SourceKit has the time.
        let libraryNotes = try analysis.notes(on: library)
        async let names = part.names(from: typed, with: libraryNotes)
        let compiler = Compiler(toolchain: toolchain, library: library)
        let (executable, messages) = await compiler.compile(program, of: part.lesson, in: folder)
        guard let executable else {
            run.diagnostics = await part.explained(messages, by: typed).map(library.own.explained)
            return (run, notes)
        }

        let compiled = ContinuousClock.now
        let processes = ProcessRunner(
            toolchain: toolchain,
            limits: limits,
            sandbox: try await sandbox.finding.get().sandbox,
            surroundings: surroundings
        )
        let failures = ExpectedFailures(
            lesson: part.lesson,
            data: data,
            analysis: analysis,
            compiler: compiler,
            processes: processes
        )
        let times = CellTimes()
        async let failed = failures.results(in: folder)
        let shown = try await processes.run(
            executable,
            of: program,
            part,
            data: data,
            in: folder,
            onCell: {
                times.note($0)
                onCell($0)
            }
        )
        run.take(shown, try await failed, messages: messages)
        run.values = shown.outcome.record.values
        run.diagnostics += part.builtWarnings(notes.live) + part.slownessWarnings(notes.live, times)
        run.cost = LessonRun.Cost(
            compiling: start.duration(to: compiled),
            running: compiled.duration(to: .now)
        )
        notes.names = await names
        run.notes = notes.byCell(part.steps)
        return (run, notes)
    }
}

extension LessonRun {
    /// Takes the program of the live cells, unless options refuse that they are live: no record depends on these.
    mutating func takeLive(_ part: LessonPart, _ notes: StepNotes) {
        guard record != nil, let live = notes.live else { return }
        let errors = part.liveOptionErrors(live)
        if errors.isEmpty {
            self.live = LiveProgram.write(part, notes, with: values)
        } else {
            (partial, record) = (record, nil)
            diagnostics += errors
        }
    }

    /// Takes what the lesson's program and its cells that are to fail showed and said.
    fileprivate mutating func take(
        _ shown: ProgramRun,
        _ failed: [ExpectedFailures.Result],
        messages: [Diagnostic]
    ) {
        let errors = shown.errors + failed.flatMap(\.diagnostics)
        diagnostics = messages + shown.notes() + failed.flatMap(\.notes) + errors
        let record = shown.part.lesson.record(of: shown.outcome.record.cells + failed.map(\.record))
        if errors.isEmpty { self.record = record } else { partial = record }
    }
}

extension Lesson {
    /// Returns the record of the lesson, whose steps showed this.
    fileprivate func record(of steps: [CellRecord]) -> RunRecord {
        let records = Dictionary(steps.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let values = expressions.indices.map { index in
            let outputs = records[Lesson.step(ofExpression: index)]?.outputs ?? []
            return outputs.compactMap { if case .value(let text) = $0 { text } else { nil } }.joined()
        }
        let cells = cells.map { records[$0.name] ?? CellRecord(name: $0.name) }
        return RunRecord(lesson: slug, cells: cells, expressions: values)
    }
}
