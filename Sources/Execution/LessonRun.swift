public import Lessons
public import Records

/// The outcome of compiling and running a lesson.
public struct LessonRun: Sendable, Equatable {
    /// The record; `nil` unless the lesson came to its end.
    public var record: RunRecord?
    /// The record until it stopped; `nil` when it came to its end, or did not begin.
    public var partial: RunRecord?
    /// The program that was compiled; `nil` if its cells are no Swift.
    public var program: String?
    /// The program of its live cells that run in the page; `nil` without such, or without a record.
    public var live: LiveProgram?
    /// The values of its built cells.
    package var values = ShippedValues()
    /// The notes on the code of its cells, by their names.
    public var notes: [String: CellNotes] = [:]
    /// The diagnostics for its author: errors exactly when there is no record, and warnings.
    public var diagnostics: [Diagnostic]
    /// The time that it took, then or now; `nil` if it did not come to its end.
    public var cost: Cost?
    /// The key of the record.
    public var key: RunKey?
    /// Whether nothing was run: the record is that of an earlier run, or the lesson has no code.
    public var isCached = false
    /// Whether the record is that of the committed site, which another machine has made.
    public var isTrusted = false
    /// Whether the record is that of the shared cache, which another machine has made.
    public var isShared = false

    /// The time that a lesson took.
    public struct Cost: Sendable, Hashable, Codable {
        /// Until its program was there.
        public var compiling: Duration
        /// From then on.
        public var running: Duration

        /// Makes a cost.
        public init(compiling: Duration, running: Duration) {
            self.compiling = compiling
            self.running = running
        }

        /// All of it.
        public var total: Duration { compiling + running }
    }

    /// Makes the result of a run.
    public init(
        record: RunRecord? = nil,
        partial: RunRecord? = nil,
        program: String? = nil,
        diagnostics: [Diagnostic] = []
    ) {
        self.record = record
        self.partial = partial
        self.program = program
        self.diagnostics = diagnostics
    }
}

/// The progress of a lesson that runs.
public enum CellProgress: Sendable, Equatable {
    /// The cell of this name begins.
    case began(String)
    /// A cell has come to its end, and showed this.
    case ended(CellRecord)
}
