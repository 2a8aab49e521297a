/// The values of a chart as a table: a column for each label, a row for each mark.
package struct DataTable: Sendable {
    /// The table, unless there are no marks.
    package let table: RenderedChart.Table?

    package init(_ scene: ChartScene) {
        var columns: [String] = []
        var places: [String: Int] = [:]
        var rows: [[String]] = []
        var seen: Set<[String]> = []
        for mark in scene.layers.lazy.flatMap(\.marks) {
            var row = Array(repeating: "", count: columns.count)
            for value in [
                mark.name, mark.facet, mark.color, mark.symbol, mark.position, mark.series, mark.x, mark.xEnd,
                mark.y, mark.yEnd,
            ] {
                guard let value, !value.label.isEmpty else { continue }
                if places[value.label] == nil {
                    places[value.label] = columns.count
                    columns.append(value.label)
                    row.append("")
                }
                row[places[value.label]!] = value.datum.exactText
            }
            if seen.insert(row).inserted { rows.append(row) }
        }
        for index in rows.indices {
            rows[index] += Array(repeating: "", count: columns.count - rows[index].count)
        }
        table = rows.isEmpty ? nil : RenderedChart.Table(columns: columns, rows: rows)
    }
}
