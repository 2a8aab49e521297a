package import Lessons

extension Lesson {
    /// Returns the steps of the lesson's program, in the order of the text: the cells that are to succeed, and the expressions
    /// in prose, each as a cell of its own.
    ///
    /// - Parameter end: The index of a cell before which to end; all of the lesson if `nil`.
    package func steps(before end: Int? = nil) -> [Cell] {
        var steps: [Cell] = []
        for index in 0...cells.count {
            for (number, expression) in expressions.enumerated() where expression.precedingCells == index {
                steps.append(expression.step(number))
            }
            guard index < cells.count, index != end else { break }
            if cells[index].options.expectedFailure == nil { steps.append(cells[index]) }
        }
        return steps
    }

    /// Returns the name of the step that computes an expression in prose; no cell can have it.
    static func step(ofExpression index: Int) -> String { "{swift} \(index + 1)" }

    /// Returns an error at a place of the lesson, with the source line.
    func error(
        _ kind: Diagnostic.Kind,
        at place: SourceLocation,
        _ message: String,
        hint: String? = nil
    ) -> Diagnostic {
        Diagnostic(.error, kind, at: place, message, hint: hint, sourceLine: place.line.flatMap(line))
    }
}

extension InlineExpression {
    /// The expression as a cell that stands where it does.
    fileprivate func step(_ index: Int) -> Cell {
        Cell(
            name: Lesson.step(ofExpression: index),
            code: code,
            fence: location,
            firstLine: location.line ?? 1,
            indentation: (location.column ?? 1) - 1
        )
    }
}

extension Cell {
    /// Whether it is an expression in prose.
    package var isExpression: Bool { name.hasPrefix("{swift} ") }

    /// The name in diagnostics.
    var title: String { isExpression ? "this expression" : "cell \(name)" }
}
