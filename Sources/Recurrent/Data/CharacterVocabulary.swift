extension Vocabulary {
    /// Numbers the characters of a text, in the order of their code points.
    ///
    ///     let letters = Vocabulary(charactersOf: "hello", special: ["<end>"])
    ///     letters.words                               // ["<end>", "e", "h", "l", "o"]
    ///     letters.encode(text: "hole")                // [2, 4, 3, 1]
    ///     letters.text(of: [2, 1, 3, 3, 4])           // "hello"
    ///
    /// A character is what a reader takes for one: "é", in one code point or two, or "👩‍🚀". Line breaks and blanks are
    /// characters, too.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - minimumCount: Characters that appear less often are left out.
    ///   - padding: The word that fills up short texts, number 0; nil for none.
    ///   - unknown: The word that stands for characters that are not there; nil for none.
    ///   - special: Further words that are numbered before the characters, such as marks of a text's beginning and end.
    public init(
        charactersOf text: String,
        minimumCount: Int = 1,
        padding: String? = nil,
        unknown: String? = nil,
        special: [String] = []
    ) {
        var counts: [String: Int] = [:]
        for character in text { counts[String(character), default: 0] += 1 }
        let characters = counts.keys.filter { counts[$0, default: 0] >= minimumCount }.sorted()
        self.init([characters], padding: padding, unknown: unknown, special: special)
    }

    /// The characters of a text, each as a word.
    public static func characters(of text: String) -> [String] { text.map { String($0) } }

    /// The numbers of a text's characters.
    ///
    /// - Precondition: every character is there, or there is a number for unknown ones.
    public func encode(text: String, file: StaticString = #filePath, line: UInt = #line) -> [Int] {
        encode(Vocabulary.characters(of: text), file: file, line: line)
    }

    /// The text of the characters with the given numbers; special words stand in it as they are called.
    ///
    /// - Precondition: every number is one of the vocabulary's.
    public func text(of numbers: [Int], file: StaticString = #filePath, line: UInt = #line) -> String {
        decode(numbers, file: file, line: line).joined()
    }
}
