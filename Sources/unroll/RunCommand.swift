internal import ArgumentParser
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

    @OptionGroup var folders: SiteOptions
    @OptionGroup var options: RunOptions

    func run() async throws {
        var report = BuildReport(folders, options)
        do throws(Diagnostic) {
            let course = Course(at: folders.lessonsFolder)
            let lesson = try course.lesson(named: lesson)
            let runner = try await options.runner(in: folders)
            let runs = await options.run([lesson], of: course, by: runner, report: &report)
            if Task.isCancelled { return }
            for record in runs.compactMap({ $0.record ?? $0.partial }) {
                Terminal.result(TerminalRecord(record, of: lesson).text)
            }
        } catch {
            report.add([error])
        }
        throw report.exitCode
    }
}
