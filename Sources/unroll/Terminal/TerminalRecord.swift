internal import Lessons
internal import Records

/// What a lesson showed, as text for a terminal.
struct TerminalRecord {
    /// The cells that showed something, each under a line with its name.
    let text: String

    init(_ record: RunRecord, of lesson: Lesson) {
        var lines: [String] = []
        for cell in record.cells where !cell.outputs.isEmpty {
            lines.append("── \(cell.name) " + String(repeating: "─", count: max(2, 60 - cell.name.count)))
            lines += cell.outputs.map(TerminalRecord.text(of:))
        }
        for (expression, value) in zip(lesson.expressions, record.expressions) {
            lines.append("\(expression.code) = \(value)")
        }
        text = lines.isEmpty ? "the lesson shows nothing" : lines.joined(separator: "\n")
    }

    private static func text(of output: Output) -> String {
        switch output {
        case .text(let text): text.hasSuffix("\n") ? String(text.dropLast()) : text
        case .value(let text): text
        case .table(let table): aligned(table)
        case .figure(let figure):
            ([figure.title] + (figure.data.flatMap(TerminalPlot.init)?.lines ?? []) + [figure.summary])
                .joined(separator: "\n")
        }
    }

    private static func aligned(_ table: Table) -> String {
        let widths = table.columns.indices.map { column in
            ([table.columns] + table.rows).map { $0[column].count }.max() ?? 0
        }
        let rule = widths.map { String(repeating: "─", count: $0) }
        return ([table.columns, rule] + table.rows).map { row in
            zip(row, widths).map { String(repeating: " ", count: $1 - $0.count) + $0 }.joined(separator: "  ")
        }.joined(separator: "\n") + (table.caption.map { "\n\($0)" } ?? "")
    }
}
