internal import Lessons
internal import Records

/// What the search of a site looks through: the sections of all pages, as a script, so that it loads from a folder too.
struct SearchIndex {
    /// The path of the script.
    static let path = "search-index.js"
    private var lines: [String] = []

    /// Adds lessons: what stands before the first heading of each, and each section under a heading of its own.
    mutating func add(_ lessons: [Lesson], _ outlines: [Outline]) {
        lines += Array(zip(lessons, outlines)).concurrentMap { lesson, outline in
            Self.entries(of: lesson, outline).map(\.compact)
        }.joined()
    }

    private static func entries(of lesson: Lesson, _ outline: Outline) -> [JSON] {
        var entries: [JSON] = []
        var blocks: [Block] = []
        var anchor = ""
        var title = ""
        func entry() -> JSON {
            let text =
                (anchor.isEmpty ? lesson.frontMatter.summary + " " : "")
                + PlainText.text(of: blocks)
            let address = anchor.isEmpty ? lesson.path : "\(lesson.path)#\(anchor)"
            return [.string(address), .string(lesson.frontMatter.title), .string(title), .string(text)]
        }
        for block in lesson.document.blocks {
            if case .heading(_, let inlines) = block.content, let id = outline.ids[block.location] {
                entries.append(entry())
                (blocks, anchor, title) = ([], id, Inline.plainText(inlines))
            } else {
                blocks.append(block)
            }
        }
        entries.append(entry())
        return entries
    }

    private mutating func add(_ entry: JSON) { lines.append(entry.compact) }

    /// Adds the terms of a glossary.
    mutating func add(_ glossary: Glossary, title: String) {
        for term in glossary.terms {
            add([
                .string("\(Glossary.path)#\(term.id)"), .string(title), .string(term.title),
                .string(term.meaning),
            ])
        }
    }

    /// Adds the symbols of a reference.
    mutating func add(_ reference: Reference, title: String) {
        for entry in reference.entries {
            let owner = entry.symbol == nil ? title : entry.title
            if let symbol = entry.symbol {
                add([
                    .string(entry.path), .string(title), .string(entry.title), .string(symbol.summary),
                ])
            }
            for member in entry.groups.flatMap(\.members) {
                add([
                    .string("\(entry.path)#\(member.id)"), .string(owner),
                    .string(member.symbol.title),
                    .string(member.symbol.summary),
                ])
            }
        }
    }

    private static let opening = "unrollSearch([\n"
    private static let separator = ",\n"
    private static let closing = "\n])\n"

    /// The script: one entry a line, of address, page, section and text.
    var file: SiteFile { Self.file(of: lines) }

    private static func file(of lines: [String]) -> SiteFile {
        SiteFile(path, opening + lines.joined(separator: separator) + closing)
    }

    /// The script of an earlier index with the entries of a lesson as they are now; `nil` for a script that is none, or
    /// does not know the lesson.
    static func replacing(_ lesson: Lesson, _ outline: Outline, in file: SiteFile) -> SiteFile? {
        let text = file.contents
        guard text.starts(with: opening.utf8), text.reversed().starts(with: closing.utf8.reversed()) else {
            return nil
        }
        let body = text.dropFirst(opening.utf8.count).dropLast(closing.utf8.count)
        var lines = body.split(separator: UInt8(ascii: "\n")).map { line in
            String(decoding: line.last == UInt8(ascii: ",") ? line.dropLast() : line, as: UTF8.self)
        }
        let address = JSON.string(lesson.path).compact.dropLast()
        let starts = ["[\(address)\"", "[\(address)#"]
        func isOwn(_ line: String) -> Bool { starts.contains { line.utf8.starts(with: $0.utf8) } }
        guard let first = lines.firstIndex(where: isOwn) else { return nil }
        lines.removeAll(where: isOwn)
        lines.insert(contentsOf: entries(of: lesson, outline).map(\.compact), at: first)
        return Self.file(of: lines)
    }
}
