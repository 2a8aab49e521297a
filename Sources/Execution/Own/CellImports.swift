internal import Lessons
internal import SwiftAnalysis

extension LessonPart {
    /// The errors of cells that import what lies among the modules of the tool, which their program cannot link.
    func importErrors(with library: NotebookLibrary) -> [Diagnostic] {
        zip(steps, code).flatMap { step, code in
            code.imports.filter { library.hides($0.module) }.map { imported in
                let place = lesson.location(in: step, offset: imported.range.lowerBound)
                let message = "no such module '\(imported.module)'"
                return library.own.explained(lesson.error(.compile, at: place, message))
            }
        }
    }
}
