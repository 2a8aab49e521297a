/// A folder that a file of an author names, with the place where it does so.
package struct NamedFolder: Sendable, Hashable {
    /// The path, from the folder of that file.
    package let path: String
    /// The place of the path in that file.
    package let location: SourceLocation
    /// The line of that file, for display.
    private let sourceLine: String?

    /// Makes a named folder.
    package init(path: String, location: SourceLocation, sourceLine: String? = nil) {
        (self.path, self.location, self.sourceLine) = (path, location, sourceLine)
    }

    /// Returns an error at the place where the folder is named.
    package func error(_ message: String, hint: String? = nil) -> Diagnostic {
        Diagnostic(.error, .settings, at: location, message, hint: hint, sourceLine: sourceLine)
    }
}
