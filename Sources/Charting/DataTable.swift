/// The values of a chart as a table: a column for each label, a row for each mark.
package struct DataTable: Sendable {
    /// The greatest number of rows; of more, some at equal distances are kept, and the last.
    package static let limit = 100

    /// The table, unless there are no marks.
    package let table: RenderedChart.Table?

    package init(_ scene: ChartScene) {
        var columns: [String] = []
        var rows: [[String]] = []
        var seen = Set<String>()
        let marks = scene.layers.flatMap { $0.marks }
        // Where each mark has a row of its own, those that are left out need not be written.
        let isPlain = marks.allSatisfy { $0.isPlain } && scene.layers.count == 1
        let kept = isPlain ? DataTable.kept(of: marks.count) : Array(marks.indices)
        for index in kept {
            let row = DataTable.row(marks[index], &columns)
            if isPlain || seen.insert(row.joined(separator: "\u{1F}")).inserted { rows.append(row) }
        }
        for index in rows.indices {
            rows[index] += Array(repeating: "", count: columns.count - rows[index].count)
        }
        guard !rows.isEmpty else {
            table = nil
            return
        }
        var table = RenderedChart.Table(columns: columns, rows: rows)
        if isPlain {
            table.note = DataTable.note(of: marks.count)
        } else {
            table = DataTable.limited(table)
        }
        self.table = table
    }

    /// The texts of a mark's values under their labels, which join the columns.
    private static func row(_ mark: MarkChannels, _ columns: inout [String]) -> [String] {
        var row = Array(repeating: "", count: columns.count)
        let values = [
            mark.name, mark.facet, mark.color, mark.symbol, mark.position, mark.series, mark.x, mark.xEnd,
            mark.y, mark.yEnd,
        ]
        for case let value? in values where !value.label.isEmpty {
            if let place = columns.firstIndex(of: value.label) {
                row[place] = value.datum.exactText
            } else {
                columns.append(value.label)
                row.append(value.datum.exactText)
            }
        }
        return row
    }

    /// A table that a page can hold, with a note of what it leaves out.
    package static func limited(_ table: RenderedChart.Table) -> RenderedChart.Table {
        var limited = table
        limited.rows = kept(of: table.rows.count).map { table.rows[$0] }
        limited.note = note(of: table.rows.count)
        return limited
    }

    /// The rows of so many that stay.
    private static func kept(of count: Int) -> [Int] {
        guard count > limit else { return Array(0..<count) }
        let every = (count + limit - 1) / limit
        return (0..<count).filter { $0 % every == 0 || $0 == count - 1 }
    }

    private static func note(of count: Int) -> String? {
        guard count > limit else { return nil }
        let number = NumberText(digits: Int64(count), exponent: 0).plain(
            decimals: 0,
            grouped: count >= 10_000
        )
        return "One row of \((count + limit - 1) / limit), of \(number) in all."
    }
}
