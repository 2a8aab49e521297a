/// A lexer of TeX: commands, characters and the signs that TeX gives a meaning.
struct TeXLexer {
    /// A token of TeX.
    enum Token: Equatable {
        /// A command such as `\alpha`, `\,` or `\\`, without its backslash.
        case command(String)
        /// A character without meaning for TeX.
        case character(Character)
        /// The braces `{` and `}`.
        case open, close
        /// The signs `^`, `_` and `&`.
        case above, below, ampersand
    }

    private let source: [Character]
    /// The byte offsets of the characters, and that of the end.
    private let offsets: [Int]
    private var index = 0

    init(_ text: String) {
        source = Array(text)
        offsets = source.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.utf8.count) }
    }

    /// The byte offset of the next token.
    var offset: Int { offsets[index + blanks] }

    /// Returns the next token without consuming it.
    func peek() -> Token? {
        var copy = self
        return copy.next()
    }

    /// Consumes and returns the next token; blanks between tokens mean nothing.
    mutating func next() -> Token? {
        index += blanks
        guard index < source.count else { return nil }
        let character = source[index]
        index += 1
        switch character {
        case "\\": return .command(command())
        case "{": return .open
        case "}": return .close
        case "^": return .above
        case "_": return .below
        case "&": return .ampersand
        default: return .character(character)
        }
    }

    /// Consumes the next token if it is this one, and returns whether it was.
    mutating func take(_ token: Token) -> Bool {
        guard peek() == token else { return false }
        _ = next()
        return true
    }

    /// Consumes and returns the text up to the brace that closes the one just consumed; `nil` if none does.
    mutating func takeRaw() -> String? {
        var depth = 1
        var text = ""
        while index < source.count {
            let character = source[index]
            index += 1
            if character == "\\", index < source.count {
                if !"{}$%&#_ ".contains(source[index]) { text.append("\\") }
                text.append(source[index])
                index += 1
                continue
            }
            if character == "{" { depth += 1 }
            if character == "}" { depth -= 1 }
            if depth == 0 { return text }
            text.append(character)
        }
        return nil
    }

    private var blanks: Int { source[index...].prefix(while: \.isWhitespace).count }

    private mutating func command() -> String {
        let letters = source[index...].prefix { $0.isASCII && $0.isLetter }
        guard letters.isEmpty else {
            index += letters.count
            return String(letters)
        }
        guard index < source.count else { return "" }
        index += 1
        return source[index - 1].isWhitespace ? " " : String(source[index - 1])
    }
}
