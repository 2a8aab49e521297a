internal import ArgumentParser
internal import Execution
internal import Lessons
internal import Records

/// What a build says: diagnostics as they come in, and one line at the end.
struct BuildReport {
    private let folders: SiteOptions
    private let isQuiet: Bool
    private let start = ContinuousClock.now
    /// Everything that was reported.
    private(set) var diagnostics: Set<Diagnostic> = []
    private var ran = 0
    private var unchanged = 0
    /// How many charts the lessons showed.
    private(set) var figures = 0

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
        for diagnostic in Set(new).subtracting(diagnostics).sorted(by: { $0.location < $1.location }) {
            Terminal.say("\(folders.shown(diagnostic))")
        }
        diagnostics.formUnion(new)
    }

    /// Takes what came of a lesson, and prints its diagnostics.
    mutating func add(_ run: LessonRun) {
        if run.isCached { unchanged += 1 } else { ran += 1 }
        for output in run.record?.cells.flatMap(\.outputs) ?? [] {
            if case .figure = output { figures += 1 }
        }
        add(run.diagnostics)
    }

    /// Says what an earlier build said that still holds.
    mutating func add(_ memory: BuildMemory) {
        unchanged = memory.lessons
        figures = memory.figures
        add(memory.diagnostics)
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
        Terminal.say("✗ \(count); \(folders.shownSite) is as it was")
    }

    /// Prints the last line of a build that succeeded.
    func end(_ lessons: Int) {
        guard !isQuiet else { return }
        let time = start.duration(to: .now)
        Terminal.result(
            "✓ \(lessons.counted("lesson")) · \(ran) run, \(unchanged) unchanged · \(figures.counted("chart")) · "
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
