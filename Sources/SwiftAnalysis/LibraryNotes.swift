internal import Lessons
internal import Synchronization

/// The notes on the names of libraries, which say the same in every program: SourceKit is asked for each once. It takes
/// a millisecond to answer, and a course has thousands of names.
package final class LibraryNotes: Sendable {
    /// What tells a library's declaration from all others. Overloads differ in their types or in the labels of their
    /// arguments.
    struct Key: Hashable {
        /// The compiler's options and the modules that are imported.
        var surroundings: [String]
        /// The name.
        var name: String
        /// The type of what it names, or of the call that it begins; `nil` where a type is written.
        var type: String?
        /// The type of what stands before its dot.
        var baseType: String?
        /// The labels of the arguments behind it; `nil` without parentheses.
        var labels: [String]?
    }

    private let notes = Mutex<[Key: NameNote]>([:])

    /// Makes an empty collection of notes.
    package init() {}

    /// The note on a name at a place, if it is known.
    func note(for key: Key, at range: Range<Int>) -> NameNote? {
        guard var note = notes.withLock({ $0[key] }) else { return nil }
        note.range = range
        return note
    }

    /// Keeps a note.
    func keep(_ note: NameNote, for key: Key) { notes.withLock { $0[key] = note } }
}
