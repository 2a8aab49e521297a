import Lessons
import Pages
import Testing

@Suite struct LinkCheckTests {
    /// What is said of a lesson that holds this Markdown, beside a lesson `02-next` with a heading and an image.
    private func complaints(_ markdown: String, settings: SiteSettings = Sample.settings) throws
        -> [Diagnostic]
    {
        Site.render(
            settings,
            lessons: [
                try Sample.lesson("01-first", markdown),
                try Sample.lesson(
                    "02-next",
                    "## The hidden state\n\n```swift model name=train\nprint(1)\n```\n"
                ),
            ],
            assets: ["images/cell.png"],
            highlight: Sample.highlight
        ).diagnostics
    }

    @Test(arguments: [
        "[a](https://example.org) [b](http://example.org/?q=1#x) [c](mailto:a@example.org)",
        "[next](02-next.md) [same](02-next.html#the-hidden-state) [cell](02-next.md#train) [top](#text)",
        "## Here\n\n[up](#here) [index](index.html)",
        "![cell](images/cell.png) [file](images/cell.png)",
        "[escaped](02%2Dnext.md) <https://example.org>",
    ])
    func acceptsWhatLeadsSomewhere(markdown: String) throws {
        #expect(try complaints(markdown) == [])
    }

    @Test(
        arguments: [
            ("[x](02-nxt.md)", "there is no lesson or file '02-nxt.md'", "did you mean '02-next.md'?"),
            (
                "[x](02-next.md#trian)", "there is nothing named 'trian' in '02-next.html'",
                "did you mean 'train'?"
            ),
            ("## Gates\n\n[x](#gate)", "there is nothing named 'gate' on this page", "did you mean 'gates'?"),
            (
                "![x](images/cel.png)", "there is no picture 'images/cel.png'",
                "did you mean 'images/cell.png'?"
            ),
            ("![x](https://a.b/c.png)", "pictures are part of the site", "save it beside the lesson"),
            ("[x](javascript:alert)", "a link may not lead to 'javascript:'", "write http:"),
            ("[x](JaVa&#9;Script:alert)", "a link may not lead to 'javascript:'", "write http:"),
            ("[x](&#1;javascript:alert)", "a link may not lead to 'javascript:'", "write http:"),
            ("[x](data:text/html,x)", "a link may not lead to 'data:'", "write http:"),
            ("[x](vbscript:x)", "a link may not lead to 'vbscript:'", "write http:"),
            ("[x](file:///etc/passwd)", "a link may not lead to 'file:'", "write http:"),
            ("[x](ftp://a.b)", "a link may not lead to 'ftp:'", "write http:"),
            ("[x](//a.b/c)", "'//a.b/c' would leave the site", "write https:"),
            ("[x](/etc/passwd)", "'/etc/passwd' would leave the site", "write the path"),
            (
                "[x](../secret.md)", "'../secret.md' leads out of the folder of lessons",
                "link files of the folder"
            ),
            ("[x](.hidden)", "there is no lesson or file '.hidden'", nil),
            ("[x]()", "this link leads nowhere", "write its target"),
            ("[x](%ff)", "'%ff' is no address", nil),
        ] as [(String, String, String?)]
    )
    func refusesWhatDoesNot(markdown: String, message: String, hint: String?) throws {
        let found = try complaints("A line.\n\n" + markdown)
        #expect(found.count == 1)
        let complaint = try #require(found.first)
        #expect(complaint.kind == .link)
        #expect(complaint.severity == .error)
        #expect(complaint.message.hasPrefix(message))
        if let hint {
            #expect(complaint.hint?.hasPrefix(hint) == true)
        } else {
            #expect(complaint.hint == nil)
        }
        #expect(complaint.location.file == "lessons/01-first.md")
        #expect(complaint.location.line == (markdown.hasPrefix("##") ? 8 : 6))
        #expect(complaint.sourceLine?.contains("[x]") == true)
    }

    @Test func rawHTMLIsAnErrorUnlessAllowed() throws {
        let markdown = "Text <b>bold</b>.\n\n<script>alert(1)</script>\n"
        let found = try complaints(markdown)
        #expect(found.map(\.location.line) == [4, 4, 6])
        #expect(found.allSatisfy { $0.message == "raw HTML is not allowed in lessons" })
        var settings = Sample.settings
        settings.allowsRawHTML = true
        #expect(try complaints(markdown, settings: settings) == [])
    }

