internal import Execution
internal import Foundation
internal import Lessons
internal import Pages
internal import Records

/// Live cells as they run natively against their modules: the one on the site, and one that is compiled afresh.
struct LiveCheck: Sendable {
    /// What was found.
    private(set) var findings: [Finding] = []
    /// What is wrong with the programs.
    private(set) var diagnostics: [Diagnostic] = []
    /// The number of states that were compared.
    private(set) var states = 0
    /// What could not be held, and why, each once.
    private(set) var unheld: [Diagnostic] = []

    /// Compares the live cells of lessons.
    ///
    /// - Parameters:
    ///   - live: The lessons.
    ///   - selection: What is compared; of live cells that are not meant, none runs.
    ///   - site: The site on disk.
    ///   - runner: What compiles and runs them.
    ///   - jobs: The number of lessons at a time.
    ///   - project: The project.
    static func run(
        _ live: [LiveLesson],
        of selection: LessonSelection,
        against site: CommittedSite,
        by runner: LessonRunner,
        jobs: Int,
        in project: Project
    ) async throws(Diagnostic) -> LiveCheck {
        let live = live.filter { live in
            live.program.cells.contains { selection.contains($0, of: live.lesson.slug) }
        }
        guard let first = live.first else { return LiveCheck() }
        let scripts = LiveScripts(among: site.files)
        let support = try await runner.browserSupport()
        let modules = await runner.moduleRunner()
        let checks = await live.concurrentlyMapped(jobs: jobs) { live in
            var check = LiveCheck()
            let cells = live.program.cells.filter { selection.contains($0, of: live.lesson.slug) }
            await check.run(live, cells, scripts, by: runner, support, modules, data: project.folders.lessons)
            return check
        }
        var whole = LiveCheck()
        func add(_ reason: String) {
            let place = SourceLocation(file: first.lesson.file)
            whole.unheld.append(
                Diagnostic(.error, .setup, at: place, "live cells are not held whole: \(reason)")
            )
        }
        if case .missing(let reason) = support { add("no module is compiled afresh, for \(reason)") }
        if modules == nil { add("no module is run, for node 18 or newer was not found") }
        for check in checks {
            whole.findings += check.findings
            whole.diagnostics += check.diagnostics
            whole.states += check.states
        }
        return whole
    }

    private mutating func run(
        _ live: LiveLesson,
        _ cells: [String],
        _ scripts: LiveScripts,
        by runner: LessonRunner,
        _ support: BrowserSupport,
        _ modules: ModuleRunner?,
        data: String
    ) async {
        let calls = live.program.testedCalls(of: live.record).filter { cells.contains($0.cell) }
        let native = await runner.nativeAnswers(to: calls, of: live.program, in: live.lesson, data: data)
        diagnostics += native.diagnostics
        guard native.diagnostics.isEmpty else { return }
        diagnostics += live.errors(of: native.answers, native.stops, to: calls, of: cells)
        states += calls.count

        if !scripts.isCurrent(live.program, of: live.lesson) {
            let script = scripts.script(of: live.lesson)
            let isThere = script != nil
            let change = await script?.changedValue(of: live.program)
            let message =
                change
                ?? (isThere
                    ? "it is made of the lesson's code as it was" : "what its live cells run is not there")
            findings.append(
                Finding(
                    kind: isThere ? .stale : .missing,
                    lesson: live.lesson.slug,
                    file: live.lesson.paths.liveProgram,
                    message: message
                )
            )
        } else if let modules {
            await compare(live, scripts, "on the site", calls, native.answers, by: modules)
        }
        guard case .ready(let compiler) = support else { return }
        let fresh = await runner.makeModule(of: live.program, in: live.lesson, by: compiler)
        diagnostics += fresh.diagnostics
        guard let build = fresh.build, let modules else { return }
        var others = LiveScripts(among: [:])
        others.take(build, of: live.lesson)
        await compare(live, others, "compiled afresh", calls, native.answers, by: modules)
    }

    /// Compares what a module shows with what native code showed.
    private mutating func compare(
        _ live: LiveLesson,
        _ scripts: LiveScripts,
        _ origin: String,
        _ calls: [LiveCall],
        _ native: [LiveAnswer],
        by modules: ModuleRunner
    ) async {
        let answers: [LiveAnswer]
        do throws(ModuleRunner.Failure) {
            let files = scripts.files(of: live.lesson).map { ($0.path, $0.contents) }
            answers = try await modules.answers(
                of: live.program,
                at: live.lesson.paths.liveProgram,
                among: Dictionary(uniqueKeysWithValues: files),
                to: calls
            )
        } catch {
            findings.append(
                Finding(
                    kind: .live,
                    lesson: live.lesson.slug,
                    file: live.lesson.file,
                    message: "the module \(origin) does not run: \(error.reason)"
                )
            )
            return
        }
        for (index, call) in calls.enumerated() {
            let answer = index < answers.count ? answers[index] : .stopped("it did not come to this call")
            guard let difference = answer.difference(from: native[index]) else { continue }
            findings.append(
                Finding(
                    kind: .live,
                    lesson: live.lesson.slug,
                    file: live.lesson.file,
                    line: live.lesson.cells.first { $0.name == call.cell }?.fence.line,
                    cell: call.cell,
                    message: "the module \(origin), with \(live.name(of: call)): \(difference)"
                )
            )
        }
    }
}

extension LiveScript {
    /// What built cells compute otherwise now than when the script was made, in words; `nil` if the script is of another
    /// program.
    fileprivate func changedValue(of program: LiveProgram) async -> String? {
        guard let values = await readValues(), key == program.key(with: values) else { return nil }
        return program.values.firstDifference(from: values).map { "a built value is not as it was: \($0)" }
    }
}
