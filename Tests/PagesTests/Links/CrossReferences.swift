import Foundation
import Lessons
import Pages
import Records
import Testing

/// Links without text: each says what its target is called, or is refused.
@Suite struct NamesTests {
    private func table(_ caption: String?) -> Output {
        .table(Table(columns: ["a"], rows: [["1"]], caption: caption))
    }

    private let target = """
        ## The *hidden* state

        ```swift model name=plain
        print(1)
        ```

        ```swift model name=counted
        table
        ```

        ```swift model name=drawn
        chart
        ```

        ```swift model name=secret hidden
        print(1)
        ```

        ```swift model name=quiet quiet
        print(1)
        ```

        > - Gate $g$
        >   : What opens.
        """

    private func site(_ markdown: String, as slug: String = "02-b", values: [String] = []) throws -> Site {
        let figure = Output.figure(Figure(svg: "<svg></svg>", title: "T", summary: "S"))
        let outputs = ["plain": [Output.text("1\n")], "counted": [table("C")], "drawn": [figure]]
        return try Sample.site(
            Sample.lesson("01-a", target, outputs: outputs),
            Sample.lesson(slug, "A line.\n\n" + markdown + "\n", values: values),
            Sample.lesson("gallery", "## All of it\n")
        )
    }

    private func page(_ path: String, in site: Site) throws -> String {
        try String(decoding: #require(site.files.first { $0.path == path }).contents, as: UTF8.self)
    }

    @Test(
        arguments: [
            ("[](01-a.md#the-hidden-state)", "01-a.html#the-hidden-state", "The <em>hidden</em> state"),
            ("[](01-a.html#counted)", "01-a.html#counted", "Table 1"),
            ("[](01%2Da.md#drawn)", "01%2Da.html#drawn", "Figure 1"),
            ("[ ](gallery.md#all-of-it)", "gallery.html#all-of-it", "All of it"),
            ("[&#8203;](gallery.md?a=1#all-of-it)", "gallery.html?a=1#all-of-it", "All of it"),
            ("[**`{swift} x`**](01-a.md#drawn)", "01-a.html#drawn", "Figure 1"),
        ]
    )
    func areFilledIn(markdown: String, address: String, name: String) throws {
        for slug in ["02-b", "index", "appendix"] {
            let site = try site(markdown, as: slug, values: [""])
            #expect(site.diagnostics == [])
            #expect(try page("\(slug).html", in: site).contains("<a href=\"\(address)\">\(name)</a>"))
        }
    }

    @Test func termsAreFilledInWithAndWithoutTheirLesson() throws {
        let site = try site("[](01-a.md#term-gate-g) [](#term-gate-g) [](glossary.html#term-gate-g)")
        #expect(site.diagnostics == [])
        let text = try page("02-b.html", in: site)
        #expect(text.matches(of: /<a href="[^"]*#term-gate-g"[^>]*>Gate <math/).count == 3)
    }

    @Test(
        arguments: [
            ("[](01-a.md#nothing)", "there is nothing named 'nothing' in '01-a.html'", nil),
            ("[](01-a.md#secret)", "there is nothing named 'secret' in '01-a.html'", nil),
            (
                "[](01-a.md#plain)", "the link has no text, and 'plain' has no title",
                "write [text](01-a.md#plain)"
            ),
            (
                "[](01-a.md#quiet)", "the link has no text, and 'quiet' has no title",
                "write [text](01-a.md#quiet)"
            ),
            (
                "[](gallery.md#text)", "the link has no text, and 'text' has no title",
                "write [text](gallery.md#text)"
            ),
            ("[](03-c.md#x)", "there is no lesson or file '03-c.md'", nil),
            ("[`{swift} x`](01-a.md)", "the link has no text", "write [text](01-a.md)"),
            (
                "[`{swift} x`](https://example.org)", "the link has no text",
                "write [text](https://example.org)"
            ),
            ("[x](01-a.md#footnote-7)", "there is nothing named 'footnote-7' in '01-a.html'", nil),
        ] as [(String, String, String?)]
    )
    func areRefused(markdown: String, message: String, hint: String?) throws {
        let found = try site(markdown, values: [""]).diagnostics
        #expect(found.count == 1)
        let complaint = try #require(found.first)
        #expect(complaint.message.hasPrefix(message))
        if let hint { #expect(complaint.hint == hint) }
        #expect(complaint.location.line == 6 && complaint.location.column == 1)
        #expect(complaint.sourceLine == markdown)
    }

    /// Wherever a summary is shown, a link without text in it has one.
    @Test func summariesAreFilledInOnOtherPagesToo() throws {
        let lesson = try Sample.lesson(
            "01-a",
            "## Then\n",
            front: "title: See [](02-b.md#drawn)\nsummary: And [](#then)."
        )
        let figure = Output.figure(Figure(svg: "<svg></svg>", title: "T", summary: "S"))
        let other = try Sample.lesson(
            "02-b",
            "```swift model name=drawn\nx\n```\n",
            outputs: ["drawn": [figure]]
        )
        let site = Sample.site(lesson, other)
        #expect(site.diagnostics == [])
        #expect(try page("index.html", in: site).contains("See Figure 1</span></a><p>And Then.</p>"))
        #expect(try page("02-b.html", in: site).contains("</span> See Figure 1</a>"))
        let own = try page("01-a.html", in: site)
        #expect(own.contains("<title>See Figure 1 · "))
        #expect(own.contains("<meta name=\"description\" content=\"And Then.\">"))
        #expect(own.contains("<h1>See <a href=\"02-b.html#drawn\">Figure 1</a></h1>"))
    }

    /// Links in what stands outside of the text are checked, at their places.
    @Test func linksOfTitlesAndCaptionsAreChecked() throws {
        let front =
            "title: See [x](#nowhere)\nsummary: >-\n  A [y](02-b.md)\n  line.\ngoals: [Read [](z.md#a) first]"
        let quoted = front.replacing("[Read [](z.md#a) first]", with: "[\"Read [](z.md#a) first\"]")
        let body = "```swift model name=a caption=\"Of [w](v.md)\"\nx\n```\n"
        let found = try Sample.site(Sample.lesson("01-a", body, front: quoted, outputs: ["a": [table(nil)]]))
            .diagnostics
        #expect(
            found.map(\.message) == [
                "there is nothing named 'nowhere' on this page", "there is no lesson or file '02-b.md'",
                "there is no lesson or file 'z.md'", "there is no lesson or file 'v.md'",
            ]
        )
        #expect(
            found.map { "\($0.location.line ?? 0):\($0.location.column ?? 0)" } == [
                "2:12", "3:10", "6:15", "8:35",
            ]
        )
    }

    /// No link of any page is without words, whatever stands between its tags.
    @Test func noLinkOfAnyPageIsEmpty() throws {
        let site = try site("[](01-a.md#drawn) and [](#term-gate-g).\n\n## Then [](01-a.md#the-hidden-state)")
        #expect(site.diagnostics == [])
        for file in site.files where file.path.hasSuffix(".html") {
            let text = String(decoding: file.contents, as: UTF8.self)
            for link in text.matches(of: /(?s)<a ([^>]*)>(.*?)<\/a>/) where !link.1.contains("aria-label=") {
                let words = link.2.replacing(/<[^>]*>/, with: "")
                #expect(words.contains { !$0.isWhitespace }, "\(file.path): \(link.0)")
            }
        }
    }
}
