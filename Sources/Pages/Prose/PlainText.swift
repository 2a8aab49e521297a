package import Lessons

/// A renderer of prose as plain words, for where no markup can stand: search, tabs, feeds, accessible names.
///
/// Formulas are spelled so that they can be read, computed values stand where the page has them, and a link without text
/// has the title of its target. The code of cells is left out.
package struct PlainText {
    /// The values of the lesson's expressions.
    package var values: [String] = []
    /// Returns the text of a link that has none.
    var reference: (_ destination: String) -> String? = { _ in nil }
    /// Returns the captions of the cell of an index.
    var captions: (_ cell: Int) -> [String] = { _ in [] }

    /// Makes a renderer without values and references.
    package init() {}

    /// Returns the words of running text.
    package func words(of inlines: [Inline]) -> String {
        var words = ""
        collect(inlines, into: &words)
        return PlainText.joined([words])
    }

    /// Returns the words of blocks, separated by a space.
    package func words(of blocks: [Block]) -> String {
        var pieces: [String] = []
        collect(blocks, into: &pieces)
        return PlainText.joined(pieces)
    }

    private func collect(_ inlines: [Inline], into words: inout String) {
        for inline in inlines {
            switch inline.content {
            case .text(let text), .code(let text): words += text
            case .softBreak, .lineBreak: words += " "
            case .math(let tex): words += tex.words
            case .expression(let index): words += values.indices.contains(index) ? values[index] : ""
            case .footnote, .html: break
            case .emphasis(let content), .strong(let content), .image(_, _, let content):
                collect(content, into: &words)
            case .link(let destination, _, let content):
                if isBare(content) {
                    words += reference(destination) ?? ""
                } else {
                    collect(content, into: &words)
                }
            }
        }
    }

    /// Whether running text shows nothing.
    func isBare(_ content: [Inline]) -> Bool {
        var words = ""
        collect(content, into: &words)
        return !words.unicodeScalars.contains { scalar in
            !scalar.properties.isWhitespace && !scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    private func collect(_ blocks: [Block], into pieces: inout [String]) {
        func add(_ inlines: [Inline]) {
            var words = ""
            collect(inlines, into: &words)
            pieces.append(words)
        }
        for block in blocks {
            switch block.content {
            case .paragraph(let inlines), .heading(_, let inlines): add(inlines)
            case .code(_, let code): pieces.append(code)
            case .math(let tex): pieces.append(tex.words)
            case .cell(let index): pieces += captions(index)
            case .quote(let inner): collect(inner, into: &pieces)
            case .callout(_, let title, let inner):
                add(title)
                collect(inner, into: &pieces)
            case .list(_, _, let items): for item in items { collect(item, into: &pieces) }
            case .table(let table): for cell in ([table.header] + table.rows).joined() { add(cell) }
            case .definitions(let definitions):
                for definition in definitions {
                    add(definition.term)
                    collect(definition.blocks, into: &pieces)
                }
            case .thematicBreak, .html: break
            }
        }
    }

    /// Returns pieces as one line, with single spaces between the words.
    private static func joined(_ pieces: [String]) -> String {
        var text: [UInt8] = []
        for piece in pieces {
            var needsSpace = !text.isEmpty
            for byte in piece.utf8 {
                if byte <= 32 {
                    needsSpace = !text.isEmpty
                } else {
                    if needsSpace { text.append(UInt8(ascii: " ")) }
                    needsSpace = false
                    text.append(byte)
                }
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension Inline {
    /// Returns the text that an id is made from: formulas in TeX and no computed values, so that no address changes
    /// with a number.
    package static func textOfID(_ inlines: [Inline]) -> String {
        inlines.map { inline in
            switch inline.content {
            case .text(let text), .code(let text), .html(let text): text
            case .softBreak, .lineBreak: " "
            case .math(let tex): tex.source
            case .expression, .footnote: ""
            case .emphasis(let content), .strong(let content), .link(_, _, let content),
                .image(_, _, let content):
                textOfID(content)
            }
        }.joined()
    }
}
