package import Lessons
internal import Records

extension FinishedLesson {
    /// What is wrong with the figures from which readers are to choose in live cells, in the order of the cells.
    package var selectionDiagnostics: [Diagnostic] {
        let records = Dictionary(record.cells.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return lesson.cells.filter(\.showsOutput).flatMap { cell in
            (records[cell.name]?.live?.controls ?? []).compactMap { control -> Diagnostic? in
                guard control.kind == .selection, let figure = control.figure else { return nil }
                let target = lesson.cells.first { $0.name == figure }
                let places = target?.showsOutput == true ? records[figure]?.places : nil
                guard let places else { return missing(figure, at: cell.fence) }
                guard places != control.positions.count else { return nil }
                return Diagnostic(
                    .warning,
                    .link,
                    at: cell.fence,
                    "the figure of cell '\(figure)' has \(places) points or cells to choose from, and '\(control.label)' has "
                        + "\(control.positions.count) options: readers can use the menu alone",
                    hint: "give an option for each, in their order"
                )
            }
        }
    }

    private func missing(_ figure: String, at place: SourceLocation) -> Diagnostic {
        let names = lesson.cells.map(\.name)
        guard !names.contains(figure) else {
            return Diagnostic(
                .error,
                .link,
                at: place,
                "cell '\(figure)' shows no figure to choose from",
                hint: "name a cell that shows a chart"
            )
        }
        let nearest = Spelling.nearest(to: figure, among: names)
        return Diagnostic(
            .error,
            .link,
            at: place,
            "there is no cell '\(figure)' to choose from",
            hint: nearest.map { "did you mean '\($0)'?" } ?? "name a cell that shows a chart"
        )
    }
}

extension Cell {
    /// Whether what it shows stands on the page.
    fileprivate var showsOutput: Bool { !options.isHidden && !options.isQuiet }
}

extension CellRecord {
    /// The number of points or cells in its figures that can be chosen; `nil` without a figure.
    fileprivate var places: Int? {
        let drawings = outputs.compactMap { if case .figure(let figure) = $0 { figure.svg } else { nil } }
        guard !drawings.isEmpty else { return nil }
        return drawings.reduce(0) { $0 + $1.ranges(of: "class=\"datum\"").count }
    }
}
