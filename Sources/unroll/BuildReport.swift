internal import ArgumentParser
internal import Execution
internal import Lessons
internal import Pages
internal import Records

/// What a build says: diagnostics as they come in, and one line at the end.
struct BuildReport {
    private let folders: SiteOptions
    private let isQuiet: Bool
    private let start = ContinuousClock.now
    /// Everything that was reported.
    private(set) var diagnostics: Set<Diagnostic> = []
    /// The slugs of the lessons that were run.
    private var ran: Set<String> = []
    /// How many charts each lesson showed, by its slug.
    private(set) var figures: [String: Int] = [:]

    init(_ folders: SiteOptions, _ options: RunOptions) {
        self.folders = folders
        isQuiet = options.quiet
    }

    /// Everything that was reported, in the order of the places.
    var sortedDiagnostics: [Diagnostic] {
        diagnostics.map(folders.shown).sorted { $0.location < $1.location }
    }

    /// Whether the site must stay as it was.
    var hasErrors: Bool {
        diagnostics.contains { $0.severity == .error }
    }

    /// 0 when the site was built, 1 when the lessons are at fault, 2 when the build could not run.
    var exitCode: ExitCode {
        guard hasErrors else { return .success }
        let isSetup = diagnostics.contains { $0.severity == .error && $0.isOfSetup }
        return isSetup ? ExitCode(2) : .failure
    }

    /// Prints diagnostics that were not printed yet, in the order of their places.
    mutating func add(_ new: [Diagnostic]) {
        for diagnostic in Set(new).subtracting(diagnostics).sorted(by: { $0.location < $1.location })
        where !isQuiet || diagnostic.severity != .note {
            Terminal.say("\(folders.shown(diagnostic))")
        }
        diagnostics.formUnion(new)
    }

    /// Takes what came of a lesson, and prints its diagnostics.
    mutating func add(_ run: LessonRun, of lesson: Lesson) {
        if !run.isCached { ran.insert(lesson.slug) }
        figures[lesson.slug] = run.record?.cells.flatMap(\.outputs).count { output in
            if case .figure = output { true } else { false }
        }
        add(run.diagnostics)
    }

    /// Says what an earlier build said that still holds.
    mutating func add(_ earlier: BuildMemory.Remainder) {
        figures = earlier.build.figures.filter { !earlier.edits.contains($0.key) }
        add(
            earlier.build.diagnostics.filter { diagnostic in
                !earlier.edits.contains { diagnostic.location.file.hasSuffix("/\($0).md") }
            }
        )
    }

    /// Prints the last line.
    func end(_ lessons: [Lesson]) {
        guard hasErrors else { return end(lessons.count) }
        let files = Set(lessons.map(\.file))
        let failed = Set(diagnostics.filter { $0.severity == .error }.map(\.location.file))
            .filter { files.contains($0) || $0.hasSuffix(".md") }
        let all = files.union(failed).count
        let count =
            failed.isEmpty ? "nothing was built" : "\(failed.count) of \(all.counted("lesson")) failed"
        Terminal.say("✗ \(count)\(fate)")
    }

    /// What has become of the site of a build that failed, as a part of a sentence.
    var fate: String {
        // A site that could be written in part says so itself.
        let isUnfinished = diagnostics.contains { $0.message.hasSuffix(SiteWriter.unfinished) }
        return isUnfinished ? "" : "; \(folders.shownSite) is as it was"
    }

    /// Prints the last line of a build that succeeded.
    func end(_ lessons: Int) {
        guard !isQuiet else { return }
        let time = start.duration(to: .now)
        let charts = figures.values.reduce(0, +).counted("chart")
        Terminal.result(
            "✓ \(lessons.counted("lesson")) · \(ran.count) run, \(lessons - ran.count) unchanged · \(charts) · "
                + "\(time.inTenths) s → \(folders.shownSite)index.html"
        )
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
