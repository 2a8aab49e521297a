internal import Execution
internal import Lessons
internal import Pages
internal import Records

extension Project {
    /// Returns the lessons whose live cells run in the page, of all lessons of the project.
    func liveLessons(among runs: [LessonRun]) -> [LiveLesson] { liveLessons(lessons, runs) }

    /// Returns those of some lessons whose live cells run in the page.
    func liveLessons(_ lessons: [Lesson], _ runs: [LessonRun]) -> [LiveLesson] {
        zip(lessons, runs).compactMap { lesson, run in
            guard let program = run.live, let record = run.record else { return nil }
            return LiveLesson(lesson: lesson, program: program, record: record)
        }
    }

    /// Makes the modules of live cells, and puts their scripts among those of the site.
    ///
    /// A program that does not show at first what the lesson shows, or stops in a tested state, gets no module; nor does one
    /// whose module shows something else, where node can tell.
    ///
    /// - Parameters:
    ///   - live: The lessons whose modules are wanted.
    ///   - scripts: The scripts of the site.
    ///   - runner: What compiles and runs them.
    ///   - jobs: The number of lessons at a time.
    ///   - isFresh: Whether none that was made before is taken.
    ///   - log: The log that takes what is wrong with them.
    func makeModules(
        of live: [LiveLesson],
        into scripts: inout LiveScripts,
        by runner: LessonRunner,
        jobs: Int,
        isFresh: Bool = false,
        log: inout DiagnosticLog
    ) async throws(Diagnostic) {
        var rest = live
        if !isFresh {
            rest.removeAll { live in
                guard let build = runner.cachedModule(of: live.program) else { return false }
                scripts.take(build, of: live.lesson)
                return true
            }
        }
        guard let first = rest.first else { return }
        let compiler: BrowserCompiler
        switch try await runner.browserSupport() {
        case .ready(let ready): compiler = ready
        case .missing(let reason):
            let message = "its live cells are as they were on the site, or still: \(reason)"
            return log.add([
                Diagnostic(.warning, .setup, at: SourceLocation(file: first.lesson.file), message)
            ])
        }
        let data = folders.lessons
        let modules = await runner.moduleRunner()
        let made = await rest.concurrentlyMapped(jobs: jobs) { live in
            let calls = live.program.testedCalls(of: live.record)
            let native = await runner.nativeAnswers(to: calls, of: live.program, in: live.lesson, data: data)
            let wrong =
                native.diagnostics.isEmpty
                ? live.errors(of: native.answers, native.stops, to: calls) : native.diagnostics
            guard wrong.isEmpty else { return (build: LiveBuild?.none, diagnostics: wrong) }
            let made = await runner.makeModule(of: live.program, in: live.lesson, by: compiler)
            let path = live.lesson.paths.liveProgram
            guard let build = made.build, let modules,
                let answers = try? await modules.answers(
                    of: live.program,
                    at: path,
                    among: build.files(at: path),
                    to: calls
                )
            else { return made }
            let differences = live.errors(of: answers, against: native.answers, to: calls)
            return differences.isEmpty ? made : (nil, differences)
        }
        guard !Task.isCancelled else { return }
        for (live, made) in zip(rest, made) {
            log.add(made.diagnostics)
            guard let build = made.build else { continue }
            scripts.take(build, of: live.lesson)
            runner.store(build, of: live.program)
        }
    }
}
