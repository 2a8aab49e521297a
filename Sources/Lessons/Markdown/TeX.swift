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
        let before = source.utf8.prefix(offset)
        let line = before.count { $0 == 0x0A }
        guard var place = lines.indices.contains(line) ? lines[line] : lines.last else {
            return SourceLocation(file: "")
        }
        let start = before.lastIndex(of: 0x0A).map { before.index(after: $0) } ?? before.startIndex
        place.column = place.column.map { $0 + before.distance(from: start, to: before.endIndex) }
        return place
    }
}
