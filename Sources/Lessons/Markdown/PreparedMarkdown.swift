/// The CommonMark that stands for a lesson's Markdown while it is parsed.
///
/// CommonMark knows nothing of footnotes, formulas and tables, and would take their signs for its own. So before it is
/// parsed, footnotes and the cells of tables move to the end of the text, as paragraphs and blocks of their own,
/// and formulas, references and tables leave a stand-in, which CommonMark takes for a word. `MarkdownAssembly` puts
/// everything back. A text that has none of these is left as it is.
struct PreparedMarkdown {
    /// The CommonMark source, with stand-ins in the place of extensions.
    var text: MarkdownText
    /// The inserts that its stand-ins stand for.
    private(set) var inserts: [Insert] = []
    /// The mistakes in what was replaced.
    var diagnostics: [Diagnostic] = []

    /// Prepares a text for CommonMark.
    static func prepare(_ text: MarkdownText) -> PreparedMarkdown {
        var prepared = PreparedMarkdown(text: text)
        prepared.moveFootnotes()
        prepared.replaceFormulas()
        prepared.moveTables()
        prepared.separateEmphasis()
        return prepared
    }

    /// Takes note of an insert.
    ///
    /// - Returns: Its stand-in.
    mutating func standIn(for insert: Insert) -> MarkdownText.Line {
        inserts.append(insert)
        return MarkdownText.Line(standIn: StandIn.text(inserts.count - 1), at: insert.location)
    }

    /// An extension that a stand-in stands for.
    enum Insert {
        /// A formula, and the text it was written as.
        case formula(TeX, isDisplayed: Bool, written: String, at: SourceLocation)
        /// A reference to a footnote.
        case reference(label: String, at: SourceLocation)
        /// The footnote that follows, at the end of the text.
        case footnote(label: String, at: SourceLocation)
        /// A table, whose cells follow at the end of the text.
        case table(alignments: [PipeTable.Alignment?], rows: Int, at: SourceLocation)
        /// The cell that follows, at the end of the text.
        case cell(table: Int, row: Int, column: Int, at: SourceLocation)

        /// The location at which it is written.
        var location: SourceLocation {
            switch self {
            case .formula(_, _, _, let location), .reference(_, let location), .footnote(_, let location),
                .table(_, _, let location), .cell(_, _, _, let location):
                location
            }
        }

        /// The text as its author wrote it, where it may stand in code or an address.
        var written: String {
            switch self {
            case .formula(_, _, let written, _): written
            case .reference(let label, _): "[^\(label)]"
            case .footnote, .table, .cell: ""
            }
        }
    }
}

/// The word that stands for an insert: its index between two control characters, which no lesson may hold.
enum StandIn {
    private static let opening: Character = "\u{2}"
    private static let closing: Character = "\u{3}"

    /// Whether a text may hold a stand-in: most do not.
    static func mayStand(in text: String) -> Bool { text.utf8.contains(2) }

    /// The stand-in of the insert of an index.
    static func text(_ index: Int) -> String { "\(opening)\(index)\(closing)" }

    /// A part of a text that holds stand-ins.
    enum Part {
        case text(String)
        case insert(Int)
    }

    /// Splits a text at its stand-ins.
    static func split(_ text: String) -> [Part] {
        guard mayStand(in: text) else { return [.text(text)] }
        var parts: [Part] = []
        var rest = text[...]
        while let start = rest.firstIndex(of: opening), let end = rest[start...].firstIndex(of: closing) {
            if start > rest.startIndex { parts.append(.text(String(rest[..<start]))) }
            if let index = Int(rest[start..<end].dropFirst()) { parts.append(.insert(index)) }
            rest = rest[end...].dropFirst()
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        return parts
    }
}
