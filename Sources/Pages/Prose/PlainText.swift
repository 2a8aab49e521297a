package import Lessons

/// Turns prose into plain words, for where no markup can stand: search, tabs, feeds, what a screen reader says.
///
/// Formulas are spelled so that they can be read, computed values stand where the page has them, and a link without text
/// has the name of what it leads to. The code of cells is left out: the prose says what it does, and the reference finds
/// the names in it.
package struct PlainText {
    /// The values of the lesson's expressions.
    package var values: [String] = []
    /// What a link without text of its own says.
    var name: (_ destination: String) -> String? = { _ in nil }
    /// What stands under the figures and tables of the cell of an index.
    var captions: (_ cell: Int) -> [String] = { _ in [] }

    /// Words without values and names.
    package init() {}

    /// The words of running text.
    package func words(of inlines: [Inline]) -> String {
        var words = ""
        collect(inlines, into: &words)
        return PlainText.joined([words])
    }

    /// The words of blocks, separated by a space.
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
                    words += name(destination) ?? ""
                } else {
                    collect(content, into: &words)
                }
            }
        }
    }

    /// Whether a link with this text shows nothing of its own.
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

    /// Pieces as one line, with single spaces between the words.
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
    /// The text that an id is made from: formulas as they were written and no computed values, so that no address
    /// changes with a number.
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
