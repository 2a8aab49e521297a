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
    ///   - symbolGraphs: What lessons may use, for the reference.
    ///   - highlight: Finds the tokens of a piece of Swift; called from several threads.
    public init(
        _ settings: SiteSettings,
        lessons finished: [FinishedLesson],
        provenance: Provenance? = nil,
        theme: Theme = .standard,
        assets: LessonAssets = .none,
        symbolGraphs: [SymbolGraph] = [],
        highlight: @escaping @Sendable (String) -> [SyntaxToken]
    ) {
        let lessons = finished.map(\.lesson)
        let reference = Reference(symbolGraphs)
        let outlines = Outline.all(of: finished, settings)
        var names = Names()
        names.add(finished, outlines)
        let terms = Glossary.terms(of: finished, outlines, names)
        let furniture = PageFurniture(
            settings,
            provenance: provenance,
            theme: theme,
            lessons: lessons,
            names: names,
            glossary: Glossary(terms),
            symbolAddresses: reference.addresses
        )
        let pages = furniture.pages(of: finished, outlines, highlight: highlight)
        let others =
            (lessons.contains(where: \.isFront) ? [] : [furniture.index])
            + [furniture.glossary.page(in: furniture)].compactMap(\.self)
            + ReferencePages(reference, in: furniture, highlight: highlight).pages
        let targets = Self.targets(of: others, furniture.glossary, reference)
        let check = LinkCheck(pages, others: targets, in: furniture, assets: assets)

        var files = (others + [furniture.notFound]).map { SiteFile($0.path, $0.html) }
        let reserved = Set(files.map(\.path))
        files += pages.flatMap(\.files)
        files += theme.files(with: settings)
        // GitHub Pages would make pages of the downloads, and leave out what begins with an underscore.
        files.append(SiteFile(".nojekyll", ""))
        files.append(Self.searchIndex(finished, outlines, reference, furniture))
        let syndication = Syndication(settings)
        files += [
            syndication.sitemap(of: others.map(\.path) + pages.map(\.page.path)),
            syndication.feed(of: lessons, furniture.names),
        ].compactMap(\.self)
        diagnostics =
            check.diagnostics(of: pages, in: finished, allowsRawHTML: settings.allowsRawHTML)
            + lessons.filter { reserved.contains($0.path) }.map(Self.clash)
            + check.clashes(of: pages, in: lessons, with: Set(files.map(\.path) + [Manifest.path]))
        files += check.usedAssets(of: pages)
        self.files = files.sorted { $0.path < $1.path }
    }

    /// Says that a lesson's page would be one that the site has anyway.
    private static func clash(of lesson: Lesson) -> Diagnostic {
        Diagnostic(
            .error,
            .file,
            at: SourceLocation(file: lesson.file),
            "the site has a page '\(lesson.path)' of its own",
            hint: "give the lesson another name, \(lesson.slug)-lesson.md, say"
        )
    }

    /// What can be pointed at in the pages that are no lessons.
    private static func targets(of pages: [Page], _ glossary: Glossary, _ reference: Reference) -> [String:
        Set<String>]
    {
        var targets = Dictionary(uniqueKeysWithValues: pages.map { ($0.path, Set(Outline.reserved)) })
        targets[Glossary.path]?.formUnion(glossary.terms.map(\.id))
        for entry in reference.entries {
            targets[entry.path]?.formUnion(entry.groups.flatMap { [$0.id] + $0.members.map(\.id) })
        }
        return targets
    }

    private static func searchIndex(
        _ lessons: [FinishedLesson],
        _ outlines: [Outline],
        _ reference: Reference,
        _ furniture: PageFurniture
    ) -> SiteFile {
        var index = SearchIndex()
        index.add(lessons, outlines, furniture.names)
        index.add(furniture.glossary, title: furniture.wording.glossary)
        index.add(reference, title: furniture.wording.reference)
        return index.file
    }
}

/// A file of the site.
public struct SiteFile: Sendable, Hashable {
    /// The path in the site, with `/` between its parts.
    public var path: String
    /// The bytes.
    public var contents: [UInt8]
    /// Whether it is a copy of a file beside the lessons, which may lie in the site's folder for another reason, too.
    public var isCopy = false

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
