public import Lessons

/// All pages and files of a site, before any of it is written.
public struct Site: Sendable {
    /// The files in the order of their paths.
    public let files: [SiteFile]
    /// What is wrong with links, images and raw HTML, in the order of the lessons. While one is an error, the site
    /// must not be written.
    public let diagnostics: [Diagnostic]

    /// Makes the pages of the lessons, in their given order, with an index and the theme's files.
    ///
    /// - Parameters:
    ///   - settings: What holds for all pages.
    ///   - lessons: The lessons with what they showed.
    ///   - provenance: What computed the numbers; `nil` says nothing of it.
    ///   - theme: The look.
    ///   - assets: The pictures and other files that lessons may use.
    ///   - highlight: Finds the tokens of a piece of Swift.
    public init(
        _ settings: SiteSettings,
        lessons: [FinishedLesson],
        provenance: Provenance? = nil,
        theme: Theme = .standard,
        assets: LessonAssets = .none,
        highlight: @escaping (String) -> [SyntaxToken]
    ) {
        let furniture = PageFurniture(settings, provenance: provenance, theme: theme)
        let pages = lessons.indices.map { position in
            LessonPage(
                lessons[position],
                previous: position > 0 ? lessons[position - 1].lesson : nil,
                next: position + 1 < lessons.count ? lessons[position + 1].lesson : nil,
                in: furniture,
                highlight: highlight
            )
        }
        let front = furniture.index(of: lessons.map(\.lesson))
        let check = LinkCheck(pages, others: [front.path], assets: assets)
        diagnostics = zip(lessons, pages).flatMap { finished, page in
            check.diagnostics(of: page, in: finished.lesson)
                + (settings.allowsRawHTML ? [] : RawHTML.diagnostics(at: page.rawHTML, in: finished.lesson))
        }

        var files = [SiteFile(front.path, front.html)]
        files += pages.map { SiteFile($0.page.path, $0.page.html) }
        files += pages.flatMap(\.downloads.files)
        files += check.usedAssets(of: pages)
        files += theme.files(with: settings)
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
