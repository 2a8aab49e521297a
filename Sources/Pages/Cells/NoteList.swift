internal import Lessons
internal import Serialization

/// The notes on the names in the code of one page, each once.
///
/// They are a script of their own, which loads from a folder, too, and only when a reader asks for the first of them.
struct NoteList {
    private var numbers: [Note: Int] = [:]
    private var notes: [Note] = []

    private struct Note: Hashable {
        var declaration: String
        var summary: String
        var address: String?
    }

    /// Returns the number of the note on each name of a cell.
    ///
    /// - Parameters:
    ///   - names: The names of the cell.
    ///   - addresses: The addresses in the reference, by symbol.
    mutating func numbers(of names: [NameNote], addresses: [String: String]) -> [Range<Int>: Int] {
        var numbers: [Range<Int>: Int] = [:]
        for name in names {
            let note = Note(
                declaration: name.declaration,
                summary: name.summary,
                address: name.symbol.flatMap { addresses[$0] }
            )
            numbers[name.range] = number(of: note)
        }
        return numbers
    }

    private mutating func number(of note: Note) -> Int {
        if let number = numbers[note] { return number }
        numbers[note] = notes.count
        notes.append(note)
        return notes.count - 1
    }

    /// Returns the script: one note a line, of declaration, summary and, if there is one, address in the reference; `nil`
    /// without notes.
    ///
    /// - Parameters:
    ///   - path: The path of the script.
    ///   - page: The path of the page that loads it.
    func file(at path: String, for page: String) -> SiteFile? {
        if notes.isEmpty { return nil }
        let lines = notes.map { note in
            JSON.array(
                [.string(note.declaration), .string(note.summary)]
                    + (note.address.map { [.string(RelativePath.written($0, from: page))] } ?? [])
            ).compact
        }
        return SiteFile(path, "unrollNotes([\n\(lines.joined(separator: ",\n"))\n])\n")
    }
}
