public import Lessons
public import Records

/// A lesson together with what it showed when it was run: all that a page needs.
public struct FinishedLesson: Sendable, Hashable {
    /// The lesson as its author wrote it.
    public var lesson: Lesson
    /// What its cells showed.
    public var record: RunRecord
    /// The program that was compiled and run, for readers to take home.
    public var program: String?
    /// What is known of the code of its cells, by their names.
    public var notes: [String: CellNotes]

    /// Joins a lesson with the record of its run.
    public init(
        _ lesson: Lesson,
        _ record: RunRecord,
        program: String? = nil,
        notes: [String: CellNotes] = [:]
    ) {
        self.lesson = lesson
        self.record = record
        self.program = program
        self.notes = notes
    }
}

/// What computed the numbers of a site.
public struct Provenance: Sendable, Hashable {
    /// The engine and its version, such as `Recurrent 1.0`.
    public var engine: String
    /// The compiler and its version, such as `Swift 6.3.1`.
    public var compiler: String

    /// Names an engine and a compiler.
    public init(engine: String, compiler: String) {
        self.engine = engine
        self.compiler = compiler
    }
}
