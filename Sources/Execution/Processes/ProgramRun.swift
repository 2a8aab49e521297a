internal import Foundation
internal import Lessons
internal import Records
internal import SwiftAnalysis

/// A run of a program of a lesson's steps, from the start of its process to the end.
struct ProgramRun: Sendable {
    /// The steps.
    let part: LessonPart
    /// The program.
    let program: Program
    /// The end of the process, and what it said until then.
    let outcome: ProcessRunner.Outcome
    /// The limits that it was held to.
    let limits: Limits
    /// The folder in which the data files lie that the lesson declares.
    let data: String?

    /// The end of a run that did not come to the lesson's end; `nil` for one that did.
    var termination: Termination? {
        guard !outcome.record.hasEnded || outcome.status != .exited(0) || outcome.breach != nil else {
            return nil
        }
        return Termination(run: self)
    }

    /// The step that was running at the end; `nil` before the first.
    var current: Int? { outcome.record.current }

    /// Returns what the steps from one on wrote to standard error.
    func notes(after first: Int = 0) -> [Diagnostic] {
        let (lesson, steps) = (part.lesson, part.steps[first...])
        return outcome.errors.parts(hasStopped: termination != nil).compactMap { written in
            guard let step = steps.first(where: { $0.name == written.cell }) else { return nil }
            let place = SourceLocation(file: lesson.file, line: step.fence.line)
            return written.note(at: place, in: step.title)
        }
    }

    /// The errors of the run; none if it came to its end as it should.
    var errors: [Diagnostic] {
        var errors: [Diagnostic] = []
        let lesson = part.lesson
        if outcome.readInput {
            let message = "the lesson reads standard input, of which it has none"
            let place = SourceLocation(file: lesson.file)
            errors.append(Diagnostic(.error, .limit, at: place, message, hint: "put the text into a cell"))
        }
        if let illegible = outcome.record.illegible {
            let step = part.steps[illegible]
            let message = "\(step.title) prints bytes that are not UTF-8"
            errors.append(lesson.error(.crash, at: step.fence, message, hint: "print a String"))
        }
        return errors + (termination.map { [$0.diagnostic] } ?? [])
    }
}

extension ProcessRunner {
    /// Runs the executable of a lesson's program.
    ///
    /// - Parameters:
    ///   - executable: The executable.
    ///   - program: The program that it was made of.
    ///   - part: The steps that the program is made of.
    ///   - data: The folder in which the data files lie that the lesson declares.
    ///   - values: The values of built cells, which a program of live cells reads.
    ///   - call: The call that a program of live cells makes after its last cell.
    ///   - folder: A scratch folder.
    ///   - onCell: Called as cells begin and end.
    func run(
        _ executable: URL,
        of program: Program,
        _ part: LessonPart,
        data: String?,
        with values: ShippedValues = ShippedValues(),
        making call: LiveCall? = nil,
        in folder: URL,
        onCell: @Sendable @escaping (CellProgress) -> Void = { _ in }
    ) async throws -> ProgramRun {
        let settings = part.lesson.frontMatter
        let home = part.lesson.part ?? ""
        var timeouts: [String: Duration] = [:]
        for step in part.steps where !step.isExpression {
            timeouts[step.name] = step.options.timeout ?? settings.timeout
        }
        var files =
            data.map { folder in
                settings.data.map { DataCopy(name: $0.path, file: "\(folder)/\($0.path)") }
            } ?? []
        if !values.entries.isEmpty {
            let file = folder.appending(path: "values")
            try Data(values.bytes).write(to: file)
            let name = home.isEmpty ? ShippedValues.file : "\(home)/\(ShippedValues.file)"
            files.append(DataCopy(name: name, file: file.path(percentEncoded: false)))
        }
        var outcome = try await run(
            executable,
            cells: part.steps.map(\.name),
            timeouts: timeouts,
            data: files,
            startingIn: home,
            making: call,
            in: folder,
            onCell: onCell
        )
        if outcome.breach != nil {
            let symbolizer = Symbolizer(toolchain: toolchain)
            await outcome.crash?.locate(in: executable, with: symbolizer, of: program)
        }
        return ProgramRun(part: part, program: program, outcome: outcome, limits: limits, data: data)
    }
}
