package import Lessons
internal import Records

/// The lessons and cells that a command names, such as `06-from-sine-to-cosine#seed0`; without names, all of them.
package struct LessonSelection: Sendable {
    /// The lessons of which something is named, in the order of the project.
    package let lessons: [Lesson]
    /// Whether nothing is named, and so everything is meant.
    package let isOfAll: Bool
    /// The cells that are named of a lesson, by its slug; `nil` for a whole one.
    private let named: [String: Set<String>?]

    /// The selection of everything in a project.
    init(allOf project: Project) {
        self.init(lessons: project.lessons, isOfAll: true, named: [:])
    }

    /// The selection of whole lessons.
    init(of lessons: [Lesson]) {
        let all = lessons.map { ($0.slug, Set<String>?.none) }
        self.init(lessons: lessons, isOfAll: false, named: Dictionary(uniqueKeysWithValues: all))
    }

    private init(lessons: [Lesson], isOfAll: Bool, named: [String: Set<String>?]) {
        self.lessons = lessons
        self.isOfAll = isOfAll
        self.named = named
    }

    /// Reads names of lessons and cells; none means everything.
    ///
    /// - Parameters:
    ///   - names: The names, as a user types them.
    ///   - project: The project.
    ///   - site: The site on disk, whose records have the names of cells that are gone.
    /// - Throws: `Diagnostic`, of a name that names nothing.
    init(of names: [String], in project: Project, recordedIn site: CommittedSite) throws(Diagnostic) {
        guard !names.isEmpty else {
            self.init(allOf: project)
            return
        }
        var named: [String: Set<String>?] = [:]
        for name in names {
            let parts = name.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            let lesson = try project.lesson(named: String(parts[0]))
            guard !lesson.frontMatter.isDraft else {
                let message = "this is a draft, which is on no site"
                let hint = "take draft: true out of it; ./unroll run \(lesson.slug) runs it"
                throw Diagnostic(.error, .setup, at: SourceLocation(file: lesson.file), message, hint: hint)
            }
            guard parts.count == 2 else {
                named[lesson.slug] = .some(nil)
                continue
            }
            let cell = String(parts[1])
            try LessonSelection.require(cell, of: lesson, site.record(of: lesson.slug))
            // A whole lesson holds all of its cells.
            if let all = named[lesson.slug], all == nil { continue }
            named[lesson.slug, default: []]?.insert(cell)
        }
        let lessons = project.lessons.filter { named.keys.contains($0.slug) }
        self.init(lessons: lessons, isOfAll: false, named: named)
    }

    /// Throws unless a lesson has a cell of this name, or its record has one that is gone.
    private static func require(
        _ name: String,
        of lesson: Lesson,
        _ record: RunRecord?
    ) throws(Diagnostic) {
        let names = lesson.cells.map(\.name)
        let gone = record?.cells.map(\.name).filter { !names.contains($0) } ?? []
        guard !(names + gone).contains(name) else { return }
        let nearest = Spelling.nearest(to: name, among: names + gone)
        let hint =
            nearest.map { "did you mean '\(lesson.slug)#\($0)'?" }
            ?? (names.isEmpty ? "the lesson has no cells" : "there are \(names.joined(separator: ", "))")
        let place = SourceLocation(file: lesson.file)
        throw Diagnostic(.error, .setup, at: place, "there is no cell '\(name)'", hint: hint)
    }

    /// The cells that are named of a lesson; `nil` for all that it has.
    package func cells(of slug: String) -> Set<String>? { isOfAll ? nil : named[slug] ?? nil }

    /// Whether a cell is meant; a name of `nil` stands for the lesson as a whole.
    package func contains(_ cell: String?, of slug: String) -> Bool {
        guard !isOfAll else { return true }
        guard let cells = named[slug] else { return false }
        return cells.map { cells in cell.map(cells.contains) ?? false } ?? true
    }

    /// Returns what a record holds of the cells that are meant.
    func part(of record: RunRecord) -> RunRecord {
        guard let cells = cells(of: record.lesson) else { return record }
        return RunRecord(lesson: record.lesson, cells: record.cells.filter { cells.contains($0.name) })
    }
}
