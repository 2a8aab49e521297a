internal import CCMark

/// Turns CommonMark into values, by libcmark. No other file touches it.
///
/// libcmark gives the places of blocks. Of inlines it gives what can be computed without the text that stands
/// before a line in its quote or list; `InlinePlaces` makes a column of the file of that, and checks it.
struct CommonMarkConverter {
    /// The blocks of the text.
    private(set) var blocks: [Block] = []
    /// The fenced blocks of code, in the order of the text.
    private(set) var fences: [Fence] = []
    /// What is wrong.
    private(set) var diagnostics: [Diagnostic] = []

    private let text: MarkdownText
    /// How many quotes and lists a block or inline may stand in; deeper trees would exhaust the stack.
    private static let greatestDepth = 100

    /// Parses a text.
    init(_ text: MarkdownText) {
        self.text = text
        let joined = text.lines.joined(separator: "\n") + "\n"
        let root = joined.utf8.withContiguousStorageIfAvailable { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                cmark_parse_document($0.baseAddress, $0.count, CMARK_OPT_SOURCEPOS)
            }
        }
        guard let document = root ?? nil else { return }
        defer { cmark_node_free(document) }
        blocks = convertBlocks(in: document, quotes: 0, depth: 0)
        settleFences()
    }
}

// MARK: - Blocks

extension CommonMarkConverter {
    private mutating func convertBlocks(in parent: OpaquePointer, quotes: Int, depth: Int) -> [Block] {
        guard depth < Self.greatestDepth else {
            report(parent, "blocks stand more than \(Self.greatestDepth) deep in one another")
            return []
        }
        return children(of: parent).compactMap { convertBlock($0, quotes: quotes, depth: depth) }
    }

    private mutating func convertBlock(_ node: OpaquePointer, quotes: Int, depth: Int) -> Block? {
        let content: Block.Content
        switch cmark_node_get_type(node) {
        case CMARK_NODE_PARAGRAPH:
            content = .paragraph(convertText(of: node, quotes: quotes))
        case CMARK_NODE_HEADING:
            let level = Int(cmark_node_get_heading_level(node))
            content = .heading(level: level, convertText(of: node, quotes: quotes))
        case CMARK_NODE_CODE_BLOCK:
            if let fence = fence(node) { fences.append(fence) }
            content = .code(info: string(cmark_node_get_fence_info(node)), text: literal(node))
        case CMARK_NODE_BLOCK_QUOTE:
            content = .quote(convertBlocks(in: node, quotes: quotes + 1, depth: depth + 1))
        case CMARK_NODE_LIST:
            content = convertList(node, quotes: quotes, depth: depth)
        case CMARK_NODE_THEMATIC_BREAK:
            content = .thematicBreak
        case CMARK_NODE_HTML_BLOCK:
            content = .html(literal(node))
        default:
            return nil
        }
        return Block(content, at: place(node))
    }

    private mutating func convertList(_ node: OpaquePointer, quotes: Int, depth: Int) -> Block.Content {
        let isOrdered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
        var items: [[Block]] = []
        for item in children(of: node) {
            items.append(convertBlocks(in: item, quotes: quotes, depth: depth + 1))
        }
        return .list(
            start: isOrdered ? Int(cmark_node_get_list_start(node)) : nil,
            tight: cmark_node_get_list_tight(node) != 0,
            items: items
        )
    }

    private func place(_ node: OpaquePointer) -> SourceLocation {
        let line = Int(cmark_node_get_start_line(node))
        return text.location(line: line, column: Int(cmark_node_get_start_column(node)))
    }

    private mutating func report(_ node: OpaquePointer, _ message: String) {
        let place = place(node)
        diagnostics.append(
            text.source.diagnostic(.markdown, line: place.line ?? 1, column: place.column, message)
        )
    }
}

// MARK: - Fences

extension CommonMarkConverter {
    /// The fence of a block of code, or `nil` for an indented one.
    private func fence(_ node: OpaquePointer) -> Fence? {
        let line = Int(cmark_node_get_start_line(node))
        let column = Int(cmark_node_get_start_column(node))
        let bytes = Array(text.lines[line - 1].utf8)
        let opening = bytes[min(column - 1, bytes.count)...]
        guard let mark = opening.first, Fence.marks.contains(mark) else { return nil }
        let length = opening.prefix { $0 == mark }.count
        guard length >= 3 else { return nil }
        let code = literal(node)
        // An indented block may show a fence; then its own first line is what stands there.
        let isIndented = bytes[..<(column - 1)].reversed().prefix { $0 == 0x20 || $0 == 0x09 }.count >= 4
        let firstLine = code.utf8.prefix { $0 != 0x0A }
        if isIndented, firstLine.elementsEqual(opening) { return nil }
        let info = opening.dropFirst(length)
        return Fence(
            location: text.location(line: line, column: column),
            marks: String(decoding: opening.prefix(length), as: UTF8.self),
            info: String(decoding: info, as: UTF8.self),
            code: code,
            lines: line...max(line, Int(cmark_node_get_end_line(node)))
        )
    }

