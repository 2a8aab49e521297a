/// Words and their numbers.
///
/// Words are numbered in the order in which they first appear, after padding and unknown.
///
///     let vocabulary = Vocabulary(["the sea is calm", "the wind is up"].map(Vocabulary.words(of:)))
///     vocabulary.encode(["the", "wind"])          // [2, 6]
///     vocabulary.decode([2, 3])                   // ["the", "sea"]
public struct Vocabulary: Equatable, Sendable {
    /// The words; each one's place is its number.
    public let words: [String]
    /// The number of what fills up short sentences; nil without.
    public let paddingIndex: Int?
    /// The number that stands for words that are not there; nil without.
    public let unknownIndex: Int?

    private let numbers: [String: Int]

    /// Numbers the words of some sentences.
    ///
    /// - Parameters:
    ///   - sentences: Each the words of a sentence.
    ///   - minimumCount: Words that appear less often are left out.
    ///   - padding: What fills up short sentences, number 0; nil for none.
    ///   - unknown: What stands for words that are not there; nil for none.
    public init(
        _ sentences: [[String]],
        minimumCount: Int = 1,
        padding: String? = "<pad>",
        unknown: String? = "<unk>"
    ) {
        var counts: [String: Int] = [:]
        var order: [String] = []
        for word in sentences.joined() {
            counts[word, default: 0] += 1
            if counts[word] == 1 { order.append(word) }
        }
        let special = [padding, unknown].compactMap { $0 }
        words = special + order.filter { !special.contains($0) && counts[$0, default: 0] >= minimumCount }
        paddingIndex = padding == nil ? nil : 0
        unknownIndex = unknown == nil ? nil : special.count - 1
        var numbers: [String: Int] = [:]
        for (number, word) in words.enumerated() where numbers[word] == nil { numbers[word] = number }
        self.numbers = numbers
    }

    /// How many words there are, padding and unknown included.
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

    /// The words of a text: what stands between white space, in lower case, without punctuation around.
    public static func words(of text: String) -> [String] {
        text.lowercased().split { $0.isWhitespace }.compactMap { piece in
            let isWord = { (letter: Character) in letter.isLetter || letter.isNumber }
            guard let first = piece.firstIndex(where: isWord), let last = piece.lastIndex(where: isWord)
            else {
                return nil
            }
            return String(piece[first...last])
        }
    }
}
