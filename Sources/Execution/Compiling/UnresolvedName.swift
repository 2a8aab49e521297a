internal import Lessons

/// A name that the compiler does not know: of a member, or of something in scope.
struct UnresolvedName {
    /// The name as it was written.
    let name: String
    /// Whether it stands behind a dot.
    let isMember: Bool
    /// The index of the step in which it stands.
    let step: Int
    /// The offset of the name in the step's code.
    let offset: Int

    /// Reads an error; `nil` for one about something else, or about a name that does not stand where it points.
    ///
    /// - Parameter steps: The cells and expressions of the lesson.
    init?(_ error: Diagnostic, in lesson: Lesson, _ steps: [Cell]) {
        let message = error.message
        let member = message.firstMatch(of: /has no member '(\w+)'/)
        let match = member ?? message.firstMatch(of: /^cannot find (?:type )?'(\w+)' in scope/)
        isMember = member != nil
        guard error.severity == .error, let match,
            let (step, offset) = lesson.position(of: error.location, in: steps),
            steps[step].code.utf8.dropFirst(offset).starts(with: match.1.utf8)
        else { return nil }
        (name, self.step, self.offset) = (String(match.1), step, offset)
    }
}
