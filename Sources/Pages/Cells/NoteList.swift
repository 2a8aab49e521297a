internal import Lessons
internal import Serialization

/// The notes on the names of one page: each is written once, however often the name stands in the code.
///
/// They are a script of their own, which loads from a folder, too, and only when a reader asks for the first of them.
package struct NoteList {
    private var numbers: [Note: Int] = [:]
    private var notes: [Note] = []

    private struct Note: Hashable {
        var declaration: String
        var summary: String
        var address: String?
    }

    /// Whether the page has no note.
    var isEmpty: Bool { notes.isEmpty }

    /// Gives each name of a cell the number of its note.
    ///
    /// - Parameters:
    ///   - names: The names of the cell.
    ///   - addresses: The pages of the reference, by symbol.
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

    /// The path of the notes of a lesson.
    package static func path(_ slug: String) -> String { "notes/\(slug).js" }

    /// The script: one note a line, of declaration, summary and, for what has one, the page in the reference.
    func file(of slug: String) -> SiteFile {
        let lines = notes.map { note in
            JSON.array(
                [.string(note.declaration), .string(note.summary)]
                    + (note.address.map { [.string($0)] } ?? [])
            ).compact
        }
        return SiteFile(Self.path(slug), "unrollNotes([\n\(lines.joined(separator: ",\n"))\n])\n")
    }
}
