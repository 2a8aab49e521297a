internal import ArgumentParser
internal import Course
internal import Execution
internal import Lessons
internal import Records

/// `unroll run LESSON`: a lesson's outputs in the terminal.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Print what a lesson shows, with its charts as small plots.",
        discussion: """
            The lesson is run unless an earlier run still holds. One that stops shows what it did before.

            Examples:
              ./unroll run 02-a-network-by-hand
              ./unroll run lessons/02-a-network-by-hand.md --verbose
            """
    )

    @Argument(help: "The lesson: its file, or its name without .md.", completion: Completion.lessons)
    var lesson: String

    @OptionGroup var place: SiteOptions
    @OptionGroup var options: RunOptions

    func run() async throws {
        let folders = place.folders
        let reporter = options.reporter(of: folders)
        var log = DiagnosticLog(reporter.observe)
        do throws(Diagnostic) {
            let project = Project.read(folders)
            let lesson = try project.lesson(named: lesson)
            let runs = try await project.run(
                [lesson],
                by: options.runner(in: folders),
                jobs: 1,
                log: &log,
                observe: reporter.observe
            )
            for record in runs.compactMap({ $0.record ?? $0.partial }) {
                Terminal.result(TerminalRecord(record, of: lesson).text)
            }
        } catch {
            log.add([error])
        }
        throw reporter.exitCode(of: log.diagnostics)
    }
}
