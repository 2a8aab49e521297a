/// A formula as its author wrote it, with the place of each of its lines.
public struct TeX: Sendable, Hashable {
    /// The formula without its dollar signs.
    public var source: String
    /// Where each line of `source` starts in the file.
    public var lines: [SourceLocation]

    /// Makes a formula.
    public init(_ source: String, lines: [SourceLocation]) {
        self.source = source
        self.lines = lines
    }

    /// The place in the file of a byte of `source`.
    public func location(ofByte offset: Int) -> SourceLocation {
        let (line, column) = SourceText.position(of: offset, in: source.utf8)
        guard var place = lines.indices.contains(line - 1) ? lines[line - 1] : lines.last else {
            return SourceLocation(file: "")
        }
        place.column = place.column.map { $0 + column - 1 }
        return place
    }
}
