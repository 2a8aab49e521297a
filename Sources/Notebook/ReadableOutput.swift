internal import Records

extension Output {
    /// The output as text for a terminal.
    var readable: String {
        switch self {
        case .text(let text), .value(let text): text
        case .table(let table): table.aligned
        case .figure(let figure): "[\(figure.title): \(figure.summary)]"
        }
    }
}

extension Table {
    /// The table with its columns as wide as they need to be, numbers and texts flush right.
    package var aligned: String {
        let widths = columns.indices.map { column in
            ([columns] + rows).map { $0[column].count }.max() ?? 0
        }
        let lines = ([columns, widths.map { String(repeating: "─", count: $0) }] + rows).map { row in
            zip(row, widths).map { text, width in
                String(repeating: " ", count: width - text.count) + text
            }.joined(separator: "  ")
        }
        return lines.joined(separator: "\n")
    }
}
