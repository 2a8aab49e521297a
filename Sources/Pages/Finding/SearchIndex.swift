internal import Lessons
internal import Records
internal import Serialization

/// The index of a site's search: the sections of all pages, as a script, so that it loads from a folder, too.
package struct SearchIndex {
    /// The path of the script.
    package static let path = "search-index.js"
    private var lines: [String] = []

    /// Returns the index of a site.
    static func render(
        _ lessons: [FinishedLesson],
        _ outlines: [PageOutline],
        _ reference: Reference,
        in site: SiteContext
    ) -> SiteFile {
        var index = SearchIndex()
        index.add(lessons, outlines, site.references)
        index.add(site.glossary, title: site.wording.glossary)
        index.add(reference, title: site.wording.reference)
        return index.file
    }

    /// Adds lessons: the text before the first heading of each, and each section under a heading of its own.
    private mutating func add(
        _ lessons: [FinishedLesson],
        _ outlines: [PageOutline],
        _ references: CrossReferences
    ) {
        lines += Array(zip(lessons, outlines)).concurrentMap { lesson, outline in
            Self.entries(of: lesson, outline, references).map(\.compact)
        }.joined()
    }

    private static func entries(
        of finished: FinishedLesson,
        _ outline: PageOutline,
        _ references: CrossReferences
    ) -> [JSON] {
        let lesson = finished.lesson
        let plainText = PlainText(of: finished, references)
        let title = references.title(of: lesson).words
        var uses = FootnoteUses(of: lesson.document.footnotes)
        var entries: [JSON] = []
        func entry(_ id: String?, _ heading: Block?, _ blocks: [Block]) {
            var texts = [plainText.words(of: blocks)]
            texts += uses.new(in: [heading].compactMap(\.self) + blocks).map { note in
                plainText.words(of: lesson.document.footnotes[note].blocks)
            }
            if id == nil, let summary = references.summary(of: lesson) {
                texts.insert(summary.words, at: 0)
            }
            let address = lesson.path + (id.map { "#" + $0 } ?? "")
            let name = id.flatMap { references.pages[lesson.path]?[$0]?.words } ?? ""
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
    private mutating func add(_ glossary: Glossary, title: String) {
        for term in glossary.terms {
            add([
                .string("\(Glossary.path)#\(term.id)"), .string(title), .string(term.title.words),
                .string(term.meaning.words),
            ])
        }
    }

    /// Adds the symbols of a reference.
    private mutating func add(_ reference: Reference, title: String) {
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

    /// The script: one entry a line, of address, page, section and text.
    private var file: SiteFile {
        SiteFile(SearchIndex.path, "unrollSearch([\n\(lines.joined(separator: ",\n"))\n])\n")
    }
}

extension PlainText {
    /// Makes the renderer of a lesson's prose as plain words, with its values, references and captions.
    fileprivate init(of finished: FinishedLesson, _ references: CrossReferences) {
        let lesson = finished.lesson
        var context = ProseContext()
        context.page = lesson.path
        context.references = references
        context.values = finished.record.expressions
        self = context.plainText
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
