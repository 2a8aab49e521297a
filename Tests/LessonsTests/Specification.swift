internal import Foundation
internal import Lessons
internal import Testing
internal import Turns

/// CommonMark stays what it is: the specification's examples come through our values as the specification prints them.
@Suite(.inTurns) struct Specification {
    private struct Examples: Decodable {
        var examples: [Example]
    }

    struct Example: Decodable, Sendable, CustomTestStringConvertible {
        var example: Int
        var section: String
        var markdown: String
        var html: String
        var testDescription: String { "example \(example) (\(section))" }
    }

    static let examples: [Example] = {
        let data = Data(fixture("commonmark-0.30.json").utf8)
        return try! JSONDecoder().decode(Examples.self, from: data).examples
    }()

    @Test func allExamplesAreThere() {
        #expect(Self.examples.map(\.example) == Array(1...652))
    }

    @Test(arguments: examples) func example(_ example: Example) {
        let source = SourceText(Array(example.markdown.utf8), file: "a.md")
        var html = PlainHTML()
        html.blocks(Markdown.parse(source).document.blocks)
        #expect(html.text == example.html)
    }
}

/// Our tree as libcmark prints its own.
private struct PlainHTML {
    var text = ""

    mutating func blocks(_ blocks: [Block], tight: Bool = false) {
        for block in blocks { self.block(block, tight: tight) }
    }

    private mutating func block(_ block: Block, tight: Bool) {
        switch block.content {
        case .paragraph(let inlines) where tight:
            self.inlines(inlines)
        case .paragraph(let inlines):
            element("p", inlines)
        case .heading(let level, let inlines):
            element("h\(level)", inlines)
        case .code(let info, let code):
            freshLine()
            let language = info.split(separator: " ").first.map {
                " class=\"language-\(escaped(String($0)))\""
            }
            text += "<pre><code\(language ?? "")>\(escaped(code))</code></pre>\n"
        case .quote(let blocks):
            freshLine()
            text += "<blockquote>\n"
            self.blocks(blocks)
            freshLine()
            text += "</blockquote>\n"
        case .list(let start, let tight, let items):
            freshLine()
            text += start.map { $0 == 1 ? "<ol>\n" : "<ol start=\"\($0)\">\n" } ?? "<ul>\n"
            for item in items {
                freshLine()
                text += "<li>"
                blocks(item, tight: tight)
                text += "</li>\n"
            }
            text += start == nil ? "</ul>\n" : "</ol>\n"
        case .thematicBreak:
            freshLine()
            text += "<hr />\n"
        case .html(let html):
            freshLine()
            text += html
            freshLine()
        case .cell, .table, .math, .callout, .definitions:
            Issue.record("the specification knows no \(block.content)")
        }
    }

    private mutating func inlines(_ inlines: [Inline]) {
        for inline in inlines { self.inline(inline) }
    }

    private mutating func inline(_ inline: Inline) {
        switch inline.content {
        case .text(let string): text += escaped(string)
        case .softBreak: text += "\n"
        case .lineBreak: text += "<br />\n"
        case .code(let code): text += "<code>\(escaped(code))</code>"
        case .html(let html): text += html
        case .emphasis(let inlines): element("em", inlines, isBlock: false)
        case .strong(let inlines): element("strong", inlines, isBlock: false)
        case .link(let destination, let title, let inlines):
            text += "<a href=\"\(address(destination))\"\(attribute(title))>"
            self.inlines(inlines)
            text += "</a>"
        case .image(let source, let title, let inlines):
            text += "<img src=\"\(address(source))\" alt=\"\(escaped(words(inlines)))\"\(attribute(title)) />"
        case .math, .expression, .footnote:
            Issue.record("the specification knows no \(inline.content)")
        }
    }

    private mutating func element(_ name: String, _ inlines: [Inline], isBlock: Bool = true) {
        if isBlock { freshLine() }
        text += "<\(name)>"
        self.inlines(inlines)
        text += isBlock ? "</\(name)>\n" : "</\(name)>"
    }

    private mutating func freshLine() {
        if !text.isEmpty, text.utf8.last != 0x0A { text += "\n" }
    }

    private func attribute(_ title: String) -> String {
        title.isEmpty ? "" : " title=\"\(escaped(title))\""
    }

    private func words(_ inlines: [Inline]) -> String {
        inlines.map { inline in
            switch inline.content {
            case .text(let text), .code(let text), .html(let text): text
            case .emphasis(let inner), .strong(let inner), .link(_, _, let inner), .image(_, _, let inner):
                words(inner)
            case .softBreak, .lineBreak: " "
            case .math, .expression, .footnote: ""
            }
        }.joined()
    }

    private func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }

    private func address(_ target: String) -> String {
        let plain = "-_.+!*(),%#@?=;:/$~".utf8
        return target.utf8.map { byte in
            let isLetter = (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            if isLetter || (0x30...0x39).contains(byte) || plain.contains(byte) {
                return String(UnicodeScalar(byte))
            }
            return byte == UInt8(ascii: "&")
                ? "&amp;" : byte == UInt8(ascii: "'") ? "&#x27;" : "%" + String(format: "%02X", byte)
        }.joined()
    }
}
