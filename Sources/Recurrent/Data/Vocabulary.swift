/// Words and their numbers.
///
/// Words are numbered in the order in which they first appear, after padding and unknown.
///
///     let vocabulary = Vocabulary(["the sea is calm", "the wind is up"].map(Vocabulary.words(of:)))
///     vocabulary.encode(["the", "wind"])          // [2, 6]
///     vocabulary.decode([2, 3])                   // ["the", "sea"]
public struct Vocabulary: Equatable, Sendable {
    /// The words; each one's index is its number.
    public let words: [String]
    /// The number of the word that fills up short sentences; nil without one.
    public let paddingIndex: Int?
    /// The number of the word that stands for words that are not there; nil without one.
    public let unknownIndex: Int?

    private let numbers: [String: Int]

    /// Numbers the words of some sentences.
    ///
    /// - Parameters:
    ///   - sentences: Each the words of a sentence.
    ///   - minimumCount: Words that appear less often are left out.
    ///   - padding: The word that fills up short sentences, number 0; nil for none.
    ///   - unknown: The word that stands for words that are not there; nil for none.
    ///   - special: Further words that are numbered before those of the sentences, such as marks of their beginning and end.
    public init(
        _ sentences: [[String]],
        minimumCount: Int = 1,
        padding: String? = "<pad>",
        unknown: String? = "<unk>",
        special: [String] = []
    ) {
        var counts: [String: Int] = [:]
        var order: [String] = []
        for word in sentences.joined() {
            counts[word, default: 0] += 1
            if counts[word] == 1 { order.append(word) }
        }
        let first = [padding, unknown].compactMap { $0 }
        let special = first + special
        words = special + order.filter { !special.contains($0) && counts[$0, default: 0] >= minimumCount }
        paddingIndex = padding == nil ? nil : 0
        unknownIndex = unknown == nil ? nil : first.count - 1
        var numbers: [String: Int] = [:]
        for (number, word) in words.enumerated() where numbers[word] == nil { numbers[word] = number }
        self.numbers = numbers
    }

    /// The number of words, padding and unknown included.
    public var count: Int { words.count }

    /// The number of a word; that of unknown, or nil, if it is not there.
    public subscript(word: String) -> Int? { numbers[word] ?? unknownIndex }

    /// The numbers of a sentence's words.
    ///
    /// - Precondition: every word is there, or there is a number for unknown ones.
    public func encode(_ sentence: [String], file: StaticString = #filePath, line: UInt = #line) -> [Int] {
        sentence.map { word in
            guard let number = self[word] else {
                stop(
                    "Vocabulary.encode: the word \"\(word)\" is not among the \(count) words, and there is no "
                        + "number for unknown ones. Pass unknown: \"<unk>\" when making the vocabulary.",
                    file: file,
                    line: line
                )
            }
            return number
        }
    }

    /// The words with the given numbers.
    ///
    /// - Precondition: every number is one of the vocabulary's.
    public func decode(_ numbers: [Int], file: StaticString = #filePath, line: UInt = #line) -> [String] {
        numbers.map { number in
            require(
                words.indices.contains(number),
                "Vocabulary.decode: the number \(number) is none of the \(count) words'; they run from 0 to "
                    + "\(count - 1).",
                file: file,
                line: line
            )
            return words[number]
        }
    }

    /// The words of a text: the pieces between white space, in lower case, without punctuation around them.
    ///
    ///     Vocabulary.words(of: "Don't stop, wind!")            // ["don't", "stop", "wind"]
    ///     Vocabulary.words(of: "我爱RNN，2021年也爱。")          // ["我", "爱", "rnn", "2021", "年", "也", "爱"]
    ///
    /// Chinese, Japanese, Thai, Lao, Khmer and Burmese have no white space between words; where those end needs a
    /// dictionary, or a model. So each of their characters is a word, as models of Chinese take them, but neighboring
    /// katakana are one, which mostly spell a name or a word from abroad. Letters and digits of other scripts between
    /// them are words as elsewhere.
    public static func words(of text: String) -> [String] {
        var words: [String] = []
        for piece in text.lowercased().split(whereSeparator: { $0.isWhitespace || $0.writing == .separator })
        {
            var rest = piece
            while let writing = rest.first?.writing {
                let run = writing == .alone ? rest.prefix(1) : rest.prefix { $0.writing == writing }
                rest = rest[run.endIndex...]
                let isWord = { (letter: Character) in letter.isLetter || letter.isNumber }
                guard let first = run.firstIndex(where: isWord), let last = run.lastIndex(where: isWord)
                else {
                    continue
                }
                words.append(String(run[first...last]))
            }
        }
        return words
    }
}

/// The way in which a character makes words.
private enum Writing {
    /// A word with others, up to the next white space.
    case spaced
    /// A word with others of its kind.
    case katakana
    /// A word of one character.
    case alone
    /// No word: a mark of punctuation after which nobody leaves white space.
    case separator
}

extension Character {
    /// The way in which the character makes words, by its first scalar.
    fileprivate var writing: Writing {
        switch unicodeScalars.first?.value ?? 0 {
        // Most texts have no other.
        case 0..<0x0E00: .spaced
        // Thai and Lao, Burmese, Khmer.
        case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF: .alone
        // 々 and 〇; hiragana; the letters of bopomofo.
        case 0x3005...0x3007, 0x3041...0x3096, 0x309D...0x309F, 0x3105...0x312F: .alone
        // Katakana with ー and ヽ, but not the dot between names; in half the width.
        case 0x30A1...0x30FA, 0x30FC...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F: .katakana
        // Han characters: the first of them with extension A, those for compatibility, extensions B and on.
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: .alone
        // 、 。 「 」 and the like, upright forms, and what stands in the width of a Han character: ， ！ （ ：
        case 0x3000...0x3004, 0x3008...0x3020, 0x3030, 0x303D, 0x30A0, 0x30FB, 0xFE10...0xFE19,
            0xFE30...0xFE6F,
            0xFF01...0xFF0F, 0xFF1A...0xFF20, 0xFF3B...0xFF40, 0xFF5B...0xFF65:
            .separator
        default: .spaced
        }
    }
}
