public import Records
internal import Recurrent

/// A table that a cell shows.
public typealias Table = Records.Table

extension Table {
    /// A table of values, each as `show` writes it.
    ///
    ///     Table(columns: ["epoch", "loss"], rows: [Row(1, 0.26), Row(20, 0.0019)])
    ///
    /// - Parameters:
    ///   - columns: The headings, one a column.
    ///   - rows: The rows.
    /// - Precondition: Each row has one value a column; otherwise the lesson stops at the caller's line.
    public init(columns: [String], rows: [Row], file: StaticString = #file, line: UInt = #line) {
        self.init(columns: columns, rows: rows.map { $0.texts }, file: file, line: line)
    }

    /// A table of texts.
    ///
    ///     Table(columns: ["sentence", "says"], rows: [["it was great", "friendly"], ["it was not", "unfriendly"]])
    ///
    /// - Parameters:
    ///   - columns: The headings, one a column.
    ///   - rows: The rows.
    /// - Precondition: Each row has one text a column; otherwise the lesson stops at the caller's line.
    public init(columns: [String], rows: [[String]], file: StaticString = #file, line: UInt = #line) {
        for (index, row) in rows.enumerated() {
            Recurrent.require(
                row.count == columns.count,
                "Table row \(index + 1) has \(row.count) values: one for each of the \(columns.count) columns "
                    + "\(columns.joined(separator: ", ")) was expected",
                file: file,
                line: line
            )
        }
        self.init(columns: columns, rows: rows, caption: nil)
    }
}
