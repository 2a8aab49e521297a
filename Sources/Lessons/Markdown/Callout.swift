/// What a quote that starts with `[!WORD]` is.
public enum Callout: String, Sendable, Hashable, CaseIterable {
    /// Worth knowing, even when reading fast.
    case note
    /// Makes it easier.
    case tip
    /// Needed to succeed.
    case important
    /// Needs attention at once.
    case warning
    /// May do harm.
    case caution
    /// A task for the reader.
    case exercise
    /// What a task comes to; hidden until asked for.
    case solution
}
