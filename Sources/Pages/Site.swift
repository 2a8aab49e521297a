public import Lessons
internal import OutputHTML

/// All pages and files of a site, before any of it is written.
public struct Site: Sendable {
    /// The files in the order of their paths.
    public private(set) var files: [SiteFile]
    /// The states of live cells, in the order of their paths, to be compressed and written as scripts.
    package let states: [LiveStates]
    /// The paths of the files beside the lessons that its pages show or link, in order.
    public let assets: [String]
    /// The mistakes in links, images, figures, formulas and raw HTML, in the order of the lessons. While one is an error,
    /// the site must not be written.
    public let diagnostics: [Diagnostic]

    /// Renders the pages of lessons, in their given order, with an index and the theme's files.
    ///
    /// - Parameters:
    ///   - settings: The settings of all pages.
    ///   - lessons: The lessons with the records of their runs.
    ///   - provenance: The engine and compiler that computed the numbers; `nil` leaves them out.
    ///   - theme: The theme.
    ///   - assets: The paths of the files beside the lessons, which they may use.
    ///   - drafts: The drafts that are left out, to which no page may link.
    ///   - symbolGraphs: The modules of the reference.
    ///   - highlight: Finds the tokens of a piece of Swift; called from several threads.
    public static func render(
        _ settings: SiteSettings,
        lessons finished: [FinishedLesson],
        provenance: Provenance? = nil,
        theme: Theme = .standard,
        assets: [String] = [],
        drafts: [Lesson] = [],
        symbolGraphs: [SymbolGraph] = [],
        highlight: @escaping @Sendable (String) -> [SyntaxToken]
    ) -> Site {
        let lessons = finished.map(\.lesson)
        let reference = Reference.layOut(symbolGraphs)
        let wording = Wording(language: settings.language)
        let outlines = finished.map { PageOutline.collect($0.lesson, $0.record, wording: wording) }
        var references = CrossReferences()
        references.add(finished, outlines)
        let terms = Glossary.terms(of: finished, outlines, references)
        let site = SiteContext(
            settings,
            provenance: provenance,
            theme: theme,
            lessons: lessons,
            references: references,
            glossary: Glossary(terms),
            symbolAddresses: reference.addresses
        )
        let pages = LessonPage.render(finished, outlines, in: site, highlight: highlight)
        let others =
            (lessons.contains(where: \.isFront) ? [] : [site.renderIndex()])
            + [site.glossary.render(in: site)].compactMap(\.self)
            + ReferencePages(reference, in: site, highlight: highlight).render()
        let syndication = Syndication(settings)
        // GitHub Pages would make pages of the downloads, and leave out what begins with an underscore.
        let live = pages.contains(where: \.isLive) ? theme.liveFiles : []
        let fixed = theme.files(with: settings) + live + [SiteFile(".nojekyll", "")]
        let indexes = [
            SearchIndex.render(finished, outlines, reference, in: site),
            syndication.sitemap(of: others.map(\.path) + pages.map(\.lesson.path)),
            syndication.feed(of: lessons, site.references),
        ]
        let own = others + [site.renderNotFound()]
        let files = own + pages.flatMap(\.files) + fixed + indexes.compactMap(\.self)

        let targets = Self.targets(of: others, site.glossary, reference)
        let check = LinkCheck(pages, others: targets, glossary: site.glossary, assets: assets, drafts: drafts)
        let footer = site.footer(from: "")
        let states = pages.flatMap(\.states)
        let taken = Set(files.map(\.path) + states.map(\.path) + [Manifest.path])
        return Site(
            files: files.sorted { $0.path < $1.path },
            states: states.sorted { $0.path < $1.path },
            assets: check.usedAssets(of: pages, footer: footer?.links ?? []),
            diagnostics: site.diagnostics(of: footer, check)
                + pages.flatMap { check.diagnostics(of: $0) + $0.diagnostics }
                + lessons.filter { lesson in own.contains { $0.path == lesson.path } }.map(clash)
                + check.clashes(of: pages, with: taken)
        )
    }

    /// Returns the site with copies of the files beside the lessons that it uses.
    public func adding(_ copies: [SiteFile]) -> Site {
        var site = self
        site.files = (files + copies).sorted { $0.path < $1.path }
        return site
    }

    /// An error for a lesson with the path of a page that every site has.
    private static func clash(of lesson: Lesson) -> Diagnostic {
        Diagnostic(
            .error,
            .file,
            at: SourceLocation(file: lesson.file),
            "the site has a page '\(lesson.path)' of its own",
            hint: lesson.isPart
                ? "give the part's folder another name, \(lesson.part ?? "")-part, say"
                : "give the lesson another name, \(lesson.slug)-lesson.md, say"
        )
    }

    /// The link targets in pages that are no lessons, by their paths.
    private static func targets(of pages: [SiteFile], _ glossary: Glossary, _ reference: Reference)
        -> [String: Set<String>]
    {
        var targets = Dictionary(uniqueKeysWithValues: pages.map { ($0.path, Set(PageOutline.reserved)) })
        targets[Glossary.path]?.formUnion(glossary.terms.map(\.id))
        for entry in reference.entries {
            targets[entry.path]?.formUnion(entry.groups.flatMap { [$0.id] + $0.members.map(\.id) })
        }
        return targets
    }
}

/// A file of the site.
public struct SiteFile: Sendable, Equatable {
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
