package import Lessons

/// The paths, in the site, of the files that belong to one lesson.
package struct LessonPaths: Sendable {
    private let slug: String

    /// Makes the paths of a lesson.
    package init(_ slug: String) {
        self.slug = slug
    }

    /// The page.
    package var page: String { "\(slug).html" }
    /// The record that `check` compares with.
    package var record: String { "records/\(slug).json" }
    /// The script with the notes on the names in its cells.
    package var notes: String { "notes/\(slug).js" }
    /// The program of its live cells.
    package var liveProgram: String { "live/\(slug).js" }
    /// The Markdown, as a download.
    var source: String { "downloads/\(slug).md" }
    /// The program, as a download.
    var program: String { "downloads/\(slug).swift" }

    /// The data behind a figure or table of a cell; `count` is that of the cell's figures and tables before it.
    func data(of cell: String, after count: Int) -> String {
        "downloads/\(slug)-\(cell)" + (count == 0 ? "" : "-\(count + 1)") + ".csv"
    }

    /// The states of a live cell.
    package func liveStates(of cell: String) -> String { "live/\(slug)-\(cell).js" }

    /// Whether a file belongs to the lesson.
    package func contains(_ path: String) -> Bool {
        [page, record, notes].contains(path)
            || ["downloads/\(slug).", "downloads/\(slug)-", "live/\(slug).", "live/\(slug)-"].contains(
                where: path.hasPrefix
            )
    }
}

extension Lesson {
    /// The paths of the lesson's files in the site.
    package var paths: LessonPaths { LessonPaths(slug) }

    /// The path of the lesson's page in the site.
    package var path: String { paths.page }
}
