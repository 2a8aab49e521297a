internal import ArgumentParser
internal import Execution
internal import Lessons
internal import Pages

/// `unroll build`: lessons in, site out.
struct BuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Compile and run the lessons, and build the site.",
        discussion: """
            A lesson is run again only when something that it depends on has changed; ./unroll why LESSON says \
            what. Errors of all lessons are reported, each with its place; while there is one, the site stays as \
            it was.

            Examples:
              ./unroll build
              ./unroll build --lessons ~/course --out /tmp/course-site
            """
    )

    @OptionGroup var folders: SiteOptions
    @OptionGroup var options: RunOptions

    func run() async throws {
        var report = BuildReport(folders)
        let folder = LessonFolder(at: folders.lessonsFolder)
        report.add(folder.diagnostics)
        do throws(Diagnostic) {
            let (runner, warning) = try await options.runner(in: folders)
            report.add(warning.map { [$0] } ?? [])
            let queue = LessonQueue(runner: runner, jobs: options.width, data: folders.lessonsFolder)
            let runs = await queue.run(folder.lessons)
            for run in runs { report.add(run) }
            if !report.hasErrors {
                let site = Site(
                    SiteSettings(),
                    lessons: zip(folder.lessons, runs).compactMap { lesson, run in
                        run.record.map { FinishedLesson(lesson, $0, program: run.program) }
                    },
                    provenance: Provenance(engine: "Recurrent", compiler: runner.sourceKit.compilerVersion),
                    highlight: runner.sourceKit.syntaxTokens
                )
                try SiteWriter(to: folders.siteFolder).write(site)
            }
        } catch {
            report.add([error])
        }
        report.end(folder.lessons)
        throw report.exitCode
    }
}
