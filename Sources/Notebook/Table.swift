public import Records

/// A table that a cell shows.
public typealias Table = Records.Table

extension Table {
    /// A table of any values, each shown as its description.
    ///
    ///     Table(columns: ["epoch", "loss"], rows: [[1, 0.26], [20, 0.0019]])
    ///
    /// - Parameters:
    ///   - columns: The headings, one a column.
    ///   - rows: The rows.
    /// - Precondition: Each row has one value a column; otherwise the lesson stops at the caller's line.
    public init(columns: [String], rows: [[Any]], file: StaticString = #file, line: UInt = #line) {
        for (index, row) in rows.enumerated() where row.count != columns.count {
            fatalError(
                "Table row \(index + 1) has \(row.count) values: one for each of the \(columns.count) columns "
                    + "\(columns.joined(separator: ", ")) was expected",
                file: file,
                line: line
            )
        }
        self.init(columns: columns, rows: rows.map { $0.map(shortDescription) }, caption: nil)
    }
}
