internal import Lessons

/// An unresolved member named by a compiler error.
struct MissingMember {
    /// The name as it was written.
    let name: String
    /// The index of the step in which it stands.
    let step: Int
    /// The offset of the name in the step's code.
    let offset: Int

    /// Reads an error; `nil` for one about something else, or about a name that does not stand where it points.
    ///
    /// - Parameter steps: The cells and expressions of the lesson.
    init?(_ error: Diagnostic, in lesson: Lesson, _ steps: [Cell]) {
        guard error.severity == .error, let match = error.message.firstMatch(of: /has no member '(\w+)'/),
            let (step, offset) = lesson.position(of: error.location, in: steps),
            steps[step].code.utf8.dropFirst(offset).starts(with: match.1.utf8)
        else { return nil }
        (name, self.step, self.offset) = (String(match.1), step, offset)
    }
}
