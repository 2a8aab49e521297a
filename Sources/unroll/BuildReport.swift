internal import Lessons
internal import Pages
internal import Records

/// What a build says: diagnostics as they come in, and one line at the end.
struct BuildReport {
    private let folders: SiteOptions
    private let start = ContinuousClock.now
    private var diagnostics: Set<Diagnostic> = []

    init(_ folders: SiteOptions) {
        self.folders = folders
    }

    /// Whether the site must stay as it was.
    var hasErrors: Bool {
        diagnostics.contains { $0.severity == .error }
    }

    /// Prints diagnostics that were not printed yet, in the order of their places.
    mutating func add(_ new: [Diagnostic]) {
        for diagnostic in Set(new).subtracting(diagnostics).sorted(by: { $0.location < $1.location }) {
            Terminal.say("\(folders.shown(diagnostic))")
        }
        diagnostics.formUnion(new)
    }

    /// Prints the last line.
    func end(lessons: [Lesson], finished: [FinishedLesson]) {
        guard hasErrors else { return succeed(finished) }
        let files = Set(lessons.map(\.file))
        let failed = Set(diagnostics.filter { $0.severity == .error }.map(\.location.file))
            .filter { files.contains($0) || $0.hasSuffix(".md") }
        let all = files.union(failed).count
        let count =
            failed.isEmpty ? "nothing was built" : "\(failed.count) of \(all.counted("lesson")) failed"
        Terminal.say("✗ \(count); \(folders.shownSite) is as it was")
    }

    private func succeed(_ finished: [FinishedLesson]) {
        let outputs = finished.flatMap { $0.record.cells.flatMap(\.outputs) }
        let figures = outputs.filter { if case .figure = $0 { true } else { false } }
        let time = start.duration(to: .now) / .seconds(1)
        Terminal.result(
            "✓ \(finished.count.counted("lesson")) · \(figures.count.counted("chart")) · \(time.inTenths) s "
                + "→ \(folders.shownSite)index.html"
        )
    }
}

extension Int {
    /// `1 lesson`, `2 lessons`.
    fileprivate func counted(_ noun: String) -> String {
        "\(self) \(noun)\(self == 1 ? "" : "s")"
    }
}

extension Double {
    /// The number with one decimal.
    fileprivate var inTenths: String {
        let tenths = Int((self * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
