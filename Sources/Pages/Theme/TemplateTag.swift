internal import Lessons

/// A tag of a Mustache template, with the tags between it and the one that closes it.
struct TemplateTag {
    /// The kind of a tag.
    enum Kind {
        /// An escaped value: `{{title}}`.
        case escaped
        /// A value as it is: `{{{body}}}` or `{{&body}}`.
        case raw
        /// A section: `{{#goals}}`.
        case section
        /// An inverted section: `{{^goals}}`.
        case inverted
        /// A partial: `{{>head}}`, or `{{<head}}` with blocks for it.
        case part
        /// A block: `{{$block}}`.
        case block
    }

    var kind: Kind
    /// The name between the braces, without transforms.
    var name: String
    /// The transforms of the value, outermost first, such as `first` in `{{#first(goals)}}`.
    var transforms: [String] = []
    /// The byte offset of the tag in the template.
    var offset: Int
    /// The tags up to the one that closes it.
    var inner: [TemplateTag] = []
}

/// A mistake in the syntax of a template.
struct TemplateProblem {
    /// The byte offset in the template.
    var offset: Int
    var message: String
    var hint: String
}

/// A parser of a template's tags, which reports those that cannot be meant, before Mustache parses the template.
struct TemplateReader {
    private var tags: [TemplateTag] = []
    private var problems: [TemplateProblem] = []

    /// An open section, with the name that must stand in the tag that closes it.
    private struct Open {
        var tag: TemplateTag
        var name: String
        var line: Int
    }

    private let text: [UInt8]
    private var index = 0
    private var delimiters = (open: Array("{{".utf8), close: Array("}}".utf8))
    private var open: [Open] = []

    private init(_ template: String) {
        text = Array(template.utf8)
    }

    /// Returns the outermost tags of a template, and its mistakes.
    static func parse(_ template: String) -> (tags: [TemplateTag], problems: [TemplateProblem]) {
        var reader = TemplateReader(template)
        while let start = reader.find(reader.delimiters.open) {
            reader.index = start + reader.delimiters.open.count
            guard reader.read(at: start) else { break }
        }
        // After a tag that never ends, it is unknown which sections are open.
        if reader.problems.isEmpty { reader.reportOpenSections() }
        return (reader.tags, reader.problems)
    }

    private mutating func reportOpenSections() {
        for section in open {
            report(
                section.tag.offset,
                "the section '\(section.name)' is never closed",
                "close it with \(written("/\(section.name)"))"
            )
        }
    }

    /// The offset of the next occurrence of a word.
    private func find(_ word: [UInt8]) -> Int? {
        guard index <= text.count - word.count else { return nil }
        return (index...text.count - word.count).first { text[$0...].starts(with: word) }
    }

    private mutating func report(_ offset: Int, _ message: String, _ hint: String) {
        problems.append(TemplateProblem(offset: offset, message: message, hint: hint))
    }

    /// A tag as it is written.
    private func written(_ content: String) -> String {
        String(decoding: delimiters.open + content.utf8 + delimiters.close, as: UTF8.self)
    }
}

// MARK: - One tag

extension TemplateReader {
    /// Reads the tag whose braces opened before the index.
    ///
    /// - Returns: Whether the tag has an end.
    private mutating func read(at start: Int) -> Bool {
        guard let end = find(delimiters.close) else {
            reportOpen(start)
            return false
        }
        let content = text[index..<end]
        if content.first != UInt8(ascii: "!"), let next = find(delimiters.open), next < end {
            reportOpen(start)
            index = next
            return true
        }
        index = end + delimiters.close.count
        let rest = content.dropFirst()
        switch content.first {
        case UInt8(ascii: "!"): break
        case UInt8(ascii: "%"): readSetting(rest, at: start)
        case UInt8(ascii: "="): setDelimiters(rest, at: start)
        case UInt8(ascii: "{"):
            guard index < text.count, text[index] == UInt8(ascii: "}") else {
                report(start, "three braces open this tag, and two close it", "close it with }}}")
                break
            }
            index += 1
            add(.raw, rest, at: start)
        case UInt8(ascii: "&"): add(.raw, rest, at: start)
        case UInt8(ascii: "#"): begin(.section, rest, at: start)
        case UInt8(ascii: "^"): begin(.inverted, rest, at: start)
        case UInt8(ascii: "$"): begin(.block, rest, at: start)
        case UInt8(ascii: "<"): begin(.part, rest, at: start)
        case UInt8(ascii: ">"): add(.part, rest, at: start)
        case UInt8(ascii: "/"): finish(rest, at: start)
        default: add(.escaped, content, at: start)
        }
        return true
    }

    private mutating func reportOpen(_ start: Int) {
        let close = String(decoding: delimiters.close, as: UTF8.self)
        report(start, "this tag is never closed", "end it with \(close)")
    }

