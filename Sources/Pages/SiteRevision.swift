public import Lessons

/// A site whose text has changed in a few lessons, made of their pages and the files of the site before.
public struct SiteRevision: Sendable {
    /// All files of the site, in the order of their paths.
    public let files: [SiteFile]
    /// What is wrong with the lessons that have changed. While one is an error, the site must not be written.
    public let diagnostics: [Diagnostic]
    /// What its pages take from each other.
    public let frame: SiteFrame

    /// Makes the pages of lessons that were edited.
    ///
    /// - Parameters:
    ///   - old: The files of the site before, made with the same settings, theme, reference and assets.
    ///   - frame: What its pages take from each other.
    ///   - edited: The lessons that have changed, with what they showed.
    ///   - lessons: All lessons, of which there are as many as before.
    /// - Returns: `nil` if pages of other lessons change with them.
    public init?(
        of old: [SiteFile],
        _ frame: SiteFrame,
        edited: [FinishedLesson],
        among lessons: [Lesson],
        _ settings: SiteSettings,
        provenance: Provenance?,
        theme: Theme,
        assets: [String],
        highlight: @escaping @Sendable (String) -> [SyntaxToken]
    ) {
        let wording = Wording(language: settings.language)
        let outlines = edited.map { PageOutline.collect($0.lesson, $0.record, wording: wording) }
        var names = frame.names
        names.add(edited, outlines)
        let own = edited.map(\.lesson)
        let terms = Glossary.terms(of: edited, outlines, names)
        let newTerms = Dictionary(uniqueKeysWithValues: zip(own.map(\.slug), terms))
        let site = SiteContext(
            settings,
            provenance: provenance,
            theme: theme,
            lessons: lessons,
            references: names,
            glossary: Glossary(lessons.map { newTerms[$0.slug] ?? frame.parts[$0.slug]?.terms ?? [] }),
            symbolAddresses: frame.addresses
        )
        let pages = LessonPage.render(edited, outlines, in: site, highlight: highlight)
        let after = SiteFrame(pages, terms, others: frame.targets, in: site, assets: assets)
        guard after.holds(for: pages, after: frame) else { return nil }
        var files = Dictionary(old.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        for (lesson, page) in zip(edited, pages) {
            for path in frame.parts[lesson.lesson.slug]?.files ?? [] { files[path] = nil }
            for file in page.files {
                // Two that want one path are for a whole site to report.
                guard files.updateValue(file, forKey: file.path) == nil else { return nil }
            }
            guard let index = files[SearchIndex.path],
                let edited = SearchIndex.replacing(lesson, page.outline, site.references, in: index)
            else { return nil }
            files[SearchIndex.path] = edited
        }
        self.files = files.values.sorted { $0.path < $1.path }
        let check = LinkCheck(pages, others: frame.targets, glossary: site.glossary, assets: assets)
        diagnostics = pages.flatMap { check.diagnostics(of: $0) + $0.diagnostics }
        self.frame = frame.merging(after)
    }
}
