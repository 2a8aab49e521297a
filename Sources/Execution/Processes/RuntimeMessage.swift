/// The message of Swift's runtime on standard error, with which a process stopped.
package struct RuntimeMessage: Sendable {
    /// The sentence: what follows `Fatal error: ` and its like.
    package var message: String?
    /// The file that stands before the sentence, and its line.
    package var place: (file: String, line: Int)?
    /// The text before all of that: the process's own.
    package var before: String

    /// Finds the runtime's sentence among everything that the process wrote.
    package init(_ text: String) {
        // Behind them the runtime says what it does about the crash; among that, which threads it could not suspend.
        let ends = ["\n*** Signal ", "\nswift-runtime: failed to suspend thread "]
        var words = text[..<(ends.compactMap { text.firstRange(of: $0)?.lowerBound }.min() ?? text.endIndex)]
        // A debug build of the library adds a line of its own where it stops after the runtime's words.
        if let own = words.firstRange(of: "Notebook/Refusals.swift:"), words[own.upperBound...].hasBareEnd {
            words = words[..<own.lowerBound]
        }
        let kinds = ["Fatal error", "Precondition failed", "Assertion failed"]
        let last = kinds.compactMap { words.ranges(of: $0).last }.max { $0.lowerBound < $1.lowerBound }
        guard let last else {
            let complaint = RuntimeMessage.complaint(in: words)
            message = complaint?.message
            before = String(words[..<(complaint?.start ?? words.endIndex)])
            return
        }
        let sentence = words[last.upperBound...].drop { $0 == ":" || $0 == " " }
        message = RuntimeMessage.withoutModule(
            String(sentence.allSatisfy(\.isNewline) ? words[last] : sentence)
        )
        let line =
            words[..<last.lowerBound].split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
        before = String(words[..<line.startIndex])
        let parts = line.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count >= 3, let number = Int(parts[parts.count - 2]) {
            place = (parts.dropLast(2).joined(separator: ":"), number)
        }
    }

    /// Returns the message where the runtime does not call it a fatal error; without addresses, which differ each time.
    private static func complaint(in words: Substring) -> (message: String, start: String.Index)? {
        if let cast = words.firstRange(of: "Could not cast value of type ") {
            let line = words[cast.lowerBound...].prefix { $0 != "\n" }.replacing(
                /\s\(0x[0-9a-f]+\)/,
                with: ""
            )
            return (String(line.hasSuffix(".") ? line.dropLast() : line), cast.lowerBound)
        }
        if let conflict = words.firstRange(of: "Fatal access conflict detected") {
            return (
                "overlapping accesses: a variable is changed while it is being read or changed elsewhere",
                (words.firstRange(of: "Simultaneous accesses to ") ?? conflict).lowerBound
            )
        }
        return nil
    }

    /// Returns the sentence with the lesson's own types as the lesson writes them, `E` for `main.E`.
    private static func withoutModule(_ sentence: String) -> String {
        var sentence = sentence.replacing(/\bmain\./, with: "")
        while sentence.last?.isNewline == true { sentence.removeLast() }
        return sentence
    }
}

extension Substring {
    /// Whether it ends with a fatal error of no words.
    fileprivate var hasBareEnd: Bool {
        split(separator: "\n").last.map { $0.hasSuffix("Fatal error: ") || $0.hasSuffix("Fatal error") }
            ?? false
    }
}
