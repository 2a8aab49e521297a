internal import Lessons
internal import Synchronization

/// The notes on the names of a library, which say the same in every program: SourceKit is asked for each once. It takes
/// up to some milliseconds to answer, and a course has thousands of names.
package final class LibraryNotes: Sendable {
    private struct State {
        var notes: [NameKey: NameNote] = [:]
        /// The number of those that are stored.
        var stored = 0
    }

    private let state: Mutex<State>

    /// Makes an empty collection of notes.
    package init() { state = Mutex(State()) }

    /// The note on a name, wherever it stood.
    subscript(key: NameKey) -> NameNote? {
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
        let pairs = zip(try values.decode([NameKey].self), try values.decode([NameNote].self))
        self.init()
        state.withLock { state in
            for (key, note) in pairs { state.notes[key] = note }
            state.stored = state.notes.count
        }
    }
}
