package import Execution
package import Lessons

/// Something that happens while a project is built, checked or run, for those who watch.
package enum ProjectEvent: Sendable {
    /// Diagnostics that were not known before.
    case found([Diagnostic])
    /// Lessons of these slugs are run side by side from now on.
    case running([String])
    /// One of them goes on.
    case progress(LessonQueue.Progress)
    /// None of them runs any longer.
    case ran

    /// Hears of events, from any thread.
    package typealias Observer = @Sendable (ProjectEvent) -> Void
}