    /// `{{% CONTENT_TYPE: TEXT}}`: whether two braces make HTML of texts.
    private mutating func readSetting(_ content: ArraySlice<UInt8>, at start: Int) {
        let words = TemplateReader.trimmed(content).split(separator: ":").map { word in
            TemplateReader.trimmed(Array(word.utf8)[...])
        }
        guard words != ["CONTENT_TYPE", "HTML"], words != ["CONTENT_TYPE", "TEXT"] else { return }
        report(start, "this sets nothing that Mustache knows", "write {{% CONTENT_TYPE: HTML}}, or delete it")
    }

    /// `{{=<% %>=}}`: other braces from here on.
    private mutating func setDelimiters(_ content: ArraySlice<UInt8>, at start: Int) {
        let words = content.dropLast(content.last == UInt8(ascii: "=") ? 1 : 0).split {
            $0 == 0x20 || $0 == 0x09
        }
        guard words.count == 2, content.last == UInt8(ascii: "=") else {
            return report(start, "this sets no braces", "write {{=<% %>=}}, say")
        }
        delimiters = (Array(words[0]), Array(words[1]))
    }

    private mutating func add(_ kind: TemplateTag.Kind, _ content: ArraySlice<UInt8>, at start: Int) {
        guard let tag = tag(kind, content, at: start) else { return }
        if open.isEmpty { tags.append(tag) } else { open[open.count - 1].tag.inner.append(tag) }
    }

    private mutating func begin(_ kind: TemplateTag.Kind, _ content: ArraySlice<UInt8>, at start: Int) {
        let name = TemplateReader.trimmed(content)
        // A section without a proper name is opened all the same, for the tag that closes it.
        let tag = tag(kind, content, at: start) ?? TemplateTag(kind: .block, name: name, offset: start)
        let line = SourceText.position(of: start, in: text).line
        open.append(Open(tag: tag, name: name, line: line))
    }

    private mutating func finish(_ content: ArraySlice<UInt8>, at start: Int) {
        let name = TemplateReader.trimmed(content)
        guard let last = open.last else {
            return report(
                start,
                "\(written("/\(name)")) closes a section that was never opened",
                "open it with \(written("#\(name)")), or delete this"
            )
        }
        guard last.name == name else {
            // The inner one was forgotten, or this one is misspelled.
            if let index = open.lastIndex(where: { $0.name == name }) { open.removeSubrange((index + 1)...) }
            report(
                start,
                "\(written("/\(name)")) stands where '\(last.name)' is open, since line \(last.line)",
                "write \(written("/\(last.name)")) before it"
            )
            return close()
        }
        close()
    }

    private mutating func close() {
        let tag = open.removeLast().tag
        if open.isEmpty { tags.append(tag) } else { open[open.count - 1].tag.inner.append(tag) }
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        let isBlank = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
        let text = bytes.drop(while: isBlank)
        return String(
            decoding: text.prefix(text.count - text.reversed().prefix(while: isBlank).count),
            as: UTF8.self
        )
    }

    /// A tag of this content; `nil` if that is no name.
    private mutating func tag(
        _ kind: TemplateTag.Kind,
        _ content: ArraySlice<UInt8>,
        at start: Int
    ) -> TemplateTag? {
        let written = TemplateReader.trimmed(content)
        guard !written.isEmpty else {
            report(start, "this tag names nothing", "name a field in it, or delete it")
            return nil
        }
        guard kind != .part || written.first != "*" else {
            let message = "a part is named in the template, not by what a field says"
            report(start, message, "write \(self.written(">head")), say")
            return nil
        }
        let parts = written.split(separator: "(", omittingEmptySubsequences: false)
        let name = parts.last?.prefix { $0 != ")" } ?? ""
        let isCall = parts.last?.dropFirst(name.count) == String(repeating: ")", count: parts.count - 1)[...]
        let names = parts.dropLast() + [name]
        let isName = names.allSatisfy { $0.utf8.allSatisfy { TemplateReader.mayStandInName($0, of: kind) } }
        guard isCall, isName, parts.count == 1 || parts.dropLast().allSatisfy({ !$0.isEmpty }) else {
            report(
                start,
                "'\(written)' is no name: one is made of a–z, A–Z, 0–9, _ and -",
                "write \(self.written("title")), say, with one name to a tag"
            )
            return nil
        }
        return TemplateTag(
            kind: kind,
            name: String(name),
            transforms: parts.dropLast().map(String.init),
            offset: start
        )
    }

    private static func mayStandInName(_ byte: UInt8, of kind: TemplateTag.Kind) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        case UInt8(ascii: "/"): kind == .part
        default: "._-?*".utf8.contains(byte)
        }
    }
}
