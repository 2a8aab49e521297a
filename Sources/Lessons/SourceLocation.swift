/// A place in a file that a person wrote.
///
/// Lines and columns count from 1; a column counts UTF-8 bytes, as the Swift compiler's do. People read
/// `Diagnostic.place`, which counts characters.
public struct SourceLocation: Sendable, Hashable, Comparable, Codable {
    /// The file as the author would name it, such as `lessons/05-sine-wave.md`.
    public var file: String

    /// The line, from 1; `nil` when the whole file is meant.
    public var line: Int?

    /// The column in UTF-8 bytes, from 1; `nil` when the whole line is meant.
    public var column: Int?

    /// Makes a place; leave out `line` for the whole file, `column` for the whole line.
    public init(file: String, line: Int? = nil, column: Int? = nil) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// Orders by file, then line, then column; a whole file comes before its lines.
    public static func < (a: SourceLocation, b: SourceLocation) -> Bool {
        (a.file, a.line ?? 0, a.column ?? 0) < (b.file, b.line ?? 0, b.column ?? 0)
    }
}

extension SourceLocation: CustomStringConvertible {
    /// `file:line:column`, as far as they are known, with the column in bytes.
    public var description: String {
        [file, line.map(String.init), column.map(String.init)].compactMap(\.self).joined(separator: ":")
    }
}
