import Foundation
import Lessons
import OutputHTML
import Pages
import Records
import Testing

/// Values, formulas and markup wherever a lesson's words are shown: each file is held as a whole, for what is lost leaves
/// nothing to look for.
@Suite struct WordsEverywhereTests {
    private let front = """
        title: Rates $\\alpha_1$ of `rnn` & *more*
        summary: Why $\\ln 4$ is **not** 2.
        date: 2026-11-20
        goals: [Learn $\\beta$ and `code`.]
        references: ["Elman, *Time*. https://example.org/a_b_c"]
        """

    private let body = """
        The loss stays at `{swift} loss`, a cross entropy of $\\ln 4$.

        ## The norm $\\|w\\|_2$ of `rnn.step` and *much* more

        See [](#the-norm-w-_2-of-rnn-step-and-much-more), [](#shown), the [`{swift} gain`](#shown)[^note].

        | a | b |
        |---|---|
        | x | `{swift} gain` |

        > [!NOTE] Title with $x^2$ and `{swift} gain`
        > - Text in it.

        The gain $\\eta$ at `{swift} gain`
        : It is `{swift} gain` **now**, $\\hat y$.

        $$\\frac{1}{2}$$

        ~~~swift model name=shown caption="The rate $\\\\alpha$ of `rnn` is **large**; see [there](#the-norm-w-_2-of-rnn-step-and-much-more)" alt="Falls to $\\\\ln 4$"
        draw()
        ~~~

        ## The end

        Over.

        [^note]: A note on `{swift} loss`.
        """

    private let drawn = Output.figure(Figure(svg: "<svg></svg>", title: "T", summary: "S"))

    private func site(values: [String] = ["1.386", "0.5", "0.5", "0.5", "0.5", "0.5", "1.386"]) throws -> Site
    {
        var settings = SiteSettings(
            title: "Course on $\\pi$",
            summary: "About $\\pi$ and `it`.",
            footer: "By *hand*."
        )
        settings.baseURL = "https://example.org"
        return try Sample.site(
            Sample.lesson("01-a", body, front: front, outputs: ["shown": [drawn]], values: values),
            Sample.lesson("02-b", "See [](#term-the-gain-eta-at), [](01-a.md#shown).\n"),
            settings: settings
        )
    }

    private func text(_ path: String, in site: Site) throws -> String {
        try String(decoding: #require(site.files.first { $0.path == path }).contents, as: UTF8.self)
    }

    @Test func searchFindsThem() throws {
        let index = try text("search-index.js", in: site())
        let title = "Rates α₁ of rnn & more"
        #expect(
            index == """
                unrollSearch([
                ["01-a.html","\(title)","","Why ln 4 is not 2. The loss stays at 1.386, a cross entropy of ln 4."],
                ["01-a.html#the-norm-w-_2-of-rnn-step-and-much-more","\(title)","The norm ‖w‖₂ of rnn.step and much more",\
                "See The norm ‖w‖₂ of rnn.step and much more, Figure 1, the 0.5. a b x 0.5 Title with x² and 0.5 \
                Text in it. The gain η at 0.5 It is 0.5 now, ŷ. 1/2 The rate α of rnn is large; see there \
                A note on 1.386."],
                ["01-a.html#the-end","\(title)","The end","Over."],
                ["02-b.html","A lesson","","See The gain η at 0.5, Figure 1."],
                ["glossary.html#term-the-gain-eta-at","Glossary","The gain η at 0.5","It is 0.5 now, ŷ."]
                ])

                """
        )
    }

