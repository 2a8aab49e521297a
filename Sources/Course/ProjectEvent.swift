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
    /// The pages are written; these paths in the site changed. What readers of these lessons may move is still to be made.
    case written([String], live: [String])

    /// Hears of events, from any thread.
    package typealias Observer = @Sendable (ProjectEvent) -> Void
}
