public import Lessons

/// All pages and files of a site, before any of it is written.
public struct Site: Sendable {
    /// The files in the order of their paths.
    public let files: [SiteFile]

    /// Makes the pages of the lessons, in their given order, with an index and the theme's files.
    ///
    /// - Parameters:
    ///   - settings: What holds for all pages.
    ///   - lessons: The lessons with what they showed.
    ///   - provenance: What computed the numbers.
    ///   - theme: The look.
    ///   - highlight: Finds the tokens of a piece of Swift.
    public init(
        _ settings: SiteSettings,
        lessons: [FinishedLesson],
        provenance: Provenance,
        theme: Theme = .standard,
        highlight: @escaping (String) -> [SyntaxToken]
    ) {
        let furniture = PageFurniture(settings, provenance: provenance, theme: theme)
        var pages = [furniture.index(of: lessons)]
        for (position, finished) in lessons.enumerated() {
            pages.append(
                furniture.page(
                    of: finished,
                    previous: position > 0 ? lessons[position - 1].lesson : nil,
                    next: position + 1 < lessons.count ? lessons[position + 1].lesson : nil,
                    highlight: highlight
                )
            )
        }
        var files = pages.map { SiteFile($0.path, $0.html) }
        files.append(SiteFile("unroll.css", theme.stylesheet))
        files.append(SiteFile("unroll.js", theme.script))
        self.files = files.sorted { $0.path < $1.path }
    }
}

/// A file of the site.
public struct SiteFile: Sendable, Hashable {
    /// The path in the site, with `/` between its parts.
    public var path: String
    /// The bytes.
    public var contents: [UInt8]

    /// Makes a file of text.
    public init(_ path: String, _ text: String) {
        self.init(path, Array(text.utf8))
    }

    /// Makes a file of bytes.
    public init(_ path: String, _ contents: [UInt8]) {
        self.path = path
        self.contents = contents
    }
}
