internal import Foundation
import Lessons
import Pages
import Records
import Testing

/// A course with parts: its pages lie in folders, and link each other and the files of the site from there.
@Suite struct PartsTests {
    private static let part =
        "---\ntitle: Gates\nsummary: What opens.\n---\n\nLessons on [gates](01-open.md).\n"

    /// A lesson with a link, a figure, a term and data.
    private static func lesson(_ title: String, _ text: String) -> String {
        "---\ntitle: \(title)\n---\n\n## \(title) first\n\nText.\n\n## Then\n\n\(text)\n"
    }

    private static let files = [
        (
            "index",
            "---\ntitle: Course\n---\n\nSee [](2-gates/01-open.md#then) and [the part](2-gates/index.md).\n"
        ),
        ("01-first", lesson("First", "See [](2-gates/01-open.md#then).\n\nState\n: What is kept.\n")),
        ("2-gates/index", part),
        (
            "2-gates/01-open",
            lesson(
                "Open",
                "Back to [](../01-first.md#then), on to [](02-close.md#then), the [part](index.md), the "
                    + "[state](#term-state), ![a picture](pic.png) and ![another](../data/pic.png)."
            )
        ),
        ("2-gates/02-close", lesson("Close", "The end of [](#then), or of [](../3-loops/01-open.md#then).")),
        ("3-loops/index", "---\ntitle: Loops\n---\n\nLoops.\n"),
        ("3-loops/01-open", lesson("Loop", "Round.")),
    ]

    private static func read(_ slug: String, _ text: String) -> FinishedLesson {
        let part = slug.split(separator: "/").count > 1 ? String(slug.split(separator: "/")[0]) : nil
        let read = Lesson.read(Array(text.utf8), file: "lessons/\(slug).md", in: part)
        guard let lesson = read.lesson else { fatalError("\(read.diagnostics)") }
        return FinishedLesson(lesson, RunRecord(lesson: slug, cells: []))
    }

    private static let assets = ["2-gates/pic.png", "data/pic.png"]

    private static func site(
        _ changed: [String: String] = [:],
        settings: SiteSettings = Sample.settings,
        drafts: [Lesson] = []
    ) -> Site {
        let lessons = files.map { read($0.0, changed[$0.0] ?? $0.1) }
        let site = Site.render(
            settings,
            lessons: lessons,
            assets: assets,
            drafts: drafts,
            highlight: { _ in [] }
        )
        return site.adding(site.assets.map { SiteFile($0, "picture") })
    }

    private func page(_ path: String, in site: Site = site()) throws -> String {
        try String(decoding: #require(site.files.first { $0.path == path }).contents, as: UTF8.self)
    }

    @Test func linksLeadFromFolderToFolder() throws {
        let site = Self.site()
        #expect(site.diagnostics == [])
        #expect(site.assets == Self.assets)
        let open = try page("2-gates/01-open.html", in: site)
        #expect(open.contains("<a href=\"../01-first.html#then\">Then</a>"))
        #expect(open.contains("<a href=\"02-close.html#then\">Then</a>"))
        #expect(open.contains("<a href=\"../glossary.html#term-state\""))
        #expect(open.contains("<img src=\"pic.png\"") && open.contains("<img src=\"../data/pic.png\""))
        #expect(open.contains("data-root=\"../\""))
        #expect(open.contains("<link rel=\"stylesheet\" href=\"../unroll.css\">"))
        #expect(open.contains("<a download href=\"../downloads/2-gates/01-open.md\">"))
    }

    @Test func lessonsFollowEachOtherThroughParts() throws {
        let site = Self.site()
        let order = [
            "01-first", "2-gates/index", "2-gates/01-open", "2-gates/02-close", "3-loops/index",
            "3-loops/01-open",
        ]
        for (index, slug) in order.enumerated() {
            let text = try page("\(slug).html", in: site)
            for (rel, other) in [("prev", index - 1), ("next", index + 1)] {
                let match = text.firstMatch(
                    of: try Regex("rel=\"\(rel)\" href=\"([^\"]*)\"", as: (Substring, Substring).self)
                )
                let target = match.map { LinkTarget(String($0.output.1)).path(from: "\(slug).html") }
                #expect(target == (order.indices.contains(other) ? "\(order[other]).html" : nil))
            }
        }
    }

    @Test func listsNamePartsWithTheirLessons() throws {
        let site = Self.site()
        let front = try page("index.html", in: site)
        let entries = try #require(front.firstRange(of: "<ol class=\"entries\">"))
        let list = front[entries.lowerBound...]
        #expect(list.contains("href=\"2-gates/index.html\"") && list.contains("<p>What opens.</p><ol><li>"))
        #expect(
            list.contains(
                "<a href=\"3-loops/01-open.html\"><span class=\"number\" aria-hidden=\"true\">01</span>"
            )
        )
        // A part without a summary shows no other's.
        #expect(list.components(separatedBy: "<p>What opens.</p>").count == 2)
        let part = try page("2-gates/index.html", in: site)
        #expect(part.contains("<span>Part 2</span>") && part.contains("<h1>Gates</h1>"))
        #expect(part.contains("<li><a href=\"01-open.html\">") && !part.contains("<li><a href=\"../3-loops"))
        let open = try page("2-gates/01-open.html", in: site)
        #expect(open.contains("<span><a href=\"index.html\">Gates</a></span><span>Lesson 01</span>"))
        #expect(open.contains("<li><a href=\"01-open.html\" aria-current=\"page\">Open</a></li>"))
        #expect(open.contains("<a href=\"../3-loops/index.html\">Loops</a></li>"))
        #expect(try !page("index.html", in: Sample.site).contains("course"))
    }

