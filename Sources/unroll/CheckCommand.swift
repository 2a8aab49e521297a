internal import ArgumentParser
internal import Execution
internal import Lessons

/// `unroll check`: lessons run afresh against the committed site.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Run every lesson afresh, and compare with the site.",
        discussion: """
            Every cell must show what the site records, numbers within the tolerance that the lesson states, and \
            every file of the site must be what the lessons give. ./unroll accept takes what differs. The exit \
            status is 0 if nothing does, 1 if something does, 2 if it could not be found out.

            Examples:
              ./unroll check
              ./unroll check --twice       in different surroundings, too: time zone, language, threads
              ./unroll check --json        for machines
            """
    )

    @Flag(help: "Run the lessons a second time in other surroundings, and name what differs from itself.")
    var twice = false

    @Flag(help: "Print what was found as JSON; columns count characters, as those of all messages do.")
    var json = false

    @OptionGroup var folders: SiteOptions
    @OptionGroup var options: RunOptions

    func run() async throws {
        var report = BuildReport(folders, options)
        let course = Course(at: folders.lessonsFolder)
        report.add(course.diagnostics)
        var check: SiteCheck?
        do throws(Diagnostic) {
            let site = try CommittedSite(at: folders.siteFolder)
            var runner = try await options.runner(in: folders)
            runner.runsAfresh = true
            let runs = await options.run(course.lessons, of: course, by: runner, report: &report)
            if Task.isCancelled { return }
            check = try await SiteCheck(course, runs, by: runner, with: site, shownAs: folders.shownSite)
            if twice {
                runner.surroundings = .unusual
                let others = await options.run(course.lessons, of: course, by: runner, report: &report)
                if Task.isCancelled { return }
                for (lesson, (run, other)) in zip(course.lessons, zip(runs, others)) {
                    check?.compare(lesson, run, withItself: other)
                }
            }
            report.add(check?.diagnostics ?? [])
        } catch {
            report.add([error])
        }
        let result = CheckReport(check, diagnostics: report.sortedDiagnostics, folders: folders)
        Terminal.result(json ? result.json : result.text(isVerbose: options.verbose))
        throw result.exitCode
    }
}
