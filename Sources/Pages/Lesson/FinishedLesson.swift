public import Lessons
public import Records

/// A lesson with the record of its run: all that a page needs.
public struct FinishedLesson: Sendable, Equatable {
    /// The lesson as its author wrote it.
    public var lesson: Lesson
    /// The outputs of its cells.
    public var record: RunRecord
    /// The program that was compiled and run, for readers to take home.
    public var program: String?
    /// The notes on the code of its cells, by their names.
    public var notes: [String: CellNotes]
    /// The program of its live cells; `nil` where none runs in the page.
    public var live: LiveModule?

    /// Joins a lesson with the record of its run.
    public init(
        _ lesson: Lesson,
        _ record: RunRecord,
        program: String? = nil,
        notes: [String: CellNotes] = [:],
        live: LiveModule? = nil
    ) {
        self.lesson = lesson
        self.record = record
        self.program = program
        self.notes = notes
        self.live = live
    }
}

/// The program of a lesson's live cells, as far as a page knows it.
public struct LiveModule: Sendable, Equatable {
    /// The key that page and program must agree on.
    public var key: String
    /// The names of the cells that it runs, in its order.
    public var cells: [String]

    /// Names a program.
    public init(key: String, cells: [String]) {
        self.key = key
        self.cells = cells
    }
}

/// The engine and the compiler that computed the numbers of a site.
public struct Provenance: Sendable, Equatable {
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