    @Test func searchFindsLessonsOfOneNameInAllParts() throws {
        let index = try page("search-index.js")
        for address in ["2-gates/01-open.html", "2-gates/index.html", "3-loops/01-open.html#then"] {
            #expect(index.contains("[\"\(address)\""))
        }
    }

    /// Follows every link of every page from where the site is published, a folder of a host.
    @Test func aSiteInAFolderOfAHostHoldsTogether() throws {
        var settings = Sample.settings
        settings.baseURL = "https://ada.example/course/"
        let dated = [
            "2-gates/01-open": Self.files[3].1.replacing(
                "---\n\n",
                with: "date: 2026-11-20\n---\n\n",
                maxReplacements: 1
            )
        ]
        let site = Self.site(dated, settings: settings)
        let files = Set(site.files.map(\.path))
        var count = 0
        for file in site.files where [".html", ".xml"].contains(where: file.path.hasSuffix) {
            let text = String(decoding: file.contents, as: UTF8.self)
            let page = try #require(URL(string: "https://ada.example/course/\(file.path)"))
            let links = text.matches(of: /(?:href|src|content)="([^"]*)"|<(?:loc|id)>([^<]*)</).compactMap {
                $0.1 ?? $0.2
            }
            for link in links where !link.hasPrefix("#") {
                let isAddress = link.contains("/") || link.contains(".html") || link.contains(".css")
                guard isAddress, !link.contains(" "),
                    let target = URL(string: String(link), relativeTo: page)?.absoluteURL,
                    target.host() == "ada.example"
                else { continue }
                let path = target.path(percentEncoded: false)
                #expect(path.hasPrefix("/course/"), "\(link) of \(file.path) leaves the folder")
                let place = String(path.dropFirst("/course/".count))
                #expect(
                    files.contains(place.isEmpty || place.hasSuffix("/") ? place + "index.html" : place),
                    "\(link) of \(file.path) leads nowhere"
                )
                count += 1
            }
        }
        #expect(count > 100)
        let sitemap = try page("sitemap.xml", in: site)
        #expect(sitemap.contains("<loc>https://ada.example/course/2-gates/</loc>"))
        #expect(sitemap.contains("<loc>https://ada.example/course/2-gates/01-open.html</loc>"))
        #expect(
            try page("feed.xml", in: site).contains(
                "<id>https://ada.example/course/2-gates/01-open.html</id>"
            )
        )
        #expect(try page("404.html", in: site).contains("href=\"https://ada.example/course/index.html\""))
    }

    @Test(arguments: [
        (
            "[x](../2-gates/01-opn.md)", "there is no lesson or file '../2-gates/01-opn.md'",
            "did you mean '01-open.md'?"
        ),
        ("[x](01-first.md)", "there is no lesson or file '01-first.md'", "did you mean '../01-first.md'?"),
        ("[x](../3-loops)", "'../3-loops' is a folder, which opens as no page", "write ../3-loops/index.md"),
        ("[x](../../x.md)", "'../../x.md' leads out of the folder of lessons", "link files"),
        ("![x](data/pic.png)", "there is no picture 'data/pic.png'", "did you mean '../data/pic.png'?"),
        (
            "[x](../04-later.md)", "'../04-later.md' is a draft, which is on no site",
            "take draft: true out of lessons/04-later.md, or this link out of the lesson"
        ),
    ])
    func linksThatLeadNowhereAreErrors(link: String, message: String, hint: String) throws {
        let draft = Self.read("04-later", "---\ntitle: Later\ndraft: true\n---\n").lesson
        let site = Self.site(["2-gates/02-close": Self.lesson("Close", link)], drafts: [draft])
        #expect(site.diagnostics.map(\.message) == [message])
        #expect(site.diagnostics.first?.hint?.hasPrefix(hint) == true)
        #expect(site.diagnostics.first?.location.file == "lessons/2-gates/02-close.md")
    }

    @Test func draftsAreMarked() throws {
        let draft = "---\ntitle: Open\ndraft: true\n---\n\nText.\n"
        let site = Self.site([
            "2-gates/01-open": draft, "index": "---\ntitle: Course\n---\n", "01-first": draft,
            "2-gates/02-close": draft,
        ])
        #expect(try page("2-gates/01-open.html", in: site).contains("<span class=\"draft\">Draft</span>"))
        #expect(try page("index.html", in: site).components(separatedBy: "class=\"draft\"").count == 4)
        #expect(try !page("3-loops/01-open.html", in: site).contains("class=\"draft\""))
    }
}
