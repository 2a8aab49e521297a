internal import Foundation
internal import Lessons

/// A compilation that is begun on a guess, while SourceKit finds out what the lesson shows: its code was edited a little
/// since the latest run, and most of it shows what it showed then.
struct EarlyCompilation: Sendable {
    /// What came of a compilation.
    typealias Result = (executable: URL?, diagnostics: [Diagnostic])

    private let program: Program
    private let task: Task<Result, Never>

    /// Begins to compile what an earlier run makes probable; `nil` without one.
    init?(_ trial: Trial) throws {
        guard let entry = trial.runner.cache?.latest(of: trial.lesson.slug),
            let notes = entry.notes.guessed(for: trial.steps, try trial.syntaxes(), lengths: entry.lengths)
        else { return nil }
        var apart = trial
        apart.folder = trial.folder.appending(path: "early")
        try FileManager.default.createDirectory(at: apart.folder, withIntermediateDirectories: true)
        let program = trial.program(with: notes)
        self.program = program
        task = Task { [apart] in await apart.compile(program) }
    }

    /// What came of it; `nil` if it was another program, whose compilation is stopped.
    func result(for program: Program) async -> Result? {
        guard program == self.program else {
            cancel()
            return nil
        }
        return await withTaskCancellationHandler(operation: { await task.value }, onCancel: cancel)
    }

    /// Stops it.
    @Sendable func cancel() { task.cancel() }

    /// Waits until nothing of it is left.
    func end() async {
        cancel()
        _ = await task.value
    }
}

extension StepNotes {
    /// What is probably shown and recorded in steps that were edited.
    ///
    /// - Parameters:
    ///   - steps: The steps as they are now.
    ///   - syntaxes: What the parser made of them.
    ///   - lengths: How many significant bytes they had, which is what places are counted in.
    /// - Returns: `nil` if there are more or fewer of them.
    func guessed(for steps: [Cell], _ syntaxes: [Syntax], lengths: [Int]) -> StepNotes? {
        guard lengths.count == steps.count else { return nil }
        var guess = StepNotes()
        for (index, (step, syntax)) in zip(steps, syntaxes).enumerated() {
            let bytes = SignificantBytes(of: step.code, syntax)
            let growth = bytes.count - lengths[index]
            if let range = shown[index] {
                let isLast = range.upperBound == lengths[index]
                let shift = isLast ? growth : 0
                guess.shown[index] = bytes.range(of: range.lowerBound + shift..<range.upperBound + shift)
            }
            let tensors = (tensors[index] ?? []).compactMap { tensor in
                growth == 0
                    ? bytes.range(of: tensor.range).map { TensorDefinition(tensor.name, $0) }
                    : syntax.tensor(named: tensor.name, in: step.code)
            }
            guess.tensors[index] = tensors.isEmpty ? nil : tensors
        }
        return guess
    }
}

extension Syntax {
    /// The first variable of a name, taken for a tensor.
    fileprivate func tensor(named name: String, in code: String) -> TensorDefinition? {
        let bytes = Array(code.utf8)
        let variable = variables.first { bytes[$0.name].elementsEqual(name.utf8) }
        return variable.map { TensorDefinition(name, $0.declaration) }
    }
}
