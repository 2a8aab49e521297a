/// A walk through a Markdown tree in the order of the text that replaces some of its values.
///
/// A rewriter implements the `visit` that it cares for, and calls `descend` for what stands inside.
package protocol TreeRewriter {
    /// Returns the replacement of blocks that follow one another.
    mutating func visit(_ blocks: [Block]) -> [Block]
    /// Returns the replacement of running text.
    mutating func visit(_ inlines: [Inline]) -> [Inline]
    /// Returns the replacement of a block.
    mutating func visit(_ block: Block) -> Block
    /// Returns the replacement of an inline.
    mutating func visit(_ inline: Inline) -> Inline
}

extension TreeRewriter {
    package mutating func visit(_ block: Block) -> Block { descend(block) }

    package mutating func visit(_ inline: Inline) -> Inline { descend(inline) }

    package mutating func visit(_ document: MarkdownDocument) -> MarkdownDocument {
        var document = document
        document.blocks = visit(document.blocks)
        for index in document.footnotes.indices {
            document.footnotes[index].blocks = visit(document.footnotes[index].blocks)
        }
        return document
    }

    package mutating func visit(_ blocks: [Block]) -> [Block] { blocks.map { visit($0) } }

    package mutating func visit(_ inlines: [Inline]) -> [Inline] { inlines.map { visit($0) } }

    /// Returns the block with its contents rewritten.
    package mutating func descend(_ block: Block) -> Block {
        var block = block
        switch block.content {
        case .paragraph(let inlines):
            block.content = .paragraph(visit(inlines))
        case .heading(let level, let inlines):
            block.content = .heading(level: level, visit(inlines))
        case .quote(let blocks):
            block.content = .quote(visit(blocks))
        case .list(let start, let tight, let items):
            block.content = .list(start: start, tight: tight, items: items.map { visit($0) })
        case .table(var table):
            table.header = table.header.map { visit($0) }
            table.rows = table.rows.map { row in row.map { visit($0) } }
            block.content = .table(table)
        case .callout(let callout, let title, let blocks):
            let title = visit(title)
            block.content = .callout(callout, title: title, visit(blocks))
        case .definitions(var definitions):
            for index in definitions.indices {
                definitions[index].term = visit(definitions[index].term)
                definitions[index].blocks = visit(definitions[index].blocks)
            }
            block.content = .definitions(definitions)
        case .code, .cell, .thematicBreak, .html, .math:
            break
        }
        return block
    }

    /// Returns the inline with its contents rewritten.
    package mutating func descend(_ inline: Inline) -> Inline {
        var inline = inline
        switch inline.content {
        case .emphasis(let inlines): inline.content = .emphasis(visit(inlines))
        case .strong(let inlines): inline.content = .strong(visit(inlines))
        case .link(let destination, let title, let inlines):
            inline.content = .link(destination: destination, title: title, visit(inlines))
        case .image(let source, let title, let inlines):
            inline.content = .image(source: source, title: title, visit(inlines))
        case .text, .softBreak, .lineBreak, .code, .html, .math, .expression, .footnote:
            break
        }
        return inline
    }
}
