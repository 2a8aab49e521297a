public import Lessons
public import Records

/// What came of compiling and running a lesson.
public struct LessonRun: Sendable, Hashable {
    /// What the lesson showed; `nil` unless it came to its end.
    public var record: RunRecord?
    /// What it showed before it stopped; `nil` when it came to its end, or did not begin.
    public var partial: RunRecord?
    /// The program that was compiled; `nil` if its cells are no Swift.
    public var program: String?
    /// What is known of the code of its cells, by their names.
    public var notes: [String: CellNotes] = [:]
    /// What its author should know: errors exactly when there is no record, and warnings.
    public var diagnostics: [Diagnostic]
    /// How long it took, then or now; `nil` if it did not come to its end.
    public var cost: Cost?
    /// Whether nothing was run: the record is that of an earlier run, or the lesson has no code.
    public var isCached = false

    /// How long a lesson took.
    public struct Cost: Sendable, Hashable {
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
