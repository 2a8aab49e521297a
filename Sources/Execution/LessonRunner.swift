internal import Foundation
public import Lessons
public import Records
internal import Serialization

/// Compiles and runs lessons: the whole road from a lesson to its record.
public struct LessonRunner: Sendable {
    /// The toolchain that compiles.
    public let toolchain: Toolchain
    /// SourceKit of that toolchain.
    public let sourceKit: SourceKit
    /// What lesson programs link.
    package var library: NotebookLibrary
    /// The compiler's version, as a record depends on it.
    package var compiler: String
    /// How much a lesson's process may take.
    public var limits: Limits
    /// What stands around a lesson's process, if anything.
    public var sandbox: SandboxSearch
    /// Where records of earlier runs are, and new ones are kept.
    public var cache: RunCache?
    /// Whether a lesson is run although the record of an earlier run holds.
    public var runsAfresh = false
    /// What a lesson's process finds around itself. Only what it shows in the usual ones is kept.
    public var surroundings = Surroundings.usual

    /// Finds what is needed: the toolchain in `PATH`, and the library beside the running executable.
    ///
    /// - Parameters:
    ///   - limits: How much a lesson's process may take.
    ///   - sandbox: Whether something is to stand around a lesson's process.
    ///   - cache: Where records of earlier runs are, and new ones are kept.
    /// - Throws: `Diagnostic` of kind `setup`.
    public init(
        limits: Limits = Limits(),
        sandbox: Sandbox.Policy = .off,
        cache: RunCache? = nil
    ) async throws(Diagnostic) {
        toolchain = try await Toolchain.find()
        library = try NotebookLibrary()
        library.moduleCache = cache?.moduleCache
        if let folder = library.moduleCache {
            let isMade: ()? = try? FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true
            )
            if isMade == nil || !FileManager.default.isWritableFile(atPath: folder) {
                library.moduleCache = nil
            }
        }
        sourceKit = try SourceKit(
            toolchain: toolchain,
            library: (try? library.stamp) ?? "",
            memory: cache?.toolchainMemory
        )
        compiler = sourceKit.compilerVersion
        self.limits = limits
        self.sandbox = SandboxSearch(policy: sandbox, scratch: cache?.scratch)
        self.cache = cache
    }

    /// What a lesson that runs says of its cells.
    public enum CellProgress: Sendable, Hashable {
        /// The cell of this name begins.
        case began(String)
        /// A cell has come to its end, and showed this.
        case ended(CellRecord)
    }

    /// What the record of a lesson depends on.
    ///
    /// - Parameters:
    ///   - lesson: The lesson.
    ///   - data: The folder in which the data files lie that the lesson declares.
    /// - Throws: `Diagnostic`, of a file that cannot be read.
    public func key(of lesson: Lesson, data: String? = nil) throws(Diagnostic) -> RunKey {
        do {
            return try RunKey(
                lesson,
                syntax: { try sourceKit.syntax(of: $0) },
                library: library.digest(memo: cache?.libraryMemo),
                compiler: compiler,
                limits: limits,
                data: lesson.frontMatter.data.map { file in
                    Digest(of: try Data(contentsOf: URL(filePath: "\(data ?? ".")/\(file.path)")))
                }
            )
        } catch {
            let message = "what the lesson depends on cannot be read: \(error)"
            throw Diagnostic(.error, .file, at: SourceLocation(file: lesson.file), message)
        }
    }

    /// What changes whenever a file is written that a lesson's process reads.
    private func stamps(of lesson: Lesson, data: String?) -> [FileStamp?] {
        let paths = lesson.frontMatter.data.map { "\(data ?? ".")/\($0.path)" } + library.files
        return paths.map(FileStamp.init)
    }

    /// What the cache would do with a lesson, and why.
    ///
    /// - Throws: `Diagnostic`, of a file that cannot be read.
    public func decision(on lesson: Lesson, data: String? = nil) throws(Diagnostic) -> RunCache.Decision {
        let key = try key(of: lesson, data: data)
        return cache?.decision(on: key, of: lesson.slug) ?? .never
    }

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
                try data.map { folder in
                    try LessonFiles(of: lesson, in: folder).undeclared(syntax: sourceKit.syntax)
                } ?? []
            guard !undeclared.contains(where: { $0.severity == .error }) else {
                return LessonRun(diagnostics: undeclared)
            }
            let files = stamps(of: lesson, data: data)
            let key = cache == nil ? nil : try key(of: lesson, data: data)
            if let key, !runsAfresh, var run = try await cached(key, of: lesson) {
                run.diagnostics = undeclared + run.diagnostics
                return run
            }
            let scratch = try ScratchFolder(in: cache?.scratch)
            defer { scratch.remove() }
            var (run, notes) = try await run(lesson, data: data, in: scratch.url, onCell: onCell)
            // What was written while the lesson ran may have been read before or after.
            let isSteady = files == stamps(of: lesson, data: data)
            let isKept = run.record != nil && surroundings == .usual && isSteady
            if let key, isKept, key == (try? self.key(of: lesson, data: data)),
                let warning = try keep(run, notes, key, of: lesson)
            {
                run.diagnostics.append(warning)
            }
            if let warning = try await sandbox.finding.get().warning { run.diagnostics.append(warning) }
            run.diagnostics = undeclared + run.diagnostics
            return run
        } catch let diagnostic as Diagnostic {
            return LessonRun(diagnostics: [diagnostic])
        } catch {
            let place = SourceLocation(file: lesson.file)
            let diagnostic = Diagnostic(.error, .setup, at: place, "the lesson did not run: \(error)")
            return LessonRun(diagnostics: [diagnostic])
        }
    }

    /// Keeps a run for as long as its key holds.
    ///
    /// - Returns: A warning if it could not be kept.
    private func keep(
        _ run: LessonRun,
        _ notes: StepNotes,
        _ key: RunKey,
        of lesson: Lesson
    ) throws -> Diagnostic? {
        let steps = lesson.steps()
        let significant = try significantBytes(of: steps)
        var run = run
        // What was written to standard error is no result.
        run.diagnostics.removeAll { $0.severity == .note }
        let entry = RunCache.Entry(
            key: key,
            run: run,
            notes: notes.moved { significant[$0].numbers(of: $1) },
            anchors: try run.diagnostics.map {
                try Anchor(of: $0.location, in: lesson, steps, syntax: sourceKit.syntax)
            },
            lengths: significant.map(\.count),
            layout: lesson.layout,
            documentation: try documentation(of: steps)
        )
        return cache?.store(entry, of: lesson.slug)
    }

    private func significantBytes(of steps: [Cell]) throws -> [SignificantBytes] {
        try steps.map { SignificantBytes(of: $0.code, try sourceKit.syntax(of: $0.code)) }
    }

    /// A digest of the comments that document what steps declare: no record depends on them, but notes on names do.
    private func documentation(of steps: [Cell]) throws -> Digest {
        let comments = try steps.flatMap { step in
            let bytes = Array(step.code.utf8)
            return try sourceKit.syntax(of: step.code).tokens.filter { $0.kind == .comment }.map {
                String(decoding: bytes[$0.range], as: UTF8.self)
            }
        }
        let documenting = comments.filter { $0.hasPrefix("///") || $0.hasPrefix("/**") }
        return Digest(of: documenting.joined(separator: "\n"))
    }

    /// The run of a lesson that is as it was, with its program as it would be written now.
    private func cached(_ key: RunKey, of lesson: Lesson) async throws -> LessonRun? {
        guard let entry = cache?.load(key, of: lesson.slug) else { return nil }
        let steps = lesson.steps()
        let significant = try significantBytes(of: steps)
        var notes = entry.notes.moved { index, numbers in
            significant.indices.contains(index) ? significant[index].range(of: numbers) : nil
        }
        var run = entry.run
        run.program = lesson.offered(steps, showing: notes.shown)
        if entry.layout != lesson.layout {
            run.diagnostics = try zip(run.diagnostics, entry.anchors).map { warning, anchor in
                try anchor.map { try warning.moved(to: $0, in: lesson, steps, syntax: sourceKit.syntax) }
                    ?? warning
            }
        }
        if try entry.documentation != documentation(of: steps) {
            let folder = FileManager.default.temporaryDirectory
            let trial = Trial(runner: self, lesson: lesson, steps: steps, data: nil, folder: folder)
            notes.names = try await trial.typed().names()
            run.diagnostics += try keep(run, notes, key, of: lesson).map { [$0] } ?? []
        }
        run.notes = notes.byCell(steps)
        return run
    }

    private func run(
        _ lesson: Lesson,
        data: String?,
        in folder: URL,
        onCell: @Sendable @escaping (CellProgress) -> Void
    ) async throws -> (run: LessonRun, notes: StepNotes) {
        let start = ContinuousClock.now
        // Found while the lesson is compiled.
        async let _ = sandbox.finding
        let trial = Trial(runner: self, lesson: lesson, steps: lesson.steps(), data: data, folder: folder)
        let syntaxErrors = try trial.syntaxErrors()
        guard syntaxErrors.isEmpty else { return (LessonRun(diagnostics: syntaxErrors), StepNotes()) }
        let early = try EarlyCompilation(trial)
        do {
            let result = try await run(trial, early, since: start, onCell: onCell)
            await early?.end()
            return result
        } catch {
            await early?.end()
            throw error
        }
    }

    private func run(
        _ trial: Trial,
        _ early: EarlyCompilation?,
        since start: ContinuousClock.Instant,
        onCell: @Sendable @escaping (CellProgress) -> Void
    ) async throws -> (run: LessonRun, notes: StepNotes) {
        let lesson = trial.lesson
        let typed = try await trial.typed()
        let earlyUses = try await trial.earlyUses(in: typed)
        guard earlyUses.isEmpty else { return (LessonRun(diagnostics: earlyUses), StepNotes()) }
        var notes = StepNotes(shown: typed.shown, tensors: typed.tensors)
        let program = trial.program(with: notes)
        let offered = lesson.offered(trial.steps, showing: notes.shown)
        // The compiler is a process of its own: SourceKit has the time.
        async let names = typed.names()
        var result = await early?.result(for: program)
        if result == nil { result = await trial.compile(program) }
        let messages = result?.diagnostics ?? []
        guard let executable = result?.executable else {
            let errors = await typed.explained(messages, of: lesson)
            return (LessonRun(program: offered, diagnostics: errors), notes)
        }

        let compiled = ContinuousClock.now
        let expected = ExpectedFailures(runner: self, lesson: lesson, data: trial.data, folder: trial.folder)
        async let failures = expected.results()
        let outcome = try await trial.run(executable, of: program, onCell: onCell)
        let failed = try await failures
        let record = record(of: lesson, outcome.record.cells + failed.map(\.record))
        let errors = trial.errors(outcome, of: program) + failed.flatMap(\.diagnostics)
        let written = trial.notes(outcome, of: program) + failed.flatMap(\.notes)
        var run = LessonRun(program: offered, diagnostics: messages + written + errors)
        if errors.isEmpty { run.record = record } else { run.partial = record }
        run.cost = LessonRun.Cost(
            compiling: start.duration(to: compiled),
            running: compiled.duration(to: .now)
        )
        notes.names = await names
        run.notes = notes.byCell(trial.steps)
        return (run, notes)
    }

    /// The record of a lesson whose steps showed this.
    private func record(of lesson: Lesson, _ steps: [CellRecord]) -> RunRecord {
        let records = Dictionary(steps.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let expressions = lesson.expressions.indices.map { index in
            let outputs = records[Lesson.step(ofExpression: index)]?.outputs ?? []
            return outputs.compactMap { if case .value(let text) = $0 { text } else { nil } }.joined()
        }
        let cells = lesson.cells.map { records[$0.name] ?? CellRecord(name: $0.name) }
        return RunRecord(lesson: lesson.slug, cells: cells, expressions: expressions)
    }
}

extension Lesson {
    /// The program that readers take home: what the author wrote.
    fileprivate func offered(_ steps: [Cell], showing shown: [Int: Range<Int>]) -> String {
        Program(file: file, steps: steps, showing: shown, readsData: !frontMatter.data.isEmpty).text
    }
}
