internal import ArgumentParser
internal import Course
internal import Execution
internal import Lessons

/// `unroll why LESSON`: what the cache would do with a lesson, and because of what.
struct WhyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why",
        abstract: "Say whether a lesson would be run again, and what has changed.",
        discussion: Invocation.typed.named(
            """
            Examples:
              ./unroll why 02-a-network-by-hand
            """
        )
    )

    @Argument(help: "The lesson: its file, or its name without .md.", completion: Completion.lessons)
    var lesson: String

    @OptionGroup var place: SiteOptions
    @OptionGroup var options: RunOptions

    func run() async throws {
        let folders = try place.folders()
        do throws(Diagnostic) {
            let project = Project.read(folders)
            let lesson = try project.lesson(named: lesson)
            var log = DiagnosticLog { _ in }
            let runner = try await project.equipped(options.runner(in: folders), log: &log)
            switch try runner.decision(on: lesson, data: folders.lessons) {
            case .hit:
                Terminal.result("\(lesson.slug): unchanged; the record of an earlier run holds")
            case .never:
                let reason = "there was none, or ./unroll clean forgot it"
                Terminal.result(
                    "\(lesson.slug): runs; no earlier run is known here: \(folders.pasteable(reason))"
                )
            case .changed(let changes):
                Terminal.result("\(lesson.slug): runs; changed since the last run:")
                for change in changes {
                    let (old, new) = (WhyCommand.shown(change.old), WhyCommand.shown(change.new))
                    Terminal.result("  \(change.component)  \(old) → \(new)")
                }
            }
        } catch {
            Terminal.say("\(folders.shown(error))")
            throw error.isOfSetup ? ExitCode(2) : ExitCode.failure
        }
    }

    /// A value in words as it is, and the beginning of a digest.
    private static func shown(_ value: String?) -> String {
        guard let value else { return "none" }
        return value.count == 64 && value.allSatisfy(\.isHexDigit) ? String(value.prefix(12)) : value
    }
}