    @Test(arguments: ["unroll.css", "search-index.js", "02-b.html", "unroll-files.txt"])
    func aFileTakesNoNameOfTheSites(name: String) throws {
        let site = Site.render(
            Sample.settings,
            lessons: [
                try Sample.lesson("01-a", "See 循 [this](\(name))."), try Sample.lesson("02-b", "Not it."),
            ],
            assets: [name],
            highlight: Sample.highlight
        )
        try #require(site.diagnostics.count == 1)
        #expect(site.diagnostics[0].shownLocation == "lessons/01-a.md:4:7")
        #expect(site.diagnostics[0].message == "the site has a file '\(name)' of its own")
    }

    /// A site whose footer is this Markdown, as `unroll.yml` has it.
    private func site(footer: String) throws -> Site {
        let (settings, diagnostics) = SiteSettings.parse("title: Course\nfooter: '\(footer)'\n")
        #expect(diagnostics == [])
        return Site.render(
            settings,
            lessons: [try Sample.lesson("01-a", "## Gates\n\nText."), try Sample.lesson("02-b", "")],
            assets: ["notes.pdf"],
            symbolGraphs: [],
            highlight: Sample.highlight
        )
    }

    @Test(
        "at the foot of pages counts from the top of the site, and may lead to what others keep there",
        arguments: [
            ("[x](01-a.md#gates)", "01-a.html#gates"), ("[x](guide/index.html)", "guide/index.html"),
            ("[x](../index.html)", "../index.html"), ("[x](https://example.org/)", "https://example.org/"),
            ("[x](notes.pdf)", "notes.pdf"),
        ]
    )
    func footer(markdown: String, address: String) throws {
        let site = try site(footer: markdown)
        #expect(site.diagnostics == [])
        #expect(site.assets == (markdown.contains("notes") ? ["notes.pdf"] : []))
        for page in site.files where page.path.hasSuffix(".html") {
            let text = String(decoding: page.contents, as: UTF8.self)
            #expect(text.contains("<p><a href=\"\(address)\">x</a></p>\n</footer>"), "\(page.path)")
        }
    }

    @Test(
        "at the foot of pages is refused where it leads nowhere",
        arguments: [
            ("[x](01-b.md)", "there is no lesson '01-b.md'", "did you mean '01-a.md'?"),
            (
                "[x](01-a.md#gate)", "there is nothing named 'gate' in '01-a.html'", "did you mean 'gates'?"
            ),
            (
                "[x](#gates)", "'#gates' names no page, and the footer stands on all",
                "write index.md#gates, say"
            ),
            (
                "[x](/guide)", "'/guide' would leave the site, which must work in any folder",
                "write the path from the top of the site, such as 01-first-steps.md"
            ),
            ("$\\frc{a}{b}$", "unknown command '\\frc' in a formula", "did you mean '\\frac'?"),
            ("[](guide/)", "the link has no text", "write [text](guide/)"),
            (
                "[x](file:a)", "a link may not lead to 'file:'",
                "write http:, https:, mailto: or a file of the lessons"
            ),
        ]
    )
    func footerRefused(markdown: String, message: String, hint: String) throws {
        let found = try site(footer: markdown).diagnostics
        #expect(found.map(\.message) == [message])
        #expect(found.first?.hint == hint)
        #expect(found.first?.shownLocation == "unroll.yml:2:9")
        #expect(found.first?.sourceLine == "footer: '\(markdown)'")
    }

    @Test func picturesThatAreUsedBecomePartOfTheSite() throws {
        let site = Site.render(
            Sample.settings,
            lessons: [try Sample.lesson("01-a", "![used](used.png)")],
            assets: ["unused.png", "used.png"],
            highlight: Sample.highlight
        )
        #expect(site.assets == ["used.png"])
        var copy = SiteFile("used.png", "used")
        copy.isCopy = true
        #expect(site.adding([copy]).files.map(\.path) == (site.files + [copy]).map(\.path).sorted())
    }
}
