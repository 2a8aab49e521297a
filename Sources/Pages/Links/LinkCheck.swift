internal import Lessons

/// Checks that every link and image of a site leads somewhere, without leaving the machine.
struct LinkCheck {
    /// The link targets in each page, by the page's path.
    private let targets: [String: Set<String>]
    private let assets: [String]
    private let glossary: Glossary
    /// The files of drafts that are left out, by the paths that their pages would have.
    private let drafts: [String: String]

    /// Makes a check against the pages of lessons, other pages of the site, and the files beside the lessons.
    ///
    /// - Parameter drafts: The drafts that are left out.
    init(
        _ pages: [LessonPage],
        others: [String: Set<String>],
        glossary: Glossary,
        assets: [String],
        drafts: [Lesson] = []
    ) {
        self.drafts = Dictionary(drafts.map { ($0.path, $0.file) }) { first, _ in first }
        let own = pages.map { ($0.lesson.path, $0.outline.targets) }
        targets = others.merging(own) { $1 }
        self.assets = assets
        self.glossary = glossary
    }

    /// An error for each link of a page that leads nowhere or shows nothing.
    func diagnostics(of page: LessonPage) -> [Diagnostic] {
        page.links.compactMap { link in
            guard let (message, hint) = problem(with: link, in: page) ?? problem(withoutText: link) else {
                return nil
            }
            return error(at: link, in: page, message, hint: hint)
        }
    }

    /// What is wrong with a link at the foot of all pages; `nil` if it leads somewhere and shows something.
    ///
    /// It counts from the top of the site, and may lead to what others keep in the site's folder or beside it.
    func complaint(ofFooter link: LinkUse) -> Diagnostic? {
        guard let (message, hint) = problem(inFooter: link) ?? problem(withoutText: link) else { return nil }
        return Diagnostic(.error, .link, at: link.location, message, hint: hint)
    }

    /// An error for each link to a file beside the lessons whose path in the site is taken.
    func clashes(of pages: [LessonPage], with taken: Set<String>) -> [Diagnostic] {
        let clashes = taken.intersection(assets)
        guard !clashes.isEmpty else { return [] }
        return pages.flatMap { page in
            page.links.compactMap { link in
                guard let path = LinkTarget(link.target).path(from: page.lesson.path), clashes.contains(path)
                else { return nil }
                let message = "the site has a file '\(path)' of its own"
                return error(
                    at: link,
                    in: page,
                    message,
                    hint: "give the one beside the lessons another name"
                )
            }
        }
    }

    private func error(at link: LinkUse, in page: LessonPage, _ message: String, hint: String?)
        -> Diagnostic
    {
        let line = link.location.line.flatMap(page.lesson.line)
        return Diagnostic(.error, .link, at: link.location, message, hint: hint, sourceLine: line)
    }

    /// The paths of the files beside the lessons that pages and their footer use, each once, in order.
    func usedAssets(of pages: [LessonPage], footer: [LinkUse]) -> [String] {
        let used = Set(footer.compactMap { LinkTarget($0.target).path }).intersection(assets)
        return pages.reduce(into: used) { $0.formUnion($1.usedAssets(among: assets)) }.sorted()
    }

    private typealias Problem = (message: String, hint: String?)

    private func problem(with link: LinkUse, in page: LessonPage) -> Problem? {
        if let problem = problem(withAddress: link, from: "the lesson's own folder") { return problem }
        let target = LinkTarget(link.target)
        guard target.scheme == nil, let written = target.path else { return nil }
        guard let path = target.path(from: page.lesson.path) else {
            let hint = "link files of the folder of lessons alone, or an address that begins with https:"
            return ("'\(written)' leads out of the folder of lessons", hint)
        }
        let file = LinkTarget(path).addressInSite
        if let anchors = targets[file], link.kind == .link {
            return target.fragment.flatMap {
                problem(withFragment: $0, anchors, in: link, onPage: page.lesson.path, file)
            }
        }
        guard !assets.contains(path) else { return nil }
        if let draft = drafts[file] {
            let hint = "take draft: true out of \(draft), or this link out of the lesson"
            return ("'\(written)' is a draft, which is on no site", hint)
        }
        let candidates = link.kind == .image ? assets : lessonFiles + assets
        let what = link.kind == .image ? "picture" : "lesson or file"
        if targets["\(path)/\(Lesson.indexName).html"] != nil {
            let index = RelativePath.written("\(path)/\(Lesson.indexName).md", from: page.lesson.path)
            return ("'\(written)' is a folder, which opens as no page", "write \(index)")
        }
        // Most often it is misspelled, or written as from the folder of lessons.
        let near =
            candidates.contains(written)
            ? written
            : Spelling.nearest(to: path, among: candidates)
                ?? Spelling.nearest(to: written, among: candidates)
        let hint = near.map { "did you mean '\(RelativePath.written($0, from: page.lesson.path))'?" }
        return ("there is no \(what) '\(written)'", hint)
    }

