internal import ArgumentParser
internal import Course
internal import Execution
internal import Lessons
internal import Records
internal import Serialization

/// `unroll run LESSON`: a lesson's outputs in the terminal.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Print what a lesson shows, with its charts as small plots.",
        discussion: Invocation.typed.named(
            """
            The lesson is run unless an earlier run still holds. One that stops shows what it did before.

            Examples:
              ./unroll run 02-a-network-by-hand
              ./unroll run lessons/02-a-network-by-hand.md --verbose
              ./unroll run gallery --states      for machines
            """
        )
    )

    @Argument(help: "The lesson: its file, or its name without .md.", completion: Completion.lessons)
    var lesson: String

    @Flag(
        help:
            "Print a line of JSON for each state in which live cells are tested: the digest of the HTML that native code gives."
    )
    var states = false

    @OptionGroup var place: SiteOptions
    @OptionGroup var options: RunOptions

    func run() async throws {
        let folders = try place.folders()
        let reporter = options.reporter(of: folders)
        var log = DiagnosticLog(reporter.observe)
        do throws(Diagnostic) {
            let project = Project.read(folders)
            let lesson = try project.lesson(named: lesson)
            let runner = try await project.equipped(options.runner(in: folders), log: &log)
            let runs = await project.run(
                [lesson],
                by: runner,
                jobs: 1,
                log: &log,
                observe: reporter.observe
            )
            for run in runs {
                if states {
                    let tested = await StateDigest.digests(of: lesson, run, by: runner, data: folders.lessons)
                    log.add(tested.diagnostics)
                    for digest in tested.digests { Terminal.result(digest.json.compact) }
                } else if let record = run.record ?? run.partial {
                    Terminal.result(TerminalRecord(record, of: lesson).text)
                }
            }
        } catch {
            log.add([error])
        }
        throw reporter.exitCode(of: log.diagnostics)
    }
}
