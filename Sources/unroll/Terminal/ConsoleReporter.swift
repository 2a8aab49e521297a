internal import ArgumentParser
internal import Course
internal import Execution
internal import Foundation
internal import Lessons

/// What a command says on the terminal: diagnostics as they are found, the progress of lessons, and one line at the end.
final class ConsoleReporter: Sendable {
    private let folders: ProjectFolders
    private let verbosity: LessonProgress.Verbosity
    private let progress: LessonProgress
    private let start = ContinuousClock.now

    /// Begins to report on a command.
    init(_ folders: ProjectFolders, verbosity: LessonProgress.Verbosity) {
        self.folders = folders
        self.verbosity = verbosity
        progress = LessonProgress(verbosity)
    }

    /// Says what happens.
    @Sendable func observe(_ event: ProjectEvent) {
        switch event {
        case .found(let diagnostics):
            for diagnostic in diagnostics where verbosity != .quiet || diagnostic.severity != .note {
                Terminal.say("\(folders.shown(diagnostic))")
            }
        case .running(let lessons): progress.begin(lessons)
        case .progress(let event): progress.take(event)
        case .ran: progress.end()
        case .written(_, let live):
            guard verbosity != .quiet else { return }
            Terminal.say(
                "the pages are there; compiling live cells for the browser: \(live.joined(separator: ", "))"
            )
        }
    }

    /// Prints the last line of a build.
    func end(_ outcome: BuildOutcome) {
        guard !outcome.hasErrors else { return Terminal.say(failure(of: outcome)) }
        guard verbosity != .quiet else { return }
        let lessons = outcome.lessons.count
        let others = [(outcome.trusted.count, "trusted"), (outcome.shared.count, "shared")]
        let taken = others.filter { $0.0 > 0 }.map { ", \($0) \($1)" }.joined()
        Terminal.result(
            "✓ \(lessons.counted("lesson")) · \(outcome.ran.count) run, \(outcome.cached.count) unchanged\(taken) · "
                + "\(outcome.charts.counted("chart")) · \(start.duration(to: .now).inTenths) s → "
                + "\(folders.shownSite)index.html"
        )
    }

    /// Prints the last line of a share's computation.
    func end(_ outcome: RecordsOutcome) {
        let share = "\(outcome.lessons.count) of \(outcome.all.counted("lesson"))"
        guard let folder = outcome.folder else {
            return Terminal.say("✗ of \(share), not all came to their ends; merge will say which are missing")
        }
        guard verbosity != .quiet else { return }
        Terminal.result(
            "✓ \(share) · \(outcome.ran.count) run · \(start.duration(to: .now).inTenths) s → \(folder)"
        )
    }

    private func failure(of outcome: BuildOutcome) -> String {
        let files = Set(outcome.lessons)
        let failed = Set(outcome.diagnostics.filter { $0.severity == .error }.map(\.location.file))
            .filter { files.contains($0) || $0.hasSuffix(".md") }
        let all = files.union(failed).count
        let count =
            failed.isEmpty ? "nothing was built" : "\(failed.count) of \(all.counted("lesson")) failed"
        // A site that could be written in part says so itself.
        guard outcome.site != .built else {
            return "✗ \(count); the pages are there, but not what moves in them"
        }
        let site = outcome.site == .unfinished ? "" : "; \(folders.shownSite) is as it was"
        return "✗ \(count)\(site)"
    }

    /// Prints what came of a build as JSON; its files are paths from the working folder.
    func print(_ outcome: BuildOutcome) throws {
        var outcome = outcome
        outcome.diagnostics = outcome.diagnostics.map(folders.shown)
        try print(json: outcome)
    }

    /// Prints what came of a share as JSON; its files are paths from the working folder.
    func print(_ outcome: RecordsOutcome) throws {
        var outcome = outcome
        outcome.diagnostics = outcome.diagnostics.map(folders.shown)
        try print(json: outcome)
    }

    private func print(json outcome: some Encodable) throws {
        Terminal.result(String(decoding: try JSONEncoder.stable.encode(outcome), as: UTF8.self))
    }

    /// Returns 0 when nothing is wrong, 1 when the lessons are at fault, 2 when the command could not run.
    func exitCode(of diagnostics: some Sequence<Diagnostic>) -> ExitCode {
        let errors = diagnostics.filter { $0.severity == .error }
        guard !errors.isEmpty else { return .success }
        return errors.contains(where: \.isOfSetup) ? ExitCode(2) : .failure
    }
}

extension Int {
    /// `1 lesson`, `2 lessons`.
    func counted(_ noun: String) -> String {
        "\(self) \(noun)\(self == 1 ? "" : "s")"
    }
}

extension Duration {
    /// The time in seconds, with one decimal.
    var inTenths: String {
        let tenths = Int((self / .milliseconds(100)).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// The time in seconds, with two decimals.
    var inHundredths: String {
        let hundredths = Int((self / .milliseconds(10)).rounded())
        return "\(hundredths / 100).\(hundredths / 10 % 10)\(hundredths % 10)"
    }
}
