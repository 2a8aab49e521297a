internal import Lessons
internal import SwiftAnalysis

/// Some of a lesson's steps, parsed: what becomes one program.
struct LessonPart: Sendable {
    /// The lesson.
    let lesson: Lesson
    /// The cells and expressions, in order.
    let steps: [Cell]
    /// The code of each step.
    let code: [ParsedCode]
    /// The modules that its program imports.
    let imports: Imports

    /// Parses steps of a lesson.
    static func parse(
        _ steps: [Cell],
        of lesson: Lesson,
        by analysis: Analysis,
        importing imports: Imports
    ) throws(SourceKitLibrary.Failure) -> LessonPart {
        var code: [ParsedCode] = []
        for step in steps { code.append(try analysis.parse(step.code)) }
        return LessonPart(lesson: lesson, steps: steps, code: code, imports: imports)
    }

    /// The errors of the parser; each step must be Swift by itself.
    var syntaxErrors: [Diagnostic] {
        var found: [Diagnostic] = []
        for (step, code) in zip(steps, code) {
            if step.isExpression, !code.syntax.constructs.isEmpty {
                let message =
                    "only an expression can stand in prose, and this is a declaration or a statement"
                found.append(lesson.error(.compile, at: step.fence, message, hint: "put it into a cell"))
            } else {
                found += code.syntax.problems.map { $0.diagnostic(in: step, of: lesson) }
                found += displacements(in: step, code)
            }
        }
        return found
    }

    /// The errors of a step that says that its code stands elsewhere, by which no place would be the lesson's any more.
    private func displacements(in step: Cell, _ code: ParsedCode) -> [Diagnostic] {
        let bytes = Array(step.code.utf8)
        let directives = code.syntax.tokens.filter { bytes[$0.range].elementsEqual("#sourceLocation".utf8) }
        return directives.map { directive in
            lesson.error(
                .compile,
                at: lesson.location(in: step, offset: directive.range.lowerBound),
                "a cell cannot say where its code stands, for that is the lesson's own place",
                hint: "delete #sourceLocation"
            )
        }
    }
}

// MARK: - With types

extension LessonPart {
    /// Type-checks the steps.
    func check(by analysis: Analysis, against library: NotebookLibrary) async throws -> TypedPieces {
        try await onOwnThread {
            try TypedPieces.check(
                code,
                after: imports.text,
                with: analysis.sourceKit,
                arguments: library.compilerArguments
            )
        }
    }

    /// The errors of variables that are read before they have a value, which the compiler lets pass.
    func usesBeforeDeclaration(in typed: TypedPieces) async throws -> [Diagnostic] {
        try await onOwnThread { typed.usesBeforeDeclaration }.map { use in
            let (step, declaration) = (steps[use.piece], steps[use.declaration])
            return lesson.error(
                .compile,
                at: lesson.location(in: step, offset: use.offset),
                "\(use.name) has no value yet: it is declared further down, in \(declaration.title)",
                hint: step.isExpression ? "move the sentence below that cell" : nil
            )
        }
    }

    /// Returns what the steps show, and the tensors that they define.
    func notes(from typed: TypedPieces) -> StepNotes {
        var notes = StepNotes()
        for (index, step) in steps.enumerated() {
            if step.isExpression {
                notes.shown[index] = [0..<step.code.utf8.count]
            } else {
                let shown = typed.shownExpressions(of: index)
                notes.shown[index] = shown.isEmpty ? nil : shown
                let tensors = typed.variables(of: index, ofTypes: ["Tensor", "IntTensor"])
                notes.tensors[index] = tensors.isEmpty ? nil : tensors
            }
        }
        notes.live = liveNotes(from: typed)
        return notes
    }

    /// Returns the errors of runs that go on at the same time and change one variable.
    func raceErrors(in typed: TypedPieces) async throws -> [Diagnostic] {
        try await onOwnThread { typed.assignmentsInRuns }.map { assignment in
            lesson.error(
                .compile,
                at: lesson.location(in: steps[assignment.piece], offset: assignment.offset),
                "runs go on at the same time, and cannot change \(assignment.name), which the lesson declared",
                hint: "return what each run found, and put it together after them"
            )
        }
    }

    /// Returns what the names in the cells that readers see stand for, by the step's index.
    func names(from typed: TypedPieces, with library: LibraryNotes) async -> [Int: [NameNote]] {
        let seen = steps.indices.filter { !steps[$0].isExpression && !steps[$0].options.isHidden }
        let notes = try? await onOwnThread {
            typed.lacksModule ? [] : typed.nameNotes(in: seen, with: library)
        }
        let pairs = zip(seen, notes ?? []).filter { !$1.isEmpty }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    /// Returns the compiler's errors; where a name is misspelled and the compiler does not say for what, with the nearest
    /// that could stand there as hint.
    func explained(_ errors: [Diagnostic], by typed: TypedPieces) async -> [Diagnostic] {
        let explained = try? await onOwnThread {
            typed.lacksModule
                ? errors
                : errors.map { error in
                    guard error.hint == nil, let missing = UnresolvedName(error, in: lesson, steps) else {
                        return error
                    }
                    let end = missing.offset + missing.name.utf8.count
                    // Among arguments SourceKit has those only that fit; before the step stands whatever is in scope.
                    let places = missing.isMember ? [missing.offset..<end] : [missing.offset..<end, 0..<0]
                    var error = error
                    error.hint = places.lazy.compactMap { place in
                        Spelling.nearest(
                            to: missing.name,
                            among: typed.names(insteadOf: place, in: missing.step)
                        )
                    }.first.map { "did you mean '\($0)'?" }
                    return error
                }
        }
        return explained ?? errors
    }
}

extension Syntax.Problem {
    /// The problem at its place in the lesson.
    fileprivate func diagnostic(in cell: Cell, of lesson: Lesson) -> Diagnostic {
        let note = notes.first.map { note in
            note.line == line
                ? note.message : "\(note.message) (line \(note.place(in: cell, of: lesson).line ?? 0))"
        }
        return lesson.error(.compile, at: place(in: cell, of: lesson), message, hint: note)
    }

    /// A problem at the end of a cell is said of the end of its last line: the line after it is the fence.
    private func place(in cell: Cell, of lesson: Lesson) -> SourceLocation {
        let lines = cell.code.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var (line, column) = (line, column)
        while line > 1, line > lines.count || lines[line - 1].allSatisfy(\.isWhitespace) {
            line -= 1
            column = lines[line - 1].utf8.count + 1
        }
        return lesson.location(in: cell, line: line, column: column)
    }
}