    @Test func theGlossaryAndItsTipsShowThem() throws {
        let site = try site()
        #expect(site.diagnostics == [])
        let glossary = try text("glossary.html", in: site)
        let value = "<span class=\"computed\">0.5</span>"
        #expect(glossary.contains("<dd>It is \(value) <strong>now</strong>, <math alttext=\"\\hat y\">"))
        #expect(glossary.contains(" at \(value)</dfn></dt>"))
        #expect(glossary.contains("of <code>rnn</code> &amp; <em>more</em></a></dd>"))
        let page = try text("02-b.html", in: site)
        #expect(
            page.contains(
                "<a href=\"glossary.html#term-the-gain-eta-at\" data-meaning=\"It is 0.5 now, ŷ.\">The gain <math"
            )
        )
        #expect(page.contains("<a href=\"01-a.html#shown\">Figure 1</a>"))
    }

    @Test func headingsAndCaptionsAreSetWhereverTheyAreShown() throws {
        let site = try site()
        let page = try text("01-a.html", in: site)
        let norm = MathML.render(TeX("\\|w\\|_2", lines: []), isDisplayed: false).html.string
        let heading = "The norm \(norm) of <code>rnn.step</code> and <em>much</em> more"
        let id = "the-norm-w-_2-of-rnn-step-and-much-more"
        // In the contents, at its place, and where a reference names it.
        #expect(page.contains("<a href=\"#\(id)\">\(heading)</a></li>"))
        #expect(page.contains("<h2 id=\"\(id)\">\(heading)<a class=\"anchor\""))
        #expect(page.contains("aria-label=\"Link to “The norm ‖w‖₂ of rnn.step and much more”\""))
        #expect(page.contains("See <a href=\"#\(id)\">\(heading)</a>, "))
        #expect(
            page.contains(
                " of <code>rnn</code> is <strong>large</strong>; see <a href=\"#\(id)\">there</a></figcaption>"
            )
        )
        #expect(page.contains("aria-label=\"Falls to ln 4\""))
        #expect(page.contains("<title>Rates α₁ of rnn &amp; more · Course on π</title>"))
        #expect(page.contains("<meta name=\"description\" content=\"Why ln 4 is not 2.\">"))
        #expect(page.contains(" of <code>rnn</code> &amp; <em>more</em></h1>"))
        #expect(page.contains(" is <strong>not</strong> 2.</p>"))
        #expect(page.contains(" and <code>code</code>.</li>"))
        #expect(
            page.contains(
                "<li>Elman, <em>Time</em>. <a href=\"https://example.org/a_b_c\">https://example.org/a_b_c</a></li>"
            )
        )
        #expect(page.contains("<p>By <em>hand</em>.</p>"))
        let next = try text("02-b.html", in: site)
        #expect(next.contains("<span>Previous</span> Rates <math"))
        let feed = try text("feed.xml", in: site)
        #expect(feed.contains("<title>Rates α₁ of rnn &amp; more</title>"))
        #expect(feed.contains("<summary>Why ln 4 is not 2.</summary>"))
        let index = try text("index.html", in: site)
        #expect(index.contains("of <code>rnn</code> &amp; <em>more</em></span></a><p>Why <math"))
        #expect(index.contains(" and <code>it</code>.</p>"))
    }

    /// A dollar sign on a page is none of an author's; only what screen readers may spell is left as it was written.
    @Test func noTeXIsLeftInATextOrALabel() throws {
        for file in try site().files where ["html", "xml"].contains(file.path.split(separator: ".").last) {
            let page = String(decoding: file.contents, as: UTF8.self)
                .replacing(/alttext="[^"]*"/, with: "")
                .replacing(/(?s)<(script|style)>.*?<\/\1>/, with: "")
            #expect(!page.contains("$") && !page.contains("\\") && !page.contains("{swift}"), "\(file.path)")
        }
    }

    @Test func whatARunSaysStaysText() throws {
        let hostile = "</span><script>x</script>\" onload='x"
        let site = try site(values: Array(repeating: hostile, count: 7))
        for file in site.files where file.path.hasSuffix(".html") {
            let page = String(decoding: file.contents, as: UTF8.self)
            #expect(!page.contains("<script>x") && !page.contains("\" onload="), "\(file.path)")
        }
        #expect(try text("01-a.html", in: site).contains("&lt;/span&gt;&lt;script&gt;x"))
        #expect(try text("glossary.html", in: site).contains("It is <span class=\"computed\">&lt;/span&gt;"))
    }

    /// A heading may hold what must not stand in a link, or twice on a page.
    @Test func contentsHoldNoLinksNotesAndPictures() throws {
        let body = """
            ## A [link](https://example.org), a note[^n] and [](#b-a-picture-and)

            ## B ![a *picture*](p.png) and [](#a-link-a-note-and)

            [^n]: Said.
            """
        let page = try text("01-a.html", in: Sample.site(Sample.lesson("01-a", body)))
        let contents = try #require(page.firstMatch(of: /(?s)<nav aria-label="On this page">(.*?)<\/nav>/)).1
        #expect(contents.contains("<a href=\"#a-link-a-note-and\">A link, a note and B a picture and </a>"))
        #expect(contents.contains("<a href=\"#b-a-picture-and\">B a picture and A link, a note and </a>"))
        #expect(contents.matches(of: /<a\s/).count == 2 && !contents.contains("<img"))
        #expect(page.matches(of: /href="#footnote-1"/).count == 1)
    }

    @Test func idsDoNotChangeWithNumbers() throws {
        let other = try site(values: Array(repeating: "7", count: 7))
        #expect(try text("glossary.html", in: other).contains("id=\"term-the-gain-eta-at\""))
    }
}
