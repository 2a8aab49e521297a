import Foundation
import Lessons
import Pages
import Records
import Testing

/// Search, glossary, sitemap, feed and social metadata.
@Suite struct FindingTests {
    private func text(_ path: String, in site: Site) -> String? {
        site.files.first { $0.path == path }.map { String(decoding: $0.contents, as: UTF8.self) }
    }

    private func defining(_ slug: String, _ term: String, _ meaning: String) throws -> FinishedLesson {
        var finished = try Sample.lesson(slug, "A term.\n")
        let place = SourceLocation(file: finished.lesson.file, line: 6, column: 1)
        let text = { (string: String) in [Inline(.text(string), at: place)] }
        let definition = Definition(
            term: text(term),
            blocks: [Block(.paragraph(text(meaning)), at: place)],
            at: place
        )
        finished.lesson.document.blocks.append(Block(.definitions([definition]), at: place))
        return finished
    }

    @Test func theIndexHoldsEverySection() throws {
        let site = try Sample.site(
            Sample.lesson(
                "01-a",
                "Before.\n\n## First *one*\n\n- in a `</script>` list\n\n## 隐藏状态\n\n循环神经网络\n"
            )
        )
        let index = try #require(text("search-index.js", in: site))
        #expect(
            index == """
                unrollSearch([
                ["01-a.html","A lesson","","Before."],
                ["01-a.html#first-one","A lesson","First one","in a </script> list"],
                ["01-a.html#隐藏状态","A lesson","隐藏状态","循环神经网络"]
                ])

                """
        )
    }

    @Test func aTermOfAnotherLessonLeadsToTheGlossary() throws {
        let user = try Sample.lesson("02-b", "See [](#term-hidden-state), the [state](#term-hidden-state).\n")
        let site = try Sample.site(defining("01-a", "Hidden state", "What is \"carried\" along."), user)
        #expect(site.diagnostics == [])
        let page = try #require(text("02-b.html", in: site))
        let link =
            "<a href=\"glossary.html#term-hidden-state\" data-meaning=\"What is &quot;carried&quot; along.\">"
        #expect(page.contains(link + "Hidden state</a>"))
        #expect(page.contains(link + "state</a>"))
        let glossary = try #require(text("glossary.html", in: site))
        #expect(glossary.contains("<dt id=\"term-hidden-state\"><dfn>Hidden state</dfn></dt>"))
        #expect(glossary.contains("<a href=\"01-a.html#term-hidden-state\">A lesson</a>"))
        #expect(try Sample.site(Sample.lesson("01-a", "[x](#term-nothing)")).diagnostics.count == 1)
    }

    @Test func aSiteWithoutTermsHasNoGlossary() {
        #expect(text("glossary.html", in: Sample.site) == nil)
    }

    @Test func withoutAnAddressThereIsNoSitemapAndNoFeed() {
        #expect(text("sitemap.xml", in: Sample.site) == nil)
        #expect(text("feed.xml", in: Sample.site) == nil)
        #expect(text("02-by-hand.html", in: Sample.site)?.contains("og:url") == false)
    }

    @Test func withAnAddressMachinesFindEverything() throws {
        var settings = Sample.settings
        settings.baseURL = "https://example.org/a&b"
        var old = Sample.short("01-old", title: "Old <one>")
        old.lesson.frontMatter.date = "2026-01-31"
        var new = Sample.short("02-new", title: "New", summary: "S")
        new.lesson.frontMatter.date = "2026-11-20"
        let site = Sample.site(old, new, Sample.short("03-undated", title: "Undated"), settings: settings)
        let sitemap = try #require(text("sitemap.xml", in: site))
        #expect(sitemap.contains("<loc>https://example.org/a&amp;b/</loc>"))
        #expect(sitemap.contains("<loc>https://example.org/a&amp;b/03-undated.html</loc>"))
        let feed = try #require(text("feed.xml", in: site))
        #expect(feed.contains("<updated>2026-11-20T00:00:00Z</updated>"))
        #expect(feed.components(separatedBy: "<entry>").count == 3)
        #expect(
            try #require(feed.range(of: "New")).lowerBound
                < #require(feed.range(of: "Old &lt;one&gt;")).lowerBound
        )
        let page = try #require(text("02-new.html", in: site))
        #expect(
            page.contains("<meta property=\"og:url\" content=\"https://example.org/a&amp;b/02-new.html\">")
        )
        #expect(page.contains("href=\"feed.xml\""))
    }

    @Test func aFeedNamesWhoWroteWhat() throws {
        var settings = Sample.settings
        settings.baseURL = "https://example.org/course/"
        settings.authors = ["Ada Lovelace"]
        var own = Sample.short("01-own", title: "Own")
        own.lesson.frontMatter.date = "2026-01-31"
        own.lesson.frontMatter.authors = ["B & B", "C"]
        own.lesson.frontMatter.tags = ["gates"]
        var other = Sample.short("02-other", title: "Other")
        other.lesson.frontMatter.date = "2026-02-28"
        let site = Sample.site(own, other, settings: settings)
        let feed = try #require(text("feed.xml", in: site))
        let entries = feed.components(separatedBy: "<entry>")
        #expect(entries[0].contains("<author><name>Ada Lovelace</name></author>"))
        #expect(!entries[1].contains("<author>"))
        #expect(
            entries[2].contains("<author><name>B &amp; B</name></author>\n<author><name>C</name></author>")
        )
        #expect(entries[2].contains("<published>2026-01-31T00:00:00Z</published>"))
        #expect(entries[2].contains("<category term=\"gates\"/>"))
        let page = try #require(text("01-own.html", in: site))
        #expect(
            page.contains(
                "<span>By B &amp; B and C</span><time datetime=\"2026-01-31\">31 January 2026</time>"
            )
        )
        #expect(page.contains("<meta name=\"author\" content=\"C\">"))
        #expect(page.contains("<meta property=\"article:published_time\" content=\"2026-01-31\">"))
        #expect(text("02-other.html", in: site)?.contains("<span>By Ada Lovelace</span>") == true)
        #expect(text("02-by-hand.html", in: Sample.site)?.contains("byline") == false)
    }
}
