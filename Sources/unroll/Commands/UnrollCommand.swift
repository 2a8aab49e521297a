internal import ArgumentParser
internal import Course
internal import Lessons

/// The command line: one subcommand a file.
@main
struct UnrollCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unroll",
        abstract: "Build Markdown lessons that hold cells of real Swift into a static site.",
        discussion: Invocation.typed.named(
            """
            Results go to standard output, progress and diagnostics to standard error. The exit status is 0, \
            1 when the lessons are at fault, 2 when the command could not run.

            ./unroll test runs the test suite; it is the launcher's own. ./unroll --generate-completion-script zsh \
            (or bash, fish) prints completions for a shell.
            """
        ),
        version: "unroll \(Version.current)",
        subcommands: [
            InitCommand.self, NewCommand.self, BuildCommand.self, ServeCommand.self, RunCommand.self,
            CheckCommand.self, AcceptCommand.self, WhyCommand.self, CleanCommand.self, DoctorCommand.self,
            PlanCommand.self, MergeCommand.self, InstallCommand.self,
        ]
    )

    /// Runs the command that was typed; one that cannot be understood exits with 2, not with the 64 of `sysexits.h`.
    static func main() async {
        Terminal.open()
        do {
            var command = try parseAsRoot()
            if let serve = command as? ServeCommand {
                // It comes to a good end when it is asked to.
                try await serve.run()
            } else if var command = command as? any AsyncParsableCommand {
                try await Interruption.stopping { try await command.run() }
            } else {
                try command.run()
            }
        } catch let diagnostic as Diagnostic {
            Terminal.say("\(diagnostic)")
            exit(withError: ExitCode(2))
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            let message = misspelling(of: CommandLine.arguments.dropFirst().first)
            Terminal.say(message ?? fullMessage(for: error))
            exit(withError: ExitCode(2))
        }
    }

    /// Returns the remedy for a first word that is no command, or nearly an option; `nil` for any other.
    private static func misspelling(of word: String?) -> String? {
        let commands =
            configuration.subcommands.compactMap { $0.configuration.commandName } + ["help", "test"]
        let options = ["--help", "--version", "--generate-completion-script"]
        guard let word, !(commands + options).contains(word) else { return nil }
        let isOption = word.hasPrefix("-")
        guard !isOption || Spelling.nearest(to: word, among: options) != nil else { return nil }
        let known = isOption ? options : commands
        return """
            Error: there is no \(isOption ? "option" : "command") '\(word)'; \
            \(Spelling.hint(for: word, among: known, shownAs: "there are"))
              See '\(Invocation.typed.tool) --help' for more information.
            """
    }
}
