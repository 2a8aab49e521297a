internal import Lessons
internal import Records

/// The notes on the names of one page: each is written once, however often the name stands in the code.
struct NoteList {
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

    /// The notes as data that may stand in a `script` element.
    var json: String {
        let list = JSON.array(
            notes.map { note in
                .array(
                    [.string(note.declaration), .string(note.summary)]
                        + (note.address.map { [.string($0)] } ?? [])
                )
            }
        )
        return list.compact.split(separator: "<", omittingEmptySubsequences: false).joined(
            separator: "\\u003c"
        )
    }
}
