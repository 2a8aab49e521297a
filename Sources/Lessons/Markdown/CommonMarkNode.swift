internal import CCMark

/// A node of libcmark's tree, copied into a value. No other file touches libcmark.
struct CommonMarkNode {
    /// The kind of a node, with the values that only its kind has; named as in CommonMark's specification.
    enum Kind: Equatable {
        case document, quote, item, paragraph, thematicBreak, html
        case list(start: Int?, tight: Bool)
        case code(info: String)
        case heading(level: Int)
        case text, softBreak, lineBreak, codeSpan, htmlInline, emphasis, strong
        case link(destination: String, title: String)
        case image(source: String, title: String)
    }

    /// A line and a column, from 1, the column in bytes; zero where libcmark knows none.
    struct Position: Equatable {
        var line: Int
        var column: Int
    }

    /// The kind.
    var kind: Kind
    /// The text of a leaf.
    var literal: String
    /// The position of its first byte.
    var start: Position
    /// The position of its last byte; a later one for some blocks that the next line ended.
    var end: Position
    /// The nodes inside.
    var children: [CommonMarkNode] = []
    /// Whether nodes inside were left out, because they would stand deeper than `greatestDepth`.
    var isCut = false

    /// The greatest depth of a tree: a walk by recursion must not exhaust the stack.
    static let greatestDepth = 200

    /// The version of libcmark.
    static var libraryVersion: String { String(cString: cmark_version_string()) }

    /// Parses lines of CommonMark.
    static func parse(_ lines: some Sequence<[UInt8]>) -> CommonMarkNode {
        let text = Array(lines.joined(separator: [0x0A])) + [0x0A]
        let root = text.withUnsafeBytes { bytes in
            let characters = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            return cmark_parse_document(characters, bytes.count, CMARK_OPT_SOURCEPOS)
        }
        guard let root else { fatalError("libcmark has no memory left") }
        defer { cmark_node_free(root) }
        return CommonMarkNode(root, depth: 0)
    }

    private init(_ node: OpaquePointer, depth: Int) {
        kind = Kind(node)
        literal = string(cmark_node_get_literal(node))
        start = Position(
            line: Int(cmark_node_get_start_line(node)),
            column: Int(cmark_node_get_start_column(node))
        )
        end = Position(line: Int(cmark_node_get_end_line(node)), column: Int(cmark_node_get_end_column(node)))
        guard depth < Self.greatestDepth else {
            isCut = cmark_node_first_child(node) != nil
            return
        }
        var next = cmark_node_first_child(node)
        while let child = next {
            children.append(CommonMarkNode(child, depth: depth + 1))
            next = cmark_node_next(child)
        }
    }
}

extension CommonMarkNode.Kind {
    fileprivate init(_ node: OpaquePointer) {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_DOCUMENT: self = .document
        case CMARK_NODE_BLOCK_QUOTE: self = .quote
        case CMARK_NODE_ITEM: self = .item
        case CMARK_NODE_PARAGRAPH: self = .paragraph
        case CMARK_NODE_THEMATIC_BREAK: self = .thematicBreak
        case CMARK_NODE_HTML_BLOCK: self = .html
        case CMARK_NODE_LIST:
            let isOrdered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
            let start = isOrdered ? Int(cmark_node_get_list_start(node)) : nil
            self = .list(start: start, tight: cmark_node_get_list_tight(node) != 0)
        case CMARK_NODE_CODE_BLOCK: self = .code(info: string(cmark_node_get_fence_info(node)))
        case CMARK_NODE_HEADING: self = .heading(level: Int(cmark_node_get_heading_level(node)))
        case CMARK_NODE_SOFTBREAK: self = .softBreak
        case CMARK_NODE_LINEBREAK: self = .lineBreak
        case CMARK_NODE_CODE: self = .codeSpan
        case CMARK_NODE_HTML_INLINE: self = .htmlInline
        case CMARK_NODE_EMPH: self = .emphasis
        case CMARK_NODE_STRONG: self = .strong
        case CMARK_NODE_LINK:
            self = .link(
                destination: string(cmark_node_get_url(node)),
                title: string(cmark_node_get_title(node))
            )
        case CMARK_NODE_IMAGE:
            self = .image(source: string(cmark_node_get_url(node)), title: string(cmark_node_get_title(node)))
        default: self = .text
        }
    }
}

private func string(_ text: UnsafePointer<CChar>?) -> String {
    text.map { String(cString: $0) } ?? ""
}
