internal import Charting
internal import Records

/// An output that a frame of an animation showed, whose drawing waits for the other frames.
enum PendingOutput: Sendable {
    /// An output as it is.
    case finished(Output)
    /// A drawing.
    case drawing(PendingDrawing)

    /// The output, drawn.
    var output: Output {
        switch self {
        case .finished(let output): output
        case .drawing(let drawing): .figure(drawing.figure)
        }
    }
}

/// A chart or a diagram that is not drawn yet.
struct PendingDrawing: Sendable {
    /// The charts that it is made of.
    private(set) var charts: [Chart]
    private let draw: @Sendable ([Chart]) -> Figure

    /// A drawing with the name that its figure will have.
    init(_ drawing: some Drawing, name: String, caption: String?) {
        charts = drawing.charts
        draw = { charts in
            let rendered = (charts.isEmpty ? drawing : drawing.with(charts: charts)).rendered(id: name)
            return Figure(
                svg: rendered.svg,
                title: rendered.title,
                summary: rendered.summary,
                data: rendered.data.map { Table(columns: $0.columns, rows: $0.rows, caption: $0.note) },
                caption: caption
            )
        }
    }

    /// The figure.
    var figure: Figure { draw(charts) }
}

extension PendingDrawing {
    /// Unites the scales of the charts that stand at the same place in each frame.
    @export(interface)
    static func uniteScales(in frames: inout [[PendingOutput]]) {
        for place in 0..<(frames.map { $0.count }.min() ?? 0) {
            let drawings = frames.compactMap { frame -> PendingDrawing? in
                guard case .drawing(let drawing) = frame[place] else { return nil }
                return drawing
            }
            let count = drawings.first?.charts.count ?? 0
            guard drawings.count == frames.count, drawings.allSatisfy({ $0.charts.count == count }) else {
                continue
            }
            var united = drawings
            for chart in 0..<count {
                let charts = Chart.sharingScales(drawings.map { $0.charts[chart] })
                for (index, shared) in charts.enumerated() { united[index].charts[chart] = shared }
            }
            for (index, drawing) in united.enumerated() { frames[index][place] = .drawing(drawing) }
        }
    }
}
