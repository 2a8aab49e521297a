internal import Lessons

/// A place in a lesson's code, as a number of significant bytes of a step: it survives edits of prose, comments and
/// layout.
struct Anchor: Sendable, Hashable {
    /// The index of the step.
    var step: Int
    /// How many significant bytes of its code stand before the place.
    var number: Int
}

extension Anchor {
    /// Finds what stands at a place; `nil` for one that is in no step.
    init?(
        of place: SourceLocation,
        in lesson: Lesson,
        _ steps: [Cell],
        syntax: (String) throws -> Syntax
    ) rethrows {
        guard let (step, offset) = lesson.position(of: place, in: steps) else { return nil }
        let code = steps[step].code
        self.step = step
        number = SignificantBytes(of: code, try syntax(code)).numbers(of: offset..<offset).lowerBound
    }

    /// Where that stands now; `nil` if there is no such place.
    func place(
        in lesson: Lesson,
        _ steps: [Cell],
        syntax: (String) throws -> Syntax
    ) rethrows -> SourceLocation? {
        guard steps.indices.contains(step) else { return nil }
        let code = steps[step].code
        guard let range = SignificantBytes(of: code, try syntax(code)).range(of: number..<number + 1) else {
            return nil
        }
        return lesson.location(in: steps[step], offset: range.lowerBound)
    }
}

extension Diagnostic {
    /// The warning of an earlier run where it belongs now.
    func moved(
        to anchor: Anchor,
        in lesson: Lesson,
        _ steps: [Cell],
        syntax: (String) throws -> Syntax
    ) rethrows -> Diagnostic {
        guard let place = try anchor.place(in: lesson, steps, syntax: syntax) else { return self }
        var moved = self
        moved.location = place
        moved.sourceLine = place.line.flatMap(lesson.line)
        // Of another line, to which the hint points, nothing is known.
        moved.hint = hint?.replacing(/\ \(line [0-9]+\)$/, with: "")
        return moved
    }
}
