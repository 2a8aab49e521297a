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
            Errors of all lessons are reported, each with its place; while there is one, the site stays as it was.

            Examples:
              ./unroll build
              ./unroll build --lessons ~/course --out /tmp/course-site
            """
    )

    @OptionGroup var folders: SiteOptions

    func run() async throws {
        var report = BuildReport(folders)
        let course = LessonFolder(at: folders.lessonsFolder)
        report.add(course.diagnostics)
        do throws(Diagnostic) {
            let runner = try await LessonRunner()
            var finished: [FinishedLesson] = []
            for lesson in course.lessons {
                let run = await runner.run(lesson)
                report.add(run.diagnostics)
                if let record = run.record { finished.append(FinishedLesson(lesson, record)) }
            }
            if !report.hasErrors {
                let site = Site(
                    SiteSettings(),
                    lessons: finished,
                    provenance: Provenance(engine: "Recurrent", compiler: runner.sourceKit.compilerVersion),
                    assets: LessonAssets(besideLessonsIn: folders.lessonsFolder),
                    highlight: runner.sourceKit.syntaxTokens
                )
                report.add(site.diagnostics)
                if !report.hasErrors { try SiteWriter(to: folders.siteFolder).write(site) }
            }
            report.end(lessons: course.lessons, finished: finished)
        } catch {
            report.add([error])
            report.end(lessons: course.lessons, finished: [])
        }
        if report.hasErrors { throw ExitCode.failure }
    }
}
