import Foundation

/// A lesson's text before and after an edit.
struct GeneratedEdit: CustomStringConvertible {
    /// What sort of edit.
    var kind: String
    var before: String
    var after: String

    /// The lines that differ.
    var description: String {
        let lines = [before, after].map { $0.split(separator: "\n", omittingEmptySubsequences: false) }
        let same = zip(lines[0], lines[1]).prefix { $0.utf8.elementsEqual($1.utf8) }.count
        let near = lines.map { $0.dropFirst(same).prefix(2).joined(separator: "⏎") }
        return "\(kind): \(near[0].debugDescription) → \(near[1].debugDescription)"
    }
}

/// Makes edits as authors do, and as they would not, at random places: it does not know what is a literal, a comment or
/// code, and so meets all of them. A seed makes the same edits each time.
struct EditGenerator: RandomNumberGenerator {
    private var random: SplitMix

    init(seed: UInt64) {
        random = SplitMix(seed: seed)
    }

    mutating func next() -> UInt64 { random.next() }

    /// The next edit that changes a text.
    mutating func edit() -> GeneratedEdit {
        while true {
            let before = EditGenerator.lessons.randomElement(using: &self)!
            let kind = EditGenerator.kinds.randomElement(using: &self)!
            var lines = before.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            kind.apply(&self, &lines)
            let after = lines.joined(separator: "\n")
            if !after.utf8.elementsEqual(before.utf8) {
                return GeneratedEdit(kind: kind.name, before: before, after: after)
            }
        }
    }

    // MARK: - Places

    /// The index of a line between fences.
    private mutating func codeLine(_ lines: [String]) -> Int {
        var isCode = false
        let code = lines.indices.filter { index in
            if lines[index].contains("```") {
                isCode.toggle()
                return false
            }
            return isCode
        }
        return code.randomElement(using: &self)!
    }

    /// Puts a text in the place of one of the matches in some line of code.
    private mutating func replace(
        _ matches: (String) -> [Range<String.Index>],
        with text: (Substring) -> String,
        in lines: inout [String]
    ) {
        let line = codeLine(lines)
        guard let range = matches(lines[line]).randomElement(using: &self) else { return }
        lines[line].replaceSubrange(range, with: text(lines[line][range]))
    }

    private mutating func replace(_ old: String, with new: String, in lines: inout [String]) {
        replace({ $0.ranges(of: old) }, with: { _ in new }, in: &lines)
    }

    /// Puts a text between two characters of some line of code.
    private mutating func insert(_ text: String, in lines: inout [String]) {
        replace({ line in line.indices.map { $0..<$0 } }, with: { _ in text }, in: &lines)
    }

    // MARK: - Kinds

    private struct Kind: Sendable {
        var name: String
        var apply: @Sendable (inout EditGenerator, inout [String]) -> Void
    }

    private static let kinds: [Kind] = [
        Kind(name: "wider blank") { $0.replace(" ", with: "  ", in: &$1) },
        Kind(name: "wider blank") { $0.replace(" ", with: "   ", in: &$1) },
        Kind(name: "blank gone") { $0.replace(" ", with: "", in: &$1) },
        Kind(name: "blank gone of two") { $0.replace("  ", with: " ", in: &$1) },
        Kind(name: "blank anywhere") { $0.insert(" ", in: &$1) },
        Kind(name: "tab") { $0.replace(" ", with: "\t", in: &$1) },
        Kind(name: "blank of another sort") {
            $0.replace(" ", with: ["\u{A0}", "\u{2009}", "\u{200B}"].randomElement(using: &$0)!, in: &$1)
        },
        Kind(name: "line broken") { $0.replace(" ", with: "\n", in: &$1) },
        Kind(name: "lines joined") { generator, lines in
            let line = generator.codeLine(lines)
            guard !lines[line + 1].contains("```") else { return }
            lines[line] += " " + lines.remove(at: line + 1)
        },
        Kind(name: "blank line") { generator, lines in lines.insert("", at: generator.codeLine(lines)) },
        Kind(name: "indentation") { generator, lines in
            let line = generator.codeLine(lines)
            let isLess = lines[line].hasPrefix("  ") && Bool.random(using: &generator)
            lines[line] = isLess ? String(lines[line].dropFirst(2)) : "  " + lines[line]
        },
        Kind(name: "comment for a blank") { $0.replace(" ", with: " /* so */ ", in: &$1) },
        Kind(name: "comment anywhere") { $0.insert("/* so\nand /* so */ */", in: &$1) },
        Kind(name: "comment anywhere") { $0.insert("/**/", in: &$1) },
        Kind(name: "comment at the end") { generator, lines in lines[generator.codeLine(lines)] += " // so" },
        Kind(name: "line of comment") { generator, lines in
            let text = ["// so", "/// so", "    // \"so", "/* so */"].randomElement(using: &generator)!
            lines.insert(text, at: generator.codeLine(lines))
        },
        Kind(name: "comment's words") {
            $0.replace({ $0.ranges(of: /\/[\/*] [a-z]+/) }, with: { "\($0)s" }, in: &$1)
        },
        Kind(name: "comment gone") { $0.replace({ $0.ranges(of: #/ *//.*$/#) }, with: { _ in "" }, in: &$1) },
        Kind(name: "comment gone") {
            $0.replace({ $0.ranges(of: #//\*.*?\*//#) }, with: { _ in "" }, in: &$1)
        },
        Kind(name: "another character") { generator, lines in
            let other = "0123456789".randomElement(using: &generator)!
            generator.replace({ $0.ranges(of: /[0-9]/) }, with: { _ in String(other) }, in: &lines)
        },
        Kind(name: "another character") { generator, lines in
            let other = "abcd/#\"\\".randomElement(using: &generator)!
            generator.replace({ $0.ranges(of: /[a-z]/) }, with: { _ in String(other) }, in: &lines)
        },
        Kind(name: "written otherwise") {
            $0.replace({ $0.ranges(of: /[0-9]\.[0-9]+/) }, with: { "\($0)0" }, in: &$1)
        },
        Kind(name: "written otherwise") {
            $0.replace(
                { $0.ranges(of: /[^\x00-\x7F]+/) },
                with: { $0.decomposedStringWithCanonicalMapping },
                in: &$1
            )
        },
        Kind(name: "another place") {
            let words = ["#line", "#column", "#fileID", "#function"]
            let word = words.randomElement(using: &$0)!
            $0.replace({ line in words.flatMap { line.ranges(of: $0) } }, with: { _ in word }, in: &$1)
        },
        Kind(name: "prose") { generator, lines in
            let blank = lines.indices.filter { index in
                lines[index].isEmpty && lines[..<index].count { $0.contains("```") }.isMultiple(of: 2)
            }
            lines.insert(contentsOf: ["", "More prose.", ""], at: blank.randomElement(using: &generator)!)
        },
        Kind(name: "cell moved to the right") { generator, lines in
            let fences = lines.indices.filter { lines[$0].hasPrefix("```") }
            let cell = Int.random(in: 0..<fences.count / 2, using: &generator) * 2
            for line in fences[cell]...fences[cell + 1] where !lines[line].isEmpty {
                lines[line] = "  " + lines[line]
            }
            lines.insert(contentsOf: ["- A list.", ""], at: fences[cell])
        },
    ]
}
