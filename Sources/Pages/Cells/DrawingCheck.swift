internal import Lessons
internal import Records

/// Sees to it that the drawings of a lesson are nothing but drawings.
enum DrawingCheck {
    /// An error for each drawing of a lesson that holds more than drawings may.
    static func diagnostics(of finished: FinishedLesson) -> [Diagnostic] {
        let places = Dictionary(finished.lesson.cells.map { ($0.name, $0.fence) }) { first, _ in first }
        return finished.record.cells.flatMap { cell in
            cell.outputs.compactMap { output -> Diagnostic? in
                guard case .figure(let figure) = output, let offense = SVGCheck.firstOffense(in: figure.svg)
                else {
                    return nil
                }
                let place = places[cell.name] ?? SourceLocation(file: finished.lesson.file)
                return Diagnostic(
                    .error,
                    .limit,
                    at: place,
                    "the figure of cell '\(cell.name)' holds \(offense), which no drawing may",
                    hint: "draw with Chart or Diagram"
                )
            }
        }
    }
}
