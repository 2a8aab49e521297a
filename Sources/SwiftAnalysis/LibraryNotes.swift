internal import Lessons
internal import Synchronization

/// The notes on the names of a library, which say the same in every program: SourceKit is asked for each once. It takes
/// up to some milliseconds to answer, and a course has thousands of names.
package final class LibraryNotes: Sendable {
    /// What tells a library's declaration from all others. Overloads differ in their types or in the labels of their
    /// arguments.
    struct Key: Hashable, Codable {
        /// The compiler's options and the modules that are imported.
        var surroundings: [String]
        /// The name.
        var name: String
        /// The type of what it names; `nil` where a type is written.
        var type: String?
        /// The type of what stands before its dot.
        var baseType: String?
        /// The labels of the arguments behind it; `nil` without parentheses.
        var labels: [String]?
    }

    private struct State {
        var notes: [Key: NameNote] = [:]
        /// The number of those that are stored.
        var stored = 0
    }

    private let state: Mutex<State>

    /// Makes an empty collection of notes.
    package init() { state = Mutex(State()) }

    /// The note on a name, wherever it stood.
    subscript(key: Key) -> NameNote? {
        get { state.withLock { $0.notes[key] } }
        set { state.withLock { $0.notes[key] = newValue } }
    }

    /// Whether there are notes that were not there when it was made or this was asked last.
    package func hasGrown() -> Bool {
        state.withLock { state in
            defer { state.stored = state.notes.count }
            return state.notes.count > state.stored
        }
    }
}

extension LibraryNotes: Codable {
    /// Writes all notes.
    package func encode(to encoder: any Encoder) throws {
        var values = encoder.unkeyedContainer()
        let notes = state.withLock { $0.notes }
        try values.encode(Array(notes.keys))
        try values.encode(Array(notes.values))
    }

    /// Reads notes back.
    package convenience init(from decoder: any Decoder) throws {
        var values = try decoder.unkeyedContainer()
        let pairs = zip(try values.decode([Key].self), try values.decode([NameNote].self))
        self.init()
        state.withLock { state in
            for (key, note) in pairs { state.notes[key] = note }
            state.stored = state.notes.count
        }
    }
}
