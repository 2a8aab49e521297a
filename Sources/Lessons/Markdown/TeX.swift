/// A formula as its author wrote it, with the location of each of its lines.
public struct TeX: Sendable, Equatable {
    /// The formula without its dollar signs.
    public var source: String
    /// The locations in the file at which the lines of `source` start.
    public var lines: [SourceLocation]

    /// Makes a formula.
    public init(_ source: String, lines: [SourceLocation]) {
        self.source = source
        self.lines = lines
    }

    /// The location in the file of a byte of `source`.
    public func location(ofByte offset: Int) -> SourceLocation {
        let (line, column) = SourceText.position(of: offset, in: source.utf8)
        guard var location = lines.indices.contains(line - 1) ? lines[line - 1] : lines.last else {
            return SourceLocation(file: "")
        }
        location.column = location.column.map { $0 + column - 1 }
        return location
    }
}
