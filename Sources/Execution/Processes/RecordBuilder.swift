package import Records

/// A record in the making: the pieces of a lesson's stream, each put under the cell that was running.
package struct RecordBuilder: Sendable {
    /// The records of the cells so far, in the order of the lesson.
    package var cells: [CellRecord] { recordings.map(\.record) }
    /// The cell that is running.
    package private(set) var current: Int?
    /// Whether the lesson came to its end.
    package private(set) var hasEnded = false
    /// Whether the process ended itself.
    package private(set) var hasExited = false
    /// The first cell that printed bytes that are not UTF-8.
    package private(set) var illegible: Int?

    /// The values of built cells.
    package private(set) var values = ShippedValues()

    private var recordings: [CellRecording]
    private let names: [String: Int]
    private var printed: [UInt8] = []

    /// Begins the record of cells of these names.
    package init(cells names: [String]) {
        recordings = names.map(CellRecording.init(name:))
        self.names = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Takes the next piece of the stream.
    package mutating func append(_ piece: EventStream.Piece) {
        switch piece {
        case .printed(let bytes):
            printed += bytes
        case .event(.cell(let name)):
            endCell()
            current = names[name] ?? current
        case .event(.output(let output)):
            flush()
            change { $0.add(output.asOnTerminal) }
        case .event(.shape(let shape)):
            // It is no output: what is printed before and after it stays one text.
            change { $0.add(shape) }
        case .event(.live(let controls, let isBuilt)):
            flush()
            change { $0.begin(controls.map(\.asOnTerminal), isBuilt: isBuilt) }
        case .event(.state):
            flush()
            change { $0.beginState() }
        case .event(.statesEnd):
            flush()
            change { $0.endStates() }
        case .event(.runs(let runs)):
            change { $0.add(runs.asOnTerminal) }
        case .event(.value(let entry)):
            values.add(entry)
        case .event(.end):
            endCell()
            hasEnded = true
        case .event(.exit):
            hasExited = true
        }
    }

    /// Puts what was printed last under its cell; to be called at the end of the stream.
    package mutating func flush() {
        defer { printed = [] }
        guard !printed.isEmpty, !recordings.isEmpty else { return }
        if String(validating: printed, as: UTF8.self) == nil { illegible = illegible ?? current ?? 0 }
        let text = String(decoding: printed, as: UTF8.self)
        change { $0.add(Output.text(text).asOnTerminal) }
    }

    private mutating func endCell() {
        flush()
        change { $0.end() }
    }

    /// Changes the record of the cell that is running; before the first begins, that is its.
    private mutating func change(_ change: (inout CellRecording) -> Void) {
        guard !recordings.isEmpty else { return }
        change(&recordings[current ?? 0])
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

extension Control {
    fileprivate var asOnTerminal: Control {
        var control = self
        control.label = TerminalText.shown(label)
        control.positions = positions.map(TerminalText.shown)
        return control
    }
}

extension RunsRecord {
    fileprivate var asOnTerminal: RunsRecord {
        RunsRecord(
            name: TerminalText.shown(name),
            points: points.map(TerminalText.shown),
            results: results.map(TerminalText.shown)
        )
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
