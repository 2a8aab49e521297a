internal import Lessons
internal import SwiftAnalysis

/// A place in a lesson's code, as a number of significant bytes of a step: it survives edits of prose, comments and
/// layout.
struct Anchor: Sendable, Hashable, Codable {
    /// The index of the step.
    var step: Int
    /// The number of significant bytes of its code before the place.
    var number: Int
}

extension Anchor {
    /// Finds the anchor of a place; `nil` for one that is in no step.
    ///
    /// - Parameters:
    ///   - place: The place.
    ///   - part: The steps.
    ///   - significant: The significant bytes of each step.
    init?(of place: SourceLocation, in part: LessonPart, _ significant: [SignificantBytes]) {
        guard let (step, offset) = part.lesson.position(of: place, in: part.steps) else { return nil }
        self.init(step: step, number: significant[step].numbers(of: offset..<offset).lowerBound)
    }

    /// Returns the place now; `nil` if there is none any more.
    func place(in part: LessonPart, _ significant: [SignificantBytes]) -> SourceLocation? {
        guard part.steps.indices.contains(step), let range = significant[step].range(of: number..<number + 1)
        else { return nil }
        return part.lesson.location(in: part.steps[step], offset: range.lowerBound)
    }
}

extension Diagnostic {
    /// Returns the warning of an earlier run at the place where it belongs now.
    func moved(to place: SourceLocation, in lesson: Lesson) -> Diagnostic {
        var moved = self
        moved.location = place
        moved.sourceLine = place.line.flatMap(lesson.line)
        // Of another line, to which the hint points, nothing is known.
        moved.hint = hint?.replacing(/\ \(line [0-9]+\)$/, with: "")
        return moved
    }
}
