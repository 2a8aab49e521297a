/// The language of a site, as a tag such as `en`, `zh-Hans` or `ar` names it.
package struct Language: Sendable, Equatable {
    /// The tag.
    package let tag: String
    private let parts: [String]

    /// Makes the language of a tag.
    package init(_ tag: String) {
        self.tag = tag
        parts = tag.lowercased().split(separator: "-").map(String.init)
    }

    /// Whether the language is written from right to left: by the script that the tag names, else by the usual one.
    package var isRightToLeft: Bool {
        if let script = parts.dropFirst().first(where: { $0.count == 4 && $0.allSatisfy(\.isLetter) }) {
            return [
                "adlm", "arab", "aran", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa",
                "yezi",
            ].contains(script)
        }
        return [
            "ar", "arc", "arz", "azb", "ckb", "dv", "fa", "glk", "he", "iw", "ji", "ks", "lrc", "mzn", "nqo",
            "pnb", "prs", "ps", "sd", "skr", "syr", "ug", "ur", "yi",
        ].contains(parts.first ?? "")
    }

    /// The language of the interface's words.
    var spoken: Spoken {
        guard parts.first == "zh" else { return .english }
        return .chinese
    }

    /// A language of which there are words.
    enum Spoken: String, CustomStringConvertible {
        case english = "en"
        case chinese = "zh-Hans"

        /// The English name of the language.
        var description: String {
            switch self {
            case .english: "English"
            case .chinese: "Simplified Chinese"
            }
        }
    }

    /// Whether there are words in this language.
    package var isSpoken: Bool {
        switch spoken {
        case .english: parts.first == "en"
        case .chinese: !parts.contains { ["hant", "tw", "hk", "mo"].contains($0) }
        }
    }
}