    private func problem(inFooter link: LinkUse) -> Problem? {
        if let problem = problem(withAddress: link, from: "the top of the site") { return problem }
        let target = LinkTarget(link.target)
        guard target.scheme == nil, let path = target.path else { return nil }
        guard !path.isEmpty else {
            return (
                "'\(link.target)' names no page, and the footer stands on all",
                "write index.md\(link.target), say"
            )
        }
        let file = LinkTarget(path).addressInSite
        if let anchors = targets[file] {
            return target.fragment.flatMap { problem(withFragment: $0, anchors, in: link, onPage: nil, file) }
        }
        guard path.hasSuffix(".md"), !assets.contains(path) else { return nil }
        if let draft = drafts[file] {
            return ("'\(path)' is a draft, which is on no site", "take draft: true out of \(draft)")
        }
        return ("there is no lesson '\(path)'", suggestion(for: path, among: lessonFiles))
    }

    /// The problem of a target that is no address for a page to lead to, wherever it is.
    private func problem(withAddress link: LinkUse, from start: String) -> Problem? {
        if let scheme = LinkTarget(link.target).scheme { return problem(withScheme: scheme, of: link) }
        guard !link.target.isEmpty else {
            return ("this link leads nowhere", "write its target between the brackets")
        }
        if link.target.hasPrefix("/") || link.target.hasPrefix("\\") {
            let hint =
                link.target.hasPrefix("//")
                ? "write https: before it" : "write the path from \(start), such as 01-first-steps.md"
            return ("'\(link.target)' would leave the site, which must work in any folder", hint)
        }
        guard LinkTarget(link.target).path == nil else { return nil }
        return ("'\(link.target)' is no address: its % escapes are not text", nil)
    }

    /// The problem of a link that shows nothing, though it leads somewhere.
    private func problem(withoutText link: LinkUse) -> Problem? {
        guard link.isBare else { return nil }
        let hint = "write [text](\(link.target))"
        guard let fragment = LinkTarget(link.target).fragment else { return ("the link has no text", hint) }
        return ("the link has no text, and '\(fragment)' has no title or number that could stand there", hint)
    }

    private func problem(withScheme scheme: String, of link: LinkUse) -> Problem? {
        switch (scheme, link.kind) {
        case ("http", .link), ("https", .link), ("mailto", .link): nil
        case ("http", .image), ("https", .image):
            (
                "pictures are part of the site; this one would be fetched from elsewhere",
                "save it beside the lesson"
            )
        case (_, .link):
            ("a link may not lead to '\(scheme):'", "write http:, https:, mailto: or a file of the lessons")
        case (_, .image): ("a picture may not come from '\(scheme):'", "save it beside the lesson")
        }
    }

    private func problem(
        withFragment fragment: String,
        _ anchors: Set<String>,
        in link: LinkUse,
        onPage page: String?,
        _ file: String
    ) -> Problem? {
        guard !fragment.isEmpty, !anchors.contains(fragment),
            !link.target.hasPrefix("#") || glossary[fragment] == nil
        else {
            return nil
        }
        let place = file == page ? "on this page" : "in '\(file)'"
        return (
            "there is nothing named '\(fragment)' \(place)",
            suggestion(for: fragment, among: anchors.sorted())
        )
    }

    private var lessonFiles: [String] {
        targets.keys.sorted().map { $0.hasSuffix(".html") ? $0.dropLast(5) + ".md" : $0 }
    }

    private func suggestion(for word: String, among candidates: [String]) -> String? {
        Spelling.nearest(to: word, among: candidates).map { "did you mean '\($0)'?" }
    }
}

extension LessonPage {
    /// The files beside the lessons that the page shows or links.
    func usedAssets(among assets: [String]) -> Set<String> {
        Set(links.compactMap { LinkTarget($0.target).path(from: lesson.path) }).intersection(assets)
    }
}

/// Raw HTML in lessons, which is an error unless the site's settings allow it.
enum RawHTML {
    /// An error for each location.
    static func diagnostics(at locations: [SourceLocation], in lesson: Lesson) -> [Diagnostic] {
        locations.map { location in
            let line = location.line.flatMap(lesson.line)
            return Diagnostic(
                .error,
                .markdown,
                at: location,
                "raw HTML is not allowed in lessons",
                hint: "write it as code between backticks, or set rawHTML: true in unroll.yml",
                sourceLine: line
            )
        }
    }
}
