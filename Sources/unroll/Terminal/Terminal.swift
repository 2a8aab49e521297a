internal import Foundation
internal import Lessons
internal import LibC

/// Where a command speaks. Whatever a line quotes, it cannot steer the terminal, for control characters are shown as
/// pictures, nor a workflow that reads along.
enum Terminal {
    /// Prints a result to standard output; ends the process with 2 where that cannot be written.
    static func result(_ line: String) {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data("\(shown(line))\n".utf8))
        } catch {
            say("unroll: standard output cannot be written: \(error.localizedDescription)")
            exit(2)
        }
    }

    /// Prints a line for people, progress or a diagnostic, to standard error.
    static func say(_ line: String) {
        write("\(shown(line))\n")
    }

    /// Whether the runner of GitHub Actions reads along, and obeys lines that are commands.
    static let isObeyed = ProcessInfo.processInfo.environment["GITHUB_ACTIONS"] == "true"

    /// Gives the runner of GitHub Actions a command.
    static func command(_ command: String, toErrors: Bool) {
        let line = "\(command.showingControlCharacters)\n"
        toErrors ? write(line) : try? FileHandle.standardOutput.write(contentsOf: Data(line.utf8))
    }

    private static func shown(_ line: String) -> String {
        let shown = line.showingControlCharacters
        return isObeyed ? shown.withoutCommands : shown
    }

    /// Standard error as the process found it, whatever a library does to it meanwhile; opened before any is called.
    private static let errors = FileHandle(fileDescriptor: fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3))

    /// Opens what commands write to.
    static func open() { _ = errors }

    /// Writes to standard error.
    static func write(_ text: String) {
        try? errors.write(contentsOf: Data(text.utf8))
    }

    /// Whether a person watches standard error.
    static var isInteractive: Bool {
        isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }

    /// How many columns the terminal has.
    static var columns: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}

extension String {
    /// The text with no line that is a command to the runner of GitHub Actions: `::name::` at its beginning, after blanks, or
    /// `##[name]` anywhere.
    fileprivate var withoutCommands: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let isCommand = line.drop(while: \.isWhitespace).hasPrefix("::")
            return (isCommand ? "| " : "") + line.replacing("##[", with: "# #[")
        }
        .joined(separator: "\n")
    }
}
