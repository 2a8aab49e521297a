package import Records

/// A record in the making: the pieces of a lesson's stream, each put under the cell that was running.
package struct RecordBuilder: Sendable {
    /// The records of the cells so far, in the order of the lesson.
    package private(set) var cells: [CellRecord]
    /// The cell that is running.
    package private(set) var current: Int?
    /// Whether the lesson came to its end.
    package private(set) var hasEnded = false
    /// Whether the process ended itself.
    package private(set) var hasExited = false
    /// The first cell that printed bytes that are not UTF-8.
    package private(set) var illegible: Int?

    private let names: [String: Int]
    private var printed: [UInt8] = []

    /// Begins the record of cells of these names.
    package init(cells names: [String]) {
        cells = names.map { CellRecord(name: $0) }
        self.names = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Takes the next piece of the stream.
    package mutating func append(_ piece: EventStream.Piece) {
        switch piece {
        case .printed(let bytes):
            printed += bytes
        case .event(.cell(let name)):
            flush()
            current = names[name] ?? current
        case .event(.output(let output)):
            flush()
            cells[current ?? 0].outputs.append(output.asOnTerminal)
        case .event(.shape(let shape)):
            // It is no output: what is printed before and after it stays one text.
            cells[current ?? 0].shapes.append(shape)
        case .event(.end):
            flush()
            hasEnded = true
        case .event(.exit):
            hasExited = true
        }
    }

    /// Puts what was printed last under its cell; to be called at the end of the stream.
    package mutating func flush() {
        defer { printed = [] }
        guard !printed.isEmpty, !cells.isEmpty else { return }
        let cell = current ?? 0
        if String(validating: printed, as: UTF8.self) == nil { illegible = illegible ?? cell }
        cells[cell].outputs.append(.text(String(decoding: printed, as: UTF8.self)).asOnTerminal)
    }
}

extension Output {
    /// The output with each text as a terminal shows it. Drawings write their own texts so.
    fileprivate var asOnTerminal: Output {
        switch self {
        case .text(let text): .text(TerminalText.shown(text))
        case .value(let text): .value(TerminalText.shown(text))
        case .table(let table): .table(table.asOnTerminal)
        case .figure(let figure):
            .figure(
                Figure(
                    svg: figure.svg,
                    title: TerminalText.shown(figure.title),
                    summary: TerminalText.shown(figure.summary),
                    data: figure.data?.asOnTerminal,
                    caption: figure.caption.map(TerminalText.shown)
                )
            )
        }
    }
}

extension Table {
    fileprivate var asOnTerminal: Table {
        Table(
            columns: columns.map(TerminalText.shown),
            rows: rows.map { $0.map(TerminalText.shown) },
            caption: caption.map(TerminalText.shown)
        )
    }
}
