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
            ("requires: 2", 1, 11, "requires must be a least version", "write requires: \">= "),
            ("requires: \"<= 2.0\"", 1, 11, "requires must be a least version", "write requires: \">= "),
            (
                "requires: >= 2.0", 1, 12,
                "this is not YAML: did not find expected comment or line break", "write requires: \">= "
            ),
            ("- a", 1, 1, "settings are lines of 'key: value'", nil),
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
        if let hint { #expect(found.hint?.hasPrefix(hint) == true) }
    }

    @Test(arguments: ["title: \"x", "a: b: c", "title: x\ntitle: y"])
    func whatIsNoYAMLIsSaid(text: String) {
        #expect(!SiteSettings.parse(text).1.isEmpty)
    }
}
