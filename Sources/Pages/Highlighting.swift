package import Lessons

/// Swift source with its tokens marked for the stylesheet.
extension HTMLBuffer {
    /// Writes code with a `span` around each token that is colored.
    ///
    /// Tokens that overlap an earlier one or reach beyond the code are left out: a page is never less than
    /// the code itself.
    package mutating func code(_ code: String, tokens: [SyntaxToken]) {
        let source = Array(code.utf8)
        var position = 0
        for token in tokens.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            let range = token.range
            guard range.lowerBound >= position, range.upperBound <= source.count, !range.isEmpty else {
                continue
            }
            guard let style = token.kind.style else { continue }
            text(bytes: source[position..<range.lowerBound])
            markup("<span class=\"\(style)\">")
            text(bytes: source[range])
            markup("</span>")
            position = range.upperBound
        }
        text(bytes: source[position...])
    }
}

extension SyntaxToken.Kind {
    /// The class of a token in the page; `nil` for what has the color of plain code.
    package var style: String? {
        switch self {
        case .keyword: "k"
        case .type: "t"
        case .identifier: nil
        case .number: "n"
        case .string: "s"
        case .comment: "c"
        case .attribute: "a"
        case .operator: nil
        }
    }
}
