internal import ArgumentParser
internal import Execution
internal import Lessons

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
        let build = CourseBuild(folders, options)
        report.add(build.course.diagnostics)
        do throws(Diagnostic) {
            let (runner, warning) = try await options.runner(in: folders)
            report.add(warning.map { [$0] } ?? [])
            try await build.run(by: runner, report: &report)
        } catch {
            report.add([error])
        }
        report.end(build.course.lessons)
        throw report.exitCode
    }
}
