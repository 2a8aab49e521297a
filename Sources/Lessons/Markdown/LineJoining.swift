/// The joining of lines between whose last and first characters Chinese and Japanese leave no blank.
///
/// CommonMark makes a space of every line end; there it would be a gap in a word. (CSS has the same rule,
/// "segment break transformation", but not every browser follows it, and search and feeds know no CSS.)
struct LineJoining: TreeRewriter {
    /// Joins the lines of a document.
    static func join(_ document: MarkdownDocument, of text: MarkdownText) -> MarkdownDocument {
        guard text.lines.contains(where: { $0.bytes.last.map { $0 >= 0x80 } ?? false }) else {
            return document
        }
        var joining = LineJoining()
        return joining.visit(document)
    }

    mutating func visit(_ inlines: [Inline]) -> [Inline] {
        var joined: [Inline] = []
        for (index, inline) in inlines.enumerated() {
            if case .softBreak = inline.content,
                joined.last(where: \.hasText)?.edge(.last)?.isWrittenWithoutBlanks ?? false,
                inlines[(index + 1)...].first(where: \.hasText)?.edge(.first)?.isWrittenWithoutBlanks ?? false
            {
                continue
            }
            joined.append(visit(inline))
        }
        return joined
    }
}

extension Inline {
    /// Whether the inline stands in the line; a reference to a footnote hangs above it.
    fileprivate var hasText: Bool {
        if case .footnote = content { false } else { true }
    }

    fileprivate enum Side {
        case first, last
    }

    /// The first or last character that the inline shows, if it is one of running text.
    fileprivate func edge(_ side: Side) -> Unicode.Scalar? {
        switch content {
        case .text(let text):
            side == .first ? text.unicodeScalars.first : text.unicodeScalars.last
        case .emphasis(let inner), .strong(let inner), .link(_, _, let inner):
            (side == .first ? inner.first : inner.last)?.edge(side)
        default: nil
        }
    }
}
