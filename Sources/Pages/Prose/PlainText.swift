internal import Lessons

/// The words of blocks without their markup, as search and glossary need them. The code of cells is not among them:
/// the prose says what it does, and the reference finds the names in it.
enum PlainText {
    /// The words, blocks separated by a space.
    static func text(of blocks: [Block]) -> String {
        var text: [UInt8] = []
        collect(blocks, into: &text)
        return String(decoding: text, as: UTF8.self)
    }

    private static func collect(_ blocks: [Block], into text: inout [UInt8]) {
        for block in blocks {
            switch block.content {
            case .paragraph(let inlines), .heading(_, let inlines): add(Inline.plainText(inlines), to: &text)
            case .code(_, let code): add(code, to: &text)
            case .quote(let inner): collect(inner, into: &text)
            case .callout(_, let title, let inner):
                add(Inline.plainText(title), to: &text)
                collect(inner, into: &text)
            case .list(_, _, let items): items.forEach { collect($0, into: &text) }
            case .table(let table):
                ([table.header] + table.rows).joined().forEach { add(Inline.plainText($0), to: &text) }
            case .definitions(let definitions):
                for definition in definitions {
                    add(Inline.plainText(definition.term), to: &text)
                    collect(definition.blocks, into: &text)
                }
            case .cell, .math, .thematicBreak, .html: break
            }
        }
    }

    /// Adds words with single spaces between them.
    private static func add(_ words: String, to text: inout [UInt8]) {
        var needsSpace = !text.isEmpty
        for byte in words.utf8 {
            if byte <= 32 {
                needsSpace = !text.isEmpty
            } else {
                if needsSpace { text.append(UInt8(ascii: " ")) }
                needsSpace = false
                text.append(byte)
            }
        }
    }
}
