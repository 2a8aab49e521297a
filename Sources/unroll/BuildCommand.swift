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
        var report = BuildReport(folders, options)
        let course = Course(at: folders.lessonsFolder)
        report.add(course.diagnostics)
        do throws(Diagnostic) {
            let (runner, warning) = try await options.runner(in: folders)
            report.add(warning.map { [$0] } ?? [])
            let runs = await options.run(course.lessons, of: course, by: runner, report: &report)
            if !report.hasErrors {
                let finished = zip(course.lessons, runs).compactMap { lesson, run in
                    run.record.map { FinishedLesson(lesson, $0, program: run.program) }
                }
                let site = course.site(finished, by: runner)
                report.add(site.diagnostics)
                if !report.hasErrors {
                    try SiteWriter(to: folders.siteFolder).write(course.files(of: site, finished))
                }
            }
        } catch {
            report.add([error])
        }
        report.end(course.lessons)
        throw report.exitCode
    }
}
