import Foundation
import Lessons
import Pages
import Testing

@Suite struct SettingsReaderTests {
    @Test func everySettingIsRead() {
        let (settings, diagnostics) = SiteSettings.parse(
            """
            title: A course
            summary: What it is about.
            authors: [Ada Lovelace, C. Babbage]
            language: zh-Hans
            baseURL: https://example.org/course
            footer: By hand.
            rawHTML: true
            reference: false
            requires: ">= 1.9"
            lessons: content/lessons
            out: docs
            sources: [Sources/Helpers]
            package: .
            engine: false
            theme:
              accent: "light-dark(#8a2252, #ee8fb5)"
              measure: 30em
            """
        )
        #expect(diagnostics == [])
        var expected = SiteSettings(
            title: "A course",
            summary: "What it is about.",
            language: "zh-Hans",
            baseURL: "https://example.org/course",
            authors: ["Ada Lovelace", "C. Babbage"],
            footer: "By hand.",
            allowsRawHTML: true,
            hasReference: false,
            properties: ["accent": "light-dark(#8a2252, #ee8fb5)", "measure": "30em"]
        )
        (expected.lessons, expected.out) = ("content/lessons", "docs")
        expected.outLocation = SourceLocation(file: "unroll.yml", line: 11, column: 6)
        expected.footerPlace = settings.footerPlace
        #expect(settings.footerPlace?.location == SourceLocation(file: "unroll.yml", line: 6, column: 9))
        func named(_ path: String, line: Int, column: Int, _ text: String) -> NamedFolder {
            let place = SourceLocation(file: "unroll.yml", line: line, column: column)
            return NamedFolder(path: path, location: place, sourceLine: text)
        }
        expected.sources = [
            named("Sources/Helpers", line: 12, column: 11, "sources: [Sources/Helpers]")
        ]
        expected.package = named(".", line: 13, column: 10, "package: .")
        expected.usesEngine = false
        #expect(settings == expected)
    }

    @Test func ofANewerVersionNothingElseIsSaid() {
        let found = SiteSettings.parse("parts: true\nrequires: \">= 2.1\"\n").1
        #expect(found.map(\.kind) == [.setup])
        #expect(
            found.map(\.description) == [
                """
                unroll.yml:2:11: error: this project asks for Unroll 2.1.0 or later, and this is \(Version.current)
                    2 | requires: ">= 2.1"
                      |           ^ update it, with git pull in the checkout of Unroll
                """
            ]
        )
    }

    @Test(arguments: ["", "\n", "# nothing\n"])
    func anEmptyFileMeansAllDefaults(text: String) {
        let (settings, diagnostics) = SiteSettings.parse(text)
        #expect(settings == SiteSettings())
        #expect(diagnostics == [])
    }

    @Test(
        arguments: [
            ("titel: x", 1, 1, "unknown setting 'titel'", "did you mean 'title'?"),
            ("title: x\nlanguage: englisch", 2, 11, "'englisch' is no language tag", "write en"),
            ("baseURL: ftp://a.b", 1, 10, "'ftp://a.b' is no address of a site", "write https:"),
            (
                "baseURL: javascript:alert(1)", 1, 10, "'javascript:alert(1)' is no address of a site",
                "write https:"
            ),
            ("title: [é, 循]", 1, 8, "title must be a text", "write title"),
            ("{summary: é👨‍👩‍👧循, titel: x}", 1, 16, "unknown setting 'titel'", "did you mean 'title'?"),
            ("rawHTML: maybe", 1, 10, "rawHTML must be true or false", nil),
            ("reference: all", 1, 12, "reference must be true or false", nil),
            (
                "theme:\n  acent: red", 2, 3, "the stylesheet has no property 'acent'",
                "did you mean 'accent'?"
            ),
            (
                "theme:\n  accent: \"red;}</style>\"", 2, 11, "'accent' must be one value of CSS",
                "write accent:"
            ),
            (
                "theme:\n  accent: \"url(https://a.b)\"", 2, 11, "'accent' must be one value of CSS",
                "write accent:"
            ),
            ("title: [a]", 1, 8, "title must be a text", "write title:"),
            ("authors: Ada", 1, 10, "authors must be a list", "write authors: [Ada Lovelace]"),
            ("authors: [[Ada]]", 1, 11, "each of the authors must be a text", "write"),
            ("lesons: a", 1, 1, "unknown setting 'lesons'", "did you mean 'lessons'?"),
            ("out: [a]", 1, 6, "out must be a text", "write out:"),
            (
                "title: x\nout: /srv/www", 2, 6,
                "out must be a path from the folder of unroll.yml, so that it is right on every machine",
                "write out: docs, say"
            ),
            (
                "lessons: ~/course", 1, 10,
                "lessons must be a path from the folder of unroll.yml, so that it is right on every machine",
                "write lessons: lessons, say"
            ),
            (
                "baseURL: https://ada:pw@example.org/", 1, 10,
                "the address of the site holds a name or a password, which each page would tell",
                "write https://"
            ),
            ("requires: 2", 1, 11, "requires must be a least version", "write requires: \">= "),
            ("requires: \"<= 2.0\"", 1, 11, "requires must be a least version", "write requires: \">= "),
            (
                "requires: >= 2.0", 1, 12,
                "this is not YAML: did not find expected comment or line break", "write requires: \">= "
            ),
            (
                "requires: \">= 2.0\"\ntitle: a: b", 2, 9,
                "this is not YAML: mapping values are not allowed in this context", "write title: \"a: b\""
            ),
            (
                "title: @home", 1, 8, "this is not YAML: found character that cannot start any token",
                "write title: \"@home\""
            ),
            ("title:x", 1, 6, "a space is missing after the colon", "write 'title: …'"),
            ("summary: s\ntitle：x", 2, 6, "：is not YAML's colon", "write 'title: …'"),
            (
                "title: x\n\tsummary: y", 2, 1, "a tab indents this line; YAML takes spaces alone",
                "write two spaces"
            ),
            ("title: \"x", 1, 8, "this quote is never closed", "close it on its line"),
            ("authors: [Ada", 1, 10, "this bracket is never closed", "close it on its line"),
            (
                "title: x\nsummary: s\ntitle: y", 3, 1,
                "the key 'title' is given twice; it stands on line 1 already", "keep one of the two"
            ),
            ("sources: Sources/Helpers", 1, 10, "sources must be a list of folders", "write sources: ["),
            (
                "sources: [../Helpers]", 1, 11,
                "'../Helpers' may lie outside of the project, and sources are folders in it",
                "move its files here"
            ),
            (
                "sources: [.]", 1, 11, "'.' is the project itself, and sources are folders in it",
                "write sources: ["
            ),
            (
                "package: /srv/library", 1, 10,
                "package must be a path from the folder of unroll.yml, so that it is right on every machine",
                "write package: ., say"
            ),
            ("engine: off course", 1, 9, "engine must be true or false", nil),
            ("- a", 1, 1, "settings are lines of 'key: value'", "write title: …, say"),
        ] as [(String, Int, Int, String, String?)]
    )
    func aMistakeIsNamedWithItsPlace(text: String, line: Int, column: Int, message: String, hint: String?)
        throws
    {
        let (_, diagnostics) = SiteSettings.parse(text)
        #expect(diagnostics.count == 1)
        let found = try #require(diagnostics.first)
        #expect(found.kind == .settings)
        #expect(found.shownLocation == "unroll.yml:\(line):\(column)")
        #expect(found.message == message)
        if let hint { #expect(hint.isEmpty ? found.hint == nil : found.hint?.hasPrefix(hint) == true) }
    }
}
