internal import Lessons
internal import Records
internal import Serialization

/// What the search of a site looks through: the sections of all pages, as a script, so that it loads from a folder too.
struct SearchIndex {
    /// The path of the script.
    static let path = "search-index.js"
    private var lines: [String] = []

    /// Adds lessons: what stands before the first heading of each, and each section under a heading of its own.
    mutating func add(_ lessons: [FinishedLesson], _ outlines: [Outline], _ names: Names) {
        lines += Array(zip(lessons, outlines)).concurrentMap { lesson, outline in
            Self.entries(of: lesson, outline, names).map(\.compact)
        }.joined()
    }

    private static func entries(of finished: FinishedLesson, _ outline: Outline, _ names: Names) -> [JSON] {
        let lesson = finished.lesson
        let plainText = PlainText(of: finished, names)
        let title = names.title(of: lesson).words
        var uses = FootnoteUses(of: lesson.document.footnotes)
        var entries: [JSON] = []
        func entry(_ id: String?, _ heading: Block?, _ blocks: [Block]) {
            var texts = [plainText.words(of: blocks)]
            texts += uses.new(in: [heading].compactMap(\.self) + blocks).map { note in
                plainText.words(of: lesson.document.footnotes[note].blocks)
            }
            if id == nil, let summary = names.summary(of: lesson) { texts.insert(summary.words, at: 0) }
            let address = lesson.path + (id.map { "#" + $0 } ?? "")
            let name = id.flatMap { names.pages[lesson.path]?[$0]?.words } ?? ""
            let text = texts.filter { !$0.isEmpty }.joined(separator: " ")
            entries.append([.string(address), .string(title), .string(name), .string(text)])
        }
        var blocks: [Block] = []
        var (id, heading): (String?, Block?)
        for block in lesson.document.blocks {
            if case .heading = block.content, let next = outline.ids[block.location] {
                entry(id, heading, blocks)
                (id, heading, blocks) = (next, block, [])
            } else {
                blocks.append(block)
            }
        }
        entry(id, heading, blocks)
        return entries
    }

    private mutating func add(_ entry: JSON) { lines.append(entry.compact) }

    /// Adds the terms of a glossary.
    mutating func add(_ glossary: Glossary, title: String) {
        for term in glossary.terms {
            add([
                .string("\(Glossary.path)#\(term.id)"), .string(title), .string(term.title.words),
                .string(term.meaning.words),
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
    static func replacing(
        _ lesson: FinishedLesson,
        _ outline: Outline,
        _ names: Names,
        in file: SiteFile
    ) -> SiteFile? {
        let text = file.contents
        guard text.starts(with: opening.utf8), text.reversed().starts(with: closing.utf8.reversed()) else {
            return nil
        }
        let body = text.dropFirst(opening.utf8.count).dropLast(closing.utf8.count)
        var lines = body.split(separator: UInt8(ascii: "\n")).map { line in
            String(decoding: line.last == UInt8(ascii: ",") ? line.dropLast() : line, as: UTF8.self)
        }
        let address = JSON.string(lesson.lesson.path).compact.dropLast()
        let starts = ["[\(address)\"", "[\(address)#"]
        func isOwn(_ line: String) -> Bool { starts.contains { line.utf8.starts(with: $0.utf8) } }
        guard let first = lines.firstIndex(where: isOwn) else { return nil }
        lines.removeAll(where: isOwn)
        lines.insert(contentsOf: entries(of: lesson, outline, names).map(\.compact), at: first)
        return Self.file(of: lines)
    }
}

extension PlainText {
    /// What makes plain words of a lesson, with what its page shows in it.
    fileprivate init(of finished: FinishedLesson, _ names: Names) {
        let lesson = finished.lesson
        var additions = ProseRenderer.Additions()
        additions.page = lesson.path
        additions.names = names
        additions.values = finished.record.expressions
        self = additions.plainText
        let records = Dictionary(finished.record.cells.map { ($0.name, $0.outputs) }) { first, _ in first }
        captions = { [plain = self] index in
            guard lesson.cells.indices.contains(index), case let cell = lesson.cells[index],
                !cell.options.isHidden, !cell.options.isQuiet
            else { return [] }
            return Caption.all(of: cell, records[cell.name] ?? []).compactMap { caption in
                caption.map { plain.words(of: $0.inlines) }
            }
        }
    }
}

/// Finds the footnotes that a text is the first to refer to.
private struct FootnoteUses: TreeRewriter {
    private let footnotes: [Footnote]
    private var known: Set<Int> = []
    private var found: [Int] = []

    init(of footnotes: [Footnote]) { self.footnotes = footnotes }

    mutating func new(in blocks: [Block]) -> [Int] {
        found = []
        _ = visit(blocks)
        return found
    }

    mutating func visit(_ inline: Inline) -> Inline {
        guard case .footnote(let index) = inline.content, footnotes.indices.contains(index),
            known.insert(index).inserted
        else { return descend(inline) }
        found.append(index)
        _ = visit(footnotes[index].blocks)
        return inline
    }
}
