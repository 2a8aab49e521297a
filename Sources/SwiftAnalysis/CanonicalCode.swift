internal import Lessons

/// A piece of Swift without what the compiler passes over: what comments say, and how many blanks or line ends there are
/// where there is one.
///
/// Only what is known to lie between tokens is touched. What the parser gives no token for stays byte for byte, and so
/// does all of a code that it cannot read.
package struct CanonicalCode: Sendable {
    /// The code; two with one text do the same, as long as neither knows where it stands.
    package let text: String
    /// The knowledge that the code may come to have of where it, or other code of its program, stands.
    package let knowledge: PlaceKnowledge
    private let bytes: [UInt8]
    /// The offsets of its tokens; only the first where they are not certain.
    private let starts: [Int]

    /// Makes the canonical code of a piece.
    package init(of piece: ParsedCode) {
        let (code, syntax) = (piece.text, piece.syntax)
        bytes = Array(code.utf8)
        knowledge = syntax.knowledge(in: bytes)
        guard syntax.isCertain(of: bytes) else {
            text = code
            starts = [0]
            return
        }
        var writer = CanonicalWriter()
        var position = 0
        for token in syntax.tokens {
            writer.write(between: bytes[position..<token.range.lowerBound])
            if token.kind == .comment {
                writer.skip(bytes[token.range])
            } else {
                writer.append(bytes[token.range])
            }
            position = token.range.upperBound
        }
        writer.write(between: bytes[position...])
        text = String(decoding: writer.bytes, as: UTF8.self)
        starts = writer.starts
    }

    /// The places of its tokens, as lines and bytes from the code's own start.
    package var places: [(line: Int, column: Int)] {
        var (line, lineStart, position) = (0, 0, 0)
        return starts.map { start in
            for index in position..<start where bytes[index] == UInt8(ascii: "\n") {
                (line, lineStart) = (line + 1, index + 1)
            }
            position = start
            return (line, start - lineStart)
        }
    }
}

/// The knowledge that code may come to have of where code stands.
package enum PlaceKnowledge: Int, Comparable, Sendable {
    /// Nothing.
    case nothing
    /// Files and lines.
    case lines
    /// Columns, too, and whatever else a macro may look at.
    case columns

    package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

private struct CanonicalWriter {
    private(set) var bytes: [UInt8] = []
    /// The offsets of what was written.
    private(set) var starts: [Int] = []
    /// The blank or the line end that stands for all that were skipped since the last byte.
    private var separator: UInt8?

    private static let newline = UInt8(ascii: "\n")
    /// For each byte, whether it is a token, or a part of one, wherever it stands without a token of the parser's.
    private static let isPunctuation: [Bool] = {
        let known = "()[]{}<>,;:.=?!&-".utf8
        return (0...UInt8.max).map { known.contains($0) }
    }()

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == newline
    }

    mutating func append(_ token: ArraySlice<UInt8>) {
        // Before the first token and after the last, blanks mean nothing.
        if let separator, !bytes.isEmpty { bytes.append(separator) }
        separator = nil
        starts.append(token.startIndex)
        bytes += token
    }

    /// Takes a comment or blanks for one blank, or for one line end if it goes over lines.
    mutating func skip(_ trivia: ArraySlice<UInt8>) {
        separator =
            separator == Self.newline || trivia.contains(Self.newline) ? Self.newline : UInt8(ascii: " ")
    }

    /// Writes what stands between two tokens, or before or after all of them.
    mutating func write(between gap: ArraySlice<UInt8>) {
        func isUnknown(_ byte: UInt8) -> Bool { !Self.isBlank(byte) && !Self.isPunctuation[Int(byte)] }
        guard let first = gap.firstIndex(where: isUnknown), let last = gap.lastIndex(where: isUnknown) else {
            return writePunctuation(gap)
        }
        writePunctuation(gap[..<first])
        append(gap[first...last])
        writePunctuation(gap[(last + 1)...])
    }

    private mutating func writePunctuation(_ gap: ArraySlice<UInt8>) {
        for index in gap.indices {
            if Self.isBlank(gap[index]) {
                skip(gap[index...index])
            } else {
                append(gap[index...index])
            }
        }
    }
}

extension Syntax {
    /// Whether the tokens are the compiler's.
    fileprivate func isCertain(of code: [UInt8]) -> Bool {
        let ends = [0] + tokens.map(\.range.upperBound)
        let isInOrder = zip(ends, tokens).allSatisfy { $0 <= $1.range.lowerBound } && ends.last! <= code.count
        return problems.isEmpty && isInOrder && !tokens.contains { isRegexElsewhere($0, in: code) }
    }

    /// Whether an operator would begin a regular expression in Swift 6; the parser reads Swift 5 whatever it is told.
    private func isRegexElsewhere(_ token: SyntaxToken, in code: [UInt8]) -> Bool {
        guard token.kind == .operator, code[token.range].contains(UInt8(ascii: "/")) else { return false }
        let before = code[..<token.range.lowerBound].last.map { " \t\n([{,;:=".utf8.contains($0) } ?? true
        let after = code[token.range.upperBound...].first.map { " \t\n".utf8.contains($0) } ?? true
        return before && !after
    }

    /// The words that begin with `#`, with what they tell; a macro may look at all that there is to know.
    private static let words: [String: PlaceKnowledge] = {
        let discreet = [
            "#if", "#elseif", "#else", "#endif", "#available", "#unavailable", "#selector", "#keyPath",
            "#function", "#isolation", "#warning", "#error",
        ]
        let telling = ["#line", "#file", "#fileID", "#filePath"]
        return Dictionary(
            uniqueKeysWithValues: discreet.map { ($0, .nothing) } + telling.map { ($0, .lines) }
        )
    }()

    /// The modules of which no function shows where it was called from.
    private static let discreet: Set = [
        "Swift", "Foundation", "FoundationEssentials", "FoundationInternationalization",
        "FoundationNetworking", "FoundationXML", "Dispatch", "Synchronization", "RegexBuilder", "Observation",
        "Glibc", "Musl", "Darwin", "Notebook", "Recurrent", "Charting",
    ]

    /// The knowledge that the code gets by naming a line, column or file, by a macro, or by functions of a module that may take
    /// their caller's place as a default argument.
    fileprivate func knowledge(in code: [UInt8]) -> PlaceKnowledge {
        func text(_ token: SyntaxToken) -> String { String(decoding: code[token.range], as: UTF8.self) }
        return tokens.indices.map { index in
            let token = tokens[index]
            switch token.kind {
            case .comment, .string: return .nothing
            case .attribute where code[token.range].first == UInt8(ascii: "#"):
                return Syntax.words[text(token)] ?? .columns
            case .keyword where text(token) == "import":
                let module = tokens[index...].first { $0.kind == .identifier || $0.kind == .type }
                let isDiscreet = module.map { Syntax.discreet.contains(text($0)) } ?? false
                return isDiscreet ? .nothing : .columns
            default:
                return code[..<token.range.lowerBound].last == UInt8(ascii: "#") ? .columns : .nothing
            }
        }.max() ?? .nothing
    }
}
