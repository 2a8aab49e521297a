public import Lessons
public import Records

/// What came of compiling and running a lesson.
public struct LessonRun: Sendable, Hashable {
    /// What the lesson showed; `nil` unless it came to its end.
    public var record: RunRecord?
    /// What it showed before it stopped; `nil` when it came to its end, or did not begin.
    public var partial: RunRecord?
    /// What its author should know: errors exactly when there is no record, and warnings.
    public var diagnostics: [Diagnostic]

    /// Makes the result of a run.
    public init(record: RunRecord? = nil, partial: RunRecord? = nil, diagnostics: [Diagnostic] = []) {
        self.record = record
        self.partial = partial
        self.diagnostics = diagnostics
    }
}
