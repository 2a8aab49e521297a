import Foundation
import Lessons
import Pages
import Testing

@Suite struct LanguageTests {
    @Test(arguments: [
        ("ar", true), ("he", true), ("fa-AF", true), ("UR", true), ("yi", true), ("az-Arab", true),
        ("ks", true),
        ("en", false), ("de", false), ("zh-Hans", false), ("ar-Latn", false), ("ku", false),
        ("uz-Cyrl-UZ", false),
    ])
    func isWrittenFromRightToLeftOrNot(tag: String, isRightToLeft: Bool) throws {
        #expect(Language(tag).isRightToLeft == isRightToLeft)
        let direction = isRightToLeft ? " dir=\"rtl\">" : ">"
        for (path, page) in try pages(tag) where path.hasSuffix(".html") {
            #expect(page.contains("<html lang=\"\(tag)\"\(direction)"), "\(path)")
        }
    }

    @Test(arguments: [("de", "en"), ("ar", "en"), ("zh-TW", "zh-Hans")])
    func wordsOfAnotherLanguageAreMarked(tag: String, language: String) throws {
        let pages = try pages(tag)
        let page = try #require(pages["02-by-hand.html"])
        let mark = "lang=\"\(language)\""
        for element in [
            "<a class=\"skip\" href=\"#text\" \(mark)>", "<div class=\"tools\" \(mark)>", "<summary \(mark)>",
            "<p class=\"kicker\" \(mark)>", "<h2 class=\"quiet\" \(mark)>", "<b><span \(mark)>",
            "\" \(mark)></a></h2>",
        ] {
            #expect(page.contains(element), "\(element)")
        }
        // And the lesson's own words in between are not.
        #expect(page.contains("<ol lang=\"\(tag)\">"))
        #expect(try #require(pages["404.html"]).contains("<h1><span \(mark)>"))
    }

    @Test(arguments: ["en", "en-GB", "zh", "zh-Hans-CN"])
    func wordsOfThePagesOwnLanguageAreNot(tag: String) throws {
        for page in try pages(tag).values { #expect(page.matches(of: /\slang="/).count <= 1) }
    }

    @Test func aLanguageWithoutWordsIsNamedOnce() {
        let (settings, diagnostics) = SiteSettings.parse("title: x\nlanguage: de\n")
        #expect(settings.language == "de")
        #expect(diagnostics.map(\.severity) == [.warning])
        #expect(
            diagnostics.first?.message
                == "pages have no words of their own in 'de'; buttons and labels speak English"
        )
        #expect(diagnostics.first?.location == SourceLocation(file: "unroll.yml", line: 2, column: 11))
        #expect(SiteSettings.parse("language: zh-Hans\n").1 == [])
    }

    private func pages(_ tag: String) throws -> [String: String] {
        var settings = Sample.settings
        settings.language = tag
        let files = Sample.site(Sample.finished, Sample.short("03-c", title: "C"), settings: settings).files
        let pages = files.filter { $0.path.hasSuffix(".html") }
        return Dictionary(
            uniqueKeysWithValues: pages.map { ($0.path, String(decoding: $0.contents, as: UTF8.self)) }
        )
    }
}
