/// A documentation comment of Swift, which is Markdown with lists of a set form.
public struct DocumentationComment: Sendable, Equatable {
    private let lines: [Substring]

    /// Reads a comment, given without its slashes.
    public init(_ text: String) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The first paragraph, as plain text; empty without one.
    public var summary: String {
        let paragraph = lines.drop { $0.allSatisfy(\.isWhitespace) }.prefix { line in
            !line.allSatisfy(\.isWhitespace) && !DocumentationComment.beginsItem(line)
        }
        return DocumentationComment.plain(paragraph)
    }

    /// The text after `- Shape:`; `nil` without it.
    public var shape: String? {
        guard let start = lines.firstIndex(where: { $0.trimmed.hasPrefix("- Shape:") }) else { return nil }
        let rest = lines[(start + 1)...].prefix { line in
            !line.allSatisfy(\.isWhitespace) && !DocumentationComment.beginsItem(line)
        }
        return DocumentationComment.plain([lines[start].trimmed.dropFirst("- Shape:".count)] + rest)
    }

    /// The comment as Markdown, with the keywords of its lists in bold and its parameters as code.
    public var markdown: String {
        lines.map(DocumentationComment.settingApart).joined(separator: "\n")
    }

    /// The line with its keyword in bold, as in `- **Shape:** …`, or as code for a parameter further in.
    private static func settingApart(_ line: Substring) -> String {
        let item = line.drop { $0 == " " }
        guard item.hasPrefix("- "), let colon = item.firstIndex(of: ":") else { return String(line) }
        let word = item[..<colon].dropFirst(2)
        let rest = item[colon...].dropFirst()
        let isWord = word.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
        guard isWord || word.hasPrefix("Parameter "), rest.isEmpty || rest.first == " " else {
            return String(line)
        }
        let isParameter = item.startIndex > line.startIndex && word.first?.isLowercase == true
        return line[..<item.startIndex] + (isParameter ? "- `\(word)`:" : "- **\(word):**") + rest
    }

    private static func beginsItem(_ line: Substring) -> Bool { line.trimmed.hasPrefix("- ") }

    private static func plain(_ lines: some Sequence<Substring>) -> String {
        let text = lines.map(\.trimmed).joined(separator: " ").replacing("`", with: "")
        let words = text.contains("*") ? text.replacing(#/\*(\w+)\*/#) { $0.1 } : text
        return String(words.drop { $0 == " " })
    }
}

extension Substring {
    /// The text without blanks at its ends.
    fileprivate var trimmed: Substring {
        let start = drop(while: \.isWhitespace)
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return start[...end]
    }
}
