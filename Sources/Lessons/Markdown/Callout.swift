/// The kind of a quote that starts with `[!WORD]`.
public enum Callout: String, Sendable, Hashable, CaseIterable {
    /// Worth knowing, even when reading fast.
    case note
    /// Makes it easier.
    case tip
    /// Needed to succeed.
    case important
    /// Needs attention at once.
    case warning
    /// May do harm.
    case caution
    /// A task for the reader.
    case exercise
    /// The answer to a task; hidden until asked for.
    case solution
}

/// The lines of a quote's first paragraph, of which the first is `[!WORD]` or `[!WORD] Title`.
struct CalloutLines {
    /// The word between the brackets.
    let word: String
    /// The location of the brackets.
    let location: SourceLocation
    /// The rest of their line.
    let title: [Inline]
    /// The lines below.
    let body: [Inline]

    /// Reads a paragraph; `nil` where no word stands in brackets before all else.
    init?(_ inlines: [Inline]) {
        guard let start = inlines.first, case .text(let text) = start.content, text.hasPrefix("[!"),
            let end = text.firstIndex(of: "]")
        else { return nil }
        word = String(text[..<end].dropFirst(2))
        location = start.location
        guard !word.isEmpty, word.allSatisfy({ $0.isLetter || $0 == "-" || $0 == "_" }) else { return nil }
        var lines = inlines
        lines[0].content = .text(String(text[end...].dropFirst().drop { $0 == " " }))
        let line = lines.firstIndex { $0.content == .softBreak || $0.content == .lineBreak }
        title = Array(lines[..<(line ?? lines.endIndex)]).trimmingBreaks()
        body = Array(lines[(line ?? lines.endIndex)...]).trimmingBreaks()
    }
}
