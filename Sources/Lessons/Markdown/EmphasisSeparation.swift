extension PreparedMarkdown {
    /// Lets asterisks beside Chinese, Japanese and Korean mark what their author meant.
    ///
    /// CommonMark asks for a blank or punctuation outside of asterisks that have punctuation inside, which these
    /// languages do not leave: in `**中文（括号）**的` the second pair would close nothing. So a separator, which
    /// CommonMark takes for a letter, is put between asterisks and punctuation where the punctuation is one of these
    /// languages, or where one of their characters stands on the other side.
    mutating func separateEmphasis() {
        guard text.lines.contains(where: EmphasisSeparation.mayNeed) else { return }
        var offsets: [Int: [Int]] = [:]
        var last = 0
        for block in Outline.parse(text).blocks where block.lines.lowerBound > last {
            let run = TextRun(block, in: text)
            for index in EmphasisSeparation.separatorOffsets(in: run.bytes) {
                // Just after the byte before: the separator never begins a line.
                let position = run.position(of: index - 1)
                offsets[position.line, default: []].append(position.offset + 1)
            }
            last = run.lastLine
        }
        for (line, offsets) in offsets { text.lines[line - 1].separate(at: offsets) }
    }
}

extension MarkdownText.Line {
    fileprivate mutating func separate(at offsets: [Int]) {
        for offset in offsets.sorted().reversed() {
            bytes.insert(contentsOf: EmphasisSeparation.separator, at: offset)
            let length = EmphasisSeparation.separator.count
            let piece = pieces.lastIndex { $0.start <= offset } ?? 0
            for later in pieces.indices where later > piece { pieces[later].start += length }
            guard pieces.indices.contains(piece) else { continue }
            // What follows the separator stands where it stood.
            var rest = pieces[piece]
            rest.column += offset - rest.start
            rest.start = offset + length
            pieces.insert(rest, at: piece + 1)
        }
    }
}

/// The separator between asterisks and the punctuation of Chinese, Japanese and Korean.
enum EmphasisSeparation {
    /// U+FDD0 in UTF-8: a noncharacter, which no lesson may hold.
    fileprivate static let separator: [UInt8] = [0xEF, 0xB7, 0x90]

    /// Returns the text without separators.
    static func removed(from text: String) -> String {
        guard text.utf8.contains(separator[0]) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value != 0xFDD0 }))
    }

    fileprivate static func mayNeed(_ line: MarkdownText.Line) -> Bool {
        line.bytes.contains(UInt8(ascii: "*")) && line.bytes.contains { $0 >= 0xE1 }
    }

    /// The byte offsets in a block's text at which a separator is wanted.
    fileprivate static func separatorOffsets(in bytes: [UInt8]) -> [Int] {
        var offsets: [Int] = []
        var before: Unicode.Scalar?
        var index = 0
        var rest = Substring(String(decoding: bytes, as: UTF8.self)).unicodeScalars
        while let scalar = rest.first {
            guard scalar == "*" else {
                rest.removeFirst()
                index += UTF8.width(scalar)
                before = scalar
                // An escaped character is no mark.
                if scalar == "\\", let next = rest.first, next.isASCII {
                    rest.removeFirst()
                    index += 1
                    before = next == "*" ? "x" : next
                }
                continue
            }
            let start = index
            while rest.first == "*" {
                rest.removeFirst()
                index += 1
            }
            let after = rest.first
            if start > 0, wantsSeparator(on: before, across: after) { offsets.append(start) }
            if wantsSeparator(on: after, across: before) { offsets.append(index) }
            before = "*"
        }
        return offsets
    }

    /// Whether a separator is wanted between asterisks and their neighbor on one side.
    private static func wantsSeparator(on side: Unicode.Scalar?, across other: Unicode.Scalar?) -> Bool {
        guard let side, side.isPunctuation else { return false }
        return side.isEastAsian || other?.isEastAsian ?? false
    }
}

extension Unicode.Scalar {
    fileprivate var isPunctuation: Bool {
        switch properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation,
            .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
            true
        default: false
        }
    }

    /// Whether the scalar belongs to the writing of Chinese, Japanese or Korean, punctuation included.
    var isEastAsian: Bool {
        isWrittenWithoutBlanks || isHangul
    }

    private var isHangul: Bool {
        switch value {
        case 0x1100...0x11FF, 0x3130...0x318F, 0x3200...0x321E, 0x3260...0x327E, 0xA960...0xA97F,
            0xAC00...0xD7FF, 0xFFA0...0xFFDC:
            true
        default: false
        }
    }

    /// Whether the scalar belongs to Chinese or Japanese, which leave no blanks between words.
    var isWrittenWithoutBlanks: Bool {
        guard !isHangul else { return false }
        switch value {
        case 0x2E80...0x2FFF, 0x3001...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xF900...0xFAFF,
            0xFE10...0xFE1F, 0xFE30...0xFE4F, 0xFF01...0xFFEF, 0x1B000...0x1B16F, 0x1F200...0x1F2FF,
            0x20000...0x3FFFD:
            return true
        default: return false
        }
    }
}
