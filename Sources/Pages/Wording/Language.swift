/// The language of a site, as a tag such as `en`, `zh-Hans` or `ar` names it.
package struct Language: Sendable, Hashable {
    /// The tag.
    package let tag: String
    private let parts: [String]

    /// Takes a tag.
    package init(_ tag: String) {
        self.tag = tag
        parts = tag.lowercased().split(separator: "-").map(String.init)
    }

    /// Whether it is written from right to left: by its script, if the tag names one, else by the script that the
    /// language is mostly written in.
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

    /// The language of the words that pages have of their own.
    var spoken: Spoken {
        guard parts.first == "zh" else { return .english }
        return .chinese
    }

    /// A language in which pages speak.
    enum Spoken: String, CustomStringConvertible {
        case english = "en"
        case chinese = "zh-Hans"

        /// The language as English calls it.
        var description: String {
            switch self {
            case .english: "English"
            case .chinese: "Simplified Chinese"
            }
        }
    }

    /// Whether pages have words of their own in this language.
    package var isSpoken: Bool {
        switch spoken {
        case .english: parts.first == "en"
        case .chinese: !parts.contains { ["hant", "tw", "hk", "mo"].contains($0) }
        }
    }
}
