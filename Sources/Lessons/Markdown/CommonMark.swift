/// A CommonMark text as blocks and inlines, each with its location in the file.
struct CommonMark {
    /// The blocks of the text.
    private(set) var blocks: [Block] = []
    /// The fenced blocks of code, in the order of the text.
    private(set) var fences: [Fence] = []
    /// The mistakes in the text.
    private(set) var diagnostics: [Diagnostic] = []

    private let text: MarkdownText

    private init(_ text: MarkdownText) {
        self.text = text
    }

    /// Parses a text.
    static func parse(_ text: MarkdownText) -> CommonMark {
        let root = CommonMarkNode.parse(text.lines.map(\.bytes))
        var parsed = CommonMark(text)
        parsed.blocks = parsed.convertBlocks(in: root, quotes: 0)
        parsed.settleFences()
        return parsed
    }

    private func location(of node: CommonMarkNode) -> SourceLocation {
        text.location(line: node.start.line, column: node.start.column)
    }

    private mutating func reportDepth(_ node: CommonMarkNode) {
        let position = MarkdownText.Position(
            line: max(1, node.start.line),
            offset: max(0, node.start.column - 1)
        )
        let message =
            "quotes, lists and marks stand more than \(CommonMarkNode.greatestDepth) deep in one another"
        diagnostics.append(text.diagnostic(position, message))
    }
}

// MARK: - Blocks

extension CommonMark {
    private mutating func convertBlocks(in parent: CommonMarkNode, quotes: Int) -> [Block] {
        if parent.isCut { reportDepth(parent) }
        return parent.children.compactMap { node in
            convertBlock(node, quotes: quotes).map { Block($0, at: location(of: node)) }
        }
    }

    private mutating func convertBlock(_ node: CommonMarkNode, quotes: Int) -> Block.Content? {
        switch node.kind {
        case .paragraph: return .paragraph(convertText(of: node, quotes: quotes))
        case .heading(let level): return .heading(level: level, convertText(of: node, quotes: quotes))
        case .quote: return .quote(convertBlocks(in: node, quotes: quotes + 1))
        case .list(let start, let tight):
            var items: [[Block]] = []
            for item in node.children { items.append(convertBlocks(in: item, quotes: quotes)) }
            if node.isCut { reportDepth(node) }
            return .list(start: start, tight: tight, items: items)
        case .code(let info):
            if let fence = Fence(node, in: text) { fences.append(fence) }
            return .code(info: info, text: node.literal)
        case .thematicBreak: return .thematicBreak
        case .html: return .html(node.literal)
        default: return nil
        }
    }

    /// Finds out which blocks of code were closed by a fence of their own: libcmark does not say. One was, when its
    /// last line is a fence and no other block of code starts there.
    private mutating func settleFences() {
        let starts = Set(fences.map(\.lines.lowerBound))
        for index in fences.indices {
            let lines = fences[index].lines
            guard lines.count > 1, !starts.contains(lines.upperBound) else { continue }
            guard let last = text.lines.dropFirst(lines.upperBound - 1).first else { continue }
            fences[index].isClosed = fences[index].isClosing(last.bytes)
        }
    }
}

// MARK: - Inlines

extension CommonMark {
    /// The state of a walk through one block's inlines.
    private struct Walk {
        var locations: InlineLocations
        /// The location of the last inline; a line break has none of its own.
        var last: SourceLocation
    }

    private mutating func convertText(of block: CommonMarkNode, quotes: Int) -> [Inline] {
        let lines = Outline.lines(of: block, quotes: quotes, in: text)
        var walk = Walk(
            locations: InlineLocations(block, lines: lines, quotes: quotes, in: text),
            last: location(of: block)
        )
        return convertInlines(in: block, &walk)
    }

    private mutating func convertInlines(in parent: CommonMarkNode, _ walk: inout Walk) -> [Inline] {
        if parent.isCut { reportDepth(parent) }
        var inlines: [Inline] = []
        for node in parent.children {
            if node.start.line > 0 { walk.last = walk.locations.location(of: node) }
            let location = walk.last
            let content = convertInline(node, &walk)
            if content == .text("") { continue }
            if case .text(let more) = content, case .text(let text)? = inlines.last?.content {
                inlines[inlines.count - 1].content = .text(text + more)
            } else {
                inlines.append(Inline(content, at: location))
            }
        }
        return inlines
    }

    private mutating func convertInline(_ node: CommonMarkNode, _ walk: inout Walk) -> Inline.Content {
        switch node.kind {
        case .softBreak: .softBreak
        case .lineBreak: .lineBreak
        case .codeSpan: .code(EmphasisSeparation.removed(from: node.literal))
        case .htmlInline: .html(EmphasisSeparation.removed(from: node.literal))
        case .emphasis: .emphasis(convertInlines(in: node, &walk))
        case .strong: .strong(convertInlines(in: node, &walk))
        case .link(let destination, let title):
            .link(
                destination: EmphasisSeparation.removed(from: destination),
                title: EmphasisSeparation.removed(from: title),
                convertInlines(in: node, &walk)
            )
        case .image(let source, let title):
            .image(
                source: EmphasisSeparation.removed(from: source),
                title: EmphasisSeparation.removed(from: title),
                convertInlines(in: node, &walk)
            )
        default: .text(EmphasisSeparation.removed(from: node.literal))
        }
    }
}
