import Lessons
import Pages
import Testing

@Suite struct ThemeTests {
    /// The standard theme with these files in the place of its own, and what is said of them.
    private func theme(_ files: [String: String]) -> (Theme, [Diagnostic]) {
        Theme.standard.overridden(by: files.mapValues { Array($0.utf8) })
    }

    private func text(_ path: String, in theme: Theme) throws -> String {
        let site = Site.render(
            Sample.settings,
            lessons: [Sample.finished],
            theme: theme,
            highlight: Sample.highlight
        )
        return try String(decoding: #require(site.files.first { $0.path == path }).contents, as: UTF8.self)
    }

    @Test func oneTemplateIsReplacedAndTheOthersStay() throws {
        let (theme, diagnostics) = theme([
            "footer.mustache": "<footer>{{title}} {{>stamp}}</footer>",
            "stamp.mustache": "<b>{{site.title}}</b>",
        ])
        #expect(diagnostics == [])
        let page = try text("02-by-hand.html", in: theme)
        #expect(page.contains("<footer>A network by hand <b>Recurrent networks, unrolled</b></footer>"))
        #expect(page.contains("class=\"bar\""))
    }

    @Test func styleIsAddedOrReplaced() throws {
        let added = try text("unroll.css", in: theme(["extra.css": "p { color: red }"]).0)
        #expect(added.contains("--measure:"))
        #expect(added.contains("p { color: red }"))
        let replaced = try text("unroll.css", in: theme(["unroll.css": "p { color: red }"]).0)
        #expect(!replaced.contains("--measure:"))
    }

    @Test func aMisspelledFileIsNamed() throws {
        let found = theme(["leson.mustache": "x"]).1
        #expect(found.map(\.message) == ["the theme has no file 'leson.mustache'"])
        #expect(found.first?.hint == "did you mean 'lesson.mustache'?")
        #expect(theme(["style.scss": "x"]).1.first?.hint?.hasPrefix("it has: ") == true)
    }

    @Test func aBrokenTemplateIsNamedWithItsLine() throws {
        let found = theme(["footer.mustache": "<p>\n{{#a}}x{{/b}}\n</p>"]).1
        #expect(found.count == 1)
        #expect(found.first?.location.file == "theme/footer.mustache")
        #expect(found.first?.location.line == 2)
    }

    @Test func propertiesOfTheSettingsComeLast() throws {
        var settings = Sample.settings
        settings.properties = ["accent": "#123456"]
        let site = Site.render(settings, lessons: [], highlight: { _ in [] })
        let style = try #require(site.files.first { $0.path == "unroll.css" })
        #expect(String(decoding: style.contents, as: UTF8.self).hasSuffix("  --accent: #123456;\n}\n"))
    }

    @Test("The stylesheet has no comments, but what looks like one and licenses")
    func comments() {
        let css = """
            /* One. */
            a { color: red; } /* two,
               in lines */
            /*! MIT */
            b::before { content: "/* not \\" one */"; }
            c { background: url(//a/*b); } d {}

            /* last
            """
        let kept = """
            a { color: red; }
            /*! MIT */
            b::before { content: "/* not \\" one */"; }
            c { background: url(//a/*b); } d {}
            /* last
            """
        #expect(Theme.withoutComments(css).drop(while: \.isNewline) == kept)
    }
}
