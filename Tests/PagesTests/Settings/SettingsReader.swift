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
            language: zh-Hans
            baseURL: https://example.org/course
            footer: By hand.
            rawHTML: true
            reference: false
            theme:
              accent: "light-dark(#8a2252, #ee8fb5)"
              measure: 30em
            """
        )
        #expect(diagnostics == [])
        let expected = SiteSettings(
            title: "A course",
            summary: "What it is about.",
            language: "zh-Hans",
            baseURL: "https://example.org/course",
            footer: "By hand.",
            allowsRawHTML: true,
            hasReference: false,
            properties: ["accent": "light-dark(#8a2252, #ee8fb5)", "measure": "30em"]
        )
        #expect(settings == expected)
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
