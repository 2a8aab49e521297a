internal import Lessons
internal import Records

/// The downloads of a lesson: its Markdown, its program, the data behind each figure.
struct Downloads {
    /// A file with the label of its link.
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

    /// Returns the downloads of a lesson.
    static func collect(_ finished: FinishedLesson, wording: Wording) -> Downloads {
        let lesson = finished.lesson
        var downloads = Downloads()
        if !lesson.lines.isEmpty {
            let text = lesson.lines.joined(separator: "\n") + "\n"
            let file = SiteFile(lesson.paths.source, text)
            downloads.sources.append(Item(label: wording.source, file: file))
        }
        if let program = finished.program {
            let file = SiteFile(lesson.paths.program, program)
            downloads.sources.append(Item(label: wording.program, file: file))
        }
        let hidden = Set(lesson.cells.filter { $0.options.isHidden || $0.options.isQuiet }.map(\.name))
        for cell in finished.record.cells where !hidden.contains(cell.name) {
            let tables = cell.outputs.enumerated().compactMap { index, output in
                Self.table(of: output).map { (index, $0) }
            }
            for (count, (index, table)) in tables.enumerated() {
                let path = lesson.paths.data(of: cell.name, after: count)
                downloads.data[DataKey(cell: cell.name, output: index)] =
                    SiteFile(path, CommaSeparatedValues.text(of: table))
            }
        }
        return downloads
    }

    /// Returns the fields of the template of a page.
    func fields(on page: String) -> [String: Any] {
        [
            "downloads": sources.map {
                ["label": $0.label, "href": RelativePath.written($0.file.path, from: page)]
            },
            "hasDownloads": !sources.isEmpty,
        ]
    }

    /// All files, in no order.
    var files: [SiteFile] { sources.map(\.file) + data.values }

    /// The addresses of the data behind a cell's figures and tables on a page, by output.
    func addresses(of cell: String, on page: String) -> [Int: String] {
        let own = data.filter { $0.key.cell == cell }
            .map { ($0.key.output, RelativePath.written($0.value.path, from: page)) }
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
