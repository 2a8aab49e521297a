import Golden
import Lessons
import Pages
import Testing

@Suite struct SiteTests {
    private func file(_ path: String, in site: Site = Sample.site) throws -> String {
        try String(decoding: #require(site.files.first { $0.path == path }).contents, as: UTF8.self)
    }

    @Test func lessonPageIsAsRecorded() throws {
        try expectGolden("02-by-hand.html", file("02-by-hand.html"))
    }

    @Test func indexIsAsRecorded() throws {
        try expectGolden("index.html", file("index.html"))
    }

    @Test func filesStandInOrderAndOnce() {
        let paths = Sample.site.files.map(\.path)
        #expect(paths == paths.sorted())
        #expect(Set(paths).count == paths.count)
        #expect(paths.contains("unroll.css"))
    }

    @Test func theSameLessonsGiveTheSameBytes() {
        let again = Site.render(
            Sample.settings,
            lessons: [Sample.finished],
            provenance: Sample.provenance,
            highlight: Sample.highlight
        )
        let once = Site.render(
            Sample.settings,
            lessons: [Sample.finished],
            provenance: Sample.provenance,
            highlight: Sample.highlight
        )
        #expect(once.files == again.files)
    }

    @Test func textOfARunCannotOpenATag() throws {
        let page = try file("02-by-hand.html")
        #expect(!page.contains("<script>alert"))
        #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(page.contains("&lt;b&gt;"))
    }

    @Test func hiddenShowsNothingAndQuietShowsCodeOnly() throws {
        let page = try file("02-by-hand.html")
        #expect(!page.contains("manualSeed"))
        #expect(!page.contains("<samp>hidden"))
        #expect(page.contains("id=\"quiet\""))
        #expect(!page.contains("<samp>not shown"))
    }

    @Test func titlesAreNoTemplates() throws {
        let hostile = Sample.short(
            "01-x",
            title: "{{{site}}} {{>header}} </title><b>",
            summary: "\"><i>{{title}}"
        )
        let site = Site.render(
            Sample.settings,
            lessons: [hostile],
            provenance: Sample.provenance,
            highlight: Sample.highlight
        )
        let page = try file("01-x.html", in: site)
        #expect(page.contains("<h1>{{{site}}} {{&gt;header}} &lt;/title&gt;&lt;b&gt;</h1>"))
        #expect(!page.contains("<i>"))
    }

    @Test func theFirstAndTheLastLessonHaveOneNeighbor() throws {
        let first = try file("01-what-is-a-series.html")
        #expect(!first.contains("rel=\"prev\""))
        #expect(first.contains("rel=\"next\" href=\"02-by-hand.html\""))
        let last = try file("03-next-number.html")
        #expect(last.contains("rel=\"prev\" href=\"02-by-hand.html\""))
        #expect(!last.contains("rel=\"next\""))
    }

    @Test func theFrontPageStandsAboveTheListAndOutsideTheOrder() throws {
        let site = Sample.site(
            try Sample.lesson("index", "What this course is, in a sentence.\n"),
            try Sample.lesson("01-first", "One.\n"),
            try Sample.lesson("gallery", "All marks.\n")
        )
        #expect(site.files.count { $0.path == "index.html" } == 1)
        let front = try file("index.html", in: site)
        let text = try #require(front.firstRange(of: "What this course is, in a sentence."))
        let list = try #require(front.firstRange(of: "<ol class=\"entries\">"))
        #expect(text.upperBound < list.lowerBound)
        #expect(front.contains("href=\"gallery.html\"") && !front.contains("<li><a href=\"index.html\""))
        let first = try file("01-first.html", in: site)
        #expect(!first.contains("rel=\"prev\"") && first.contains("rel=\"next\" href=\"gallery.html\""))
    }

    @Test(arguments: ["glossary", "404"]) func aLessonTakesNoNameOfTheSites(slug: String) throws {
        let terms = try Sample.lesson("01-first", "Hidden state\n: What a network keeps.\n")
        let site = Sample.site(terms, try Sample.lesson(slug, "One.\n"))
        #expect(site.diagnostics.map(\.location.file) == ["lessons/\(slug).md"])
        #expect(site.diagnostics.map(\.message) == ["the site has a page '\(slug).html' of its own"])
        #expect(site.diagnostics.first?.hint == "give the lesson another name, \(slug)-lesson.md, say")
        // Without terms there is no glossary.
        let alone = Sample.site(try Sample.lesson("glossary", "One.\n"))
        #expect(alone.diagnostics == [])
    }

    /// It is shown at addresses of any depth, and must want nothing that it finds by a relative one.
    @Test func thePageOfLostAddressesHoldsItsStyle() throws {
        var settings = Sample.settings
        settings.properties = ["accent": "#123456"]
        settings.baseURL = "https://example.org/a&b"
        for address in [nil, "https://example.org/a&b"] {
            settings.baseURL = address
            let site = Site.render(settings, lessons: [Sample.finished], highlight: Sample.highlight)
            let page = try file("404.html", in: site)
            let style = try #require(page.firstMatch(of: /(?s)<style>(.*?)<\/style>/)).1
            #expect(try style == file("unroll.css", in: site))
            #expect(!page.contains("<link rel=\"stylesheet\"") && !page.contains("src=\"unroll.js\""))
            #expect(!page.contains("<base"))
            let root = address.map { _ in "https://example.org/a&amp;b/" } ?? ""
            #expect(page.contains("<a class=\"home\" href=\"\(root)index.html\">"))
            #expect(page.contains("data-root=\"\(root)\"") == (address != nil))
        }
    }

    @Test func chineseSitesSpeakChinese() throws {
        var settings = Sample.settings
        settings.language = "zh-Hans"
        let site = Site.render(
            settings,
            lessons: [Sample.finished],
            provenance: Sample.provenance,
            highlight: Sample.highlight
        )
        let page = try file("02-by-hand.html", in: site)
        #expect(page.contains("<html lang=\"zh-Hans\">"))
        #expect(page.contains("显示代码"))
    }
}
