internal import Lessons
internal import Records

/// What a reader can take home from a lesson: its Markdown, the program that was run, the data behind each figure.
struct Downloads {
    /// A file with what its link says.
    struct Item {
        var label: String
        var file: SiteFile
    }

    /// The lesson's source and program.
    private(set) var sources: [Item] = []
    /// The data of figures and tables, by cell and output.
    private(set) var data: [DataKey: SiteFile] = [:]

    /// An output of a cell.
    struct DataKey: Hashable {
        var cell: String
        var output: Int
    }

    /// Gathers what a lesson has.
    init(_ finished: FinishedLesson, wording: Wording) {
        let lesson = finished.lesson
        if !lesson.lines.isEmpty {
            let text = lesson.lines.joined(separator: "\n") + "\n"
            sources.append(Item(label: wording.source, file: SiteFile("downloads/\(lesson.slug).md", text)))
        }
        if let program = finished.program {
            sources.append(
                Item(label: wording.program, file: SiteFile("downloads/\(lesson.slug).swift", program))
            )
        }
        let hidden = Set(lesson.cells.filter { $0.options.isHidden || $0.options.isQuiet }.map(\.name))
        for cell in finished.record.cells where !hidden.contains(cell.name) {
            let tables = cell.outputs.enumerated().compactMap { index, output in
                Self.table(of: output).map { (index, $0) }
            }
            for (count, (index, table)) in tables.enumerated() {
                let name = "\(lesson.slug)-\(cell.name)" + (count == 0 ? "" : "-\(count + 1)")
                data[DataKey(cell: cell.name, output: index)] =
                    SiteFile("downloads/\(name).csv", CommaSeparatedValues.text(of: table))
            }
        }
    }

    /// All files, in no order.
    var files: [SiteFile] { sources.map(\.file) + data.values }

    /// The addresses of the data behind a cell's figures and tables, by output.
    func addresses(of cell: String) -> [Int: String] {
        let own = data.filter { $0.key.cell == cell }.map { ($0.key.output, $0.value.path) }
        return Dictionary(uniqueKeysWithValues: own)
    }

    private static func table(of output: Output) -> Table? {
        switch output {
        case .table(let table): table
        case .figure(let figure): figure.data
        case .text, .value: nil
        }
    }
}

/// A table as text that spreadsheets read (RFC 4180).
enum CommaSeparatedValues {
    /// The heading and the rows, one a line.
    static func text(of table: Table) -> String {
        ([table.columns] + table.rows).map { $0.map(field).joined(separator: ",") + "\r\n" }.joined()
    }

    private static func field(_ text: String) -> String {
        guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
            + "\""
    }
}
