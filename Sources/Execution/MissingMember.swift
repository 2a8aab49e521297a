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
        guard error.severity == .error, let match = error.message.firstMatch(of: /has no member '(\w+)'/),
            let (step, position) = lesson.position(of: error.location, in: steps),
            steps[step].code.utf8.dropFirst(position).starts(with: match.1.utf8)
        else { return nil }
        (name, self.step, self.position) = (String(match.1), step, position)
    }
}