    /// libcmark does not say whether a block of code was closed by a fence of its own or by the end of what it
    /// stands in. It was, when its last line is a fence and no other block of code starts there.
    private mutating func settleFences() {
        let starts = Set(fences.map(\.lines.lowerBound))
        for index in fences.indices {
            let last = fences[index].lines.upperBound
            guard last > fences[index].lines.lowerBound, !starts.contains(last), last <= text.lines.count
            else {
                continue
            }
            fences[index].isClosed = fences[index].isClosing(text.lines[last - 1])
        }
    }
}

// MARK: - Inlines

extension CommonMarkConverter {
    private mutating func convertText(of block: OpaquePointer, quotes: Int) -> [Inline] {
        let places = InlinePlaces(
            text: text,
            lines: Int(cmark_node_get_start_line(block))...Int(cmark_node_get_end_line(block)),
            column: Int(cmark_node_get_start_column(block)),
            quotes: quotes,
            lastLine: lastLine(in: block)
        )
        var walk = InlineWalk(places: places)
        return convertInlines(in: block, depth: 0, &walk)
    }

    /// What the conversion of one block's inlines carries along.
    private struct InlineWalk {
        var places: InlinePlaces
        /// Where the last inline stood; a line break has no place of its own.
        var last: SourceLocation?
    }

    private mutating func convertInlines(
        in parent: OpaquePointer,
        depth: Int,
        _ walk: inout InlineWalk
    ) -> [Inline] {
        guard depth < Self.greatestDepth else {
            report(parent, "marks stand more than \(Self.greatestDepth) deep in one another")
            return []
        }
        var inlines: [Inline] = []
        for node in children(of: parent) {
            let place = inlinePlace(node, &walk)
            guard let content = convertInline(node, depth: depth, &walk) else { continue }
            inlines.append(Inline(content, at: place))
        }
        return inlines
    }

    private mutating func convertInline(
        _ node: OpaquePointer,
        depth: Int,
        _ walk: inout InlineWalk
    ) -> Inline.Content? {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_TEXT: return .text(literal(node))
        case CMARK_NODE_SOFTBREAK: return .softBreak
        case CMARK_NODE_LINEBREAK: return .lineBreak
        case CMARK_NODE_CODE: return .code(literal(node))
        case CMARK_NODE_HTML_INLINE: return .html(literal(node))
        case CMARK_NODE_EMPH: return .emphasis(convertInlines(in: node, depth: depth + 1, &walk))
        case CMARK_NODE_STRONG: return .strong(convertInlines(in: node, depth: depth + 1, &walk))
        case CMARK_NODE_LINK:
            let title = string(cmark_node_get_title(node))
            let inlines = convertInlines(in: node, depth: depth + 1, &walk)
            return .link(destination: string(cmark_node_get_url(node)), title: title, inlines)
        case CMARK_NODE_IMAGE:
            let title = string(cmark_node_get_title(node))
            let inlines = convertInlines(in: node, depth: depth + 1, &walk)
            return .image(source: string(cmark_node_get_url(node)), title: title, inlines)
        default: return nil
        }
    }

    private func inlinePlace(_ node: OpaquePointer, _ walk: inout InlineWalk) -> SourceLocation {
        let line = Int(cmark_node_get_start_line(node))
        guard line > 0 else { return walk.last ?? place(node) }
        let place = walk.places.location(
            line: line,
            column: Int(cmark_node_get_start_column(node)),
            startingWith: signature(node)
        )
        walk.last = place
        return place
    }

    /// What must stand in the file where an inline starts.
    private func signature(_ node: OpaquePointer) -> InlinePlaces.Signature {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_TEXT: .text(Array(literal(node).utf8.prefix(8)))
        case CMARK_NODE_CODE: .codeSpan
        case CMARK_NODE_EMPH, CMARK_NODE_STRONG: .oneOf(Array("*_".utf8))
        case CMARK_NODE_IMAGE: .oneOf(Array("!".utf8))
        case CMARK_NODE_LINK: .oneOf(Array("[<".utf8))
        default: .oneOf(Array("<".utf8))
        }
    }

    /// The line on which libcmark believes the last inline of a block to end.
    private func lastLine(in block: OpaquePointer) -> Int {
        var node = cmark_node_last_child(block)
        var line = 0
        while let current = node {
            line = max(line, Int(cmark_node_get_end_line(current)))
            node = cmark_node_last_child(current)
        }
        return line
    }
}

// MARK: - Nodes

extension CommonMarkConverter {
    private func children(of node: OpaquePointer) -> some Sequence<OpaquePointer> {
        sequence(state: cmark_node_first_child(node)) { next in
            defer { next = next.flatMap { cmark_node_next($0) } }
            return next
        }
    }

    private func literal(_ node: OpaquePointer) -> String {
        string(cmark_node_get_literal(node))
    }

    private func string(_ text: UnsafePointer<CChar>?) -> String {
        text.map { String(cString: $0) } ?? ""
    }
}
