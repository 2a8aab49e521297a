package import Lessons

/// The diagnostics of one command so far, each once.
package struct DiagnosticLog: Sendable {
    /// The diagnostics.
    package private(set) var diagnostics: Set<Diagnostic> = []
    private let observe: ProjectEvent.Observer

    /// Begins a log of which every new diagnostic is told.
    package init(_ observe: @escaping ProjectEvent.Observer) {
        self.observe = observe
    }

    /// Adds diagnostics, and tells those that are new, in the order of their places.
    package mutating func add(_ new: [Diagnostic]) {
        let fresh = Set(new).subtracting(diagnostics).sorted { $0.location < $1.location }
        diagnostics.formUnion(fresh)
        if !fresh.isEmpty { observe(.found(fresh)) }
    }

    /// Whether one is an error: then the site must stay as it was.
    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    /// The diagnostics in the order of their places.
    package var sorted: [Diagnostic] { diagnostics.sorted { $0.location < $1.location } }
}
