internal import Lessons

/// A member that, as the compiler says, a type does not have.
struct MissingMember {
    /// What was written.
    let name: String
    /// The step in which it stands.
    let step: Int
    /// Where it begins in the step's code, in bytes.
    let position: Int

    /// Reads an error; `nil` for one about something else, or about a name that does not stand where it points.
    ///
    /// - Parameter steps: The cells and expressions of the lesson.
    init?(_ error: Diagnostic, in lesson: Lesson, _ steps: [Cell]) {
        guard error.severity == .error, let line = error.location.line, let column = error.location.column,
            let match = error.message.firstMatch(of: /has no member '(\w+)'/),
            let step = steps.firstIndex(where: { step in
                let count = step.code.utf8.count { $0 == UInt8(ascii: "\n") } + 1
                return step.firstLine..<step.firstLine + count ~= line
            })
        else { return nil }
        let number = line - steps[step].firstLine
        let lines = steps[step].code.utf8.split(
            separator: UInt8(ascii: "\n"),
            omittingEmptySubsequences: false
        )
        let start = lesson.location(in: steps[step], line: number + 1, column: 1).column ?? 1
        name = String(match.1)
        guard column >= start, lines[number].dropFirst(column - start).starts(with: name.utf8) else {
            return nil
        }
        self.step = step
        position = lines[..<number].reduce(0) { $0 + $1.count + 1 } + column - start
    }
}
