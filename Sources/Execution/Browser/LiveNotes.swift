internal import Lessons
internal import SwiftAnalysis

/// SourceKit's knowledge of a lesson's live cells; ranges are of the steps' code.
struct LiveNotes: Sendable, Hashable, Codable {
    /// The steps with a call of `live` or `animate`.
    var steps: [Int]
    /// The steps of the program that runs in the page; `nil` if there is none.
    var slice: LiveSlice?
    /// The structures that are written into the lesson's own layers, by the step's index: each stands before the brace
    /// whose range this is.
    var structures: [Int: [Structure]] = [:]

    /// What is read in the place of built steps, by the step's index.
    var built: [Int: BuiltPiece] {
        Dictionary((slice?.built ?? []).map { ($0.piece, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// A structure that is written.
    struct Structure: Sendable, Hashable, Codable {
        /// The brace that it stands before.
        var brace: Range<Int>
        /// The member.
        var text: String
    }

    /// Returns the notes with all ranges changed.
    func moved(_ move: (Int, Range<Int>) -> Range<Int>?) -> LiveNotes {
        var moved = self
        for (index, structures) in structures {
            moved.structures[index] = structures.compactMap { structure in
                move(index, structure.brace).map { Structure(brace: $0, text: structure.text) }
            }
        }
        return moved
    }
}

extension LessonPart {
    /// Returns what is known of the live cells; `nil` without such.
    func liveNotes(from typed: TypedPieces) -> LiveNotes? {
        guard !typed.liveExpressions.isEmpty else { return nil }
        let built = steps.indices.filter { steps[$0].options.isBuilt }
        var notes = LiveNotes(
            steps: Set(typed.liveExpressions.map(\.piece)).sorted(),
            slice: typed.liveSlice(built: Set(built))
        )
        guard let slice = notes.slice else { return notes }
        let run = Set(slice.pieces).subtracting(slice.built.map(\.piece))
        for structure in typed.writtenStructures where run.contains(structure.piece) {
            let brace = structure.offset..<structure.offset + 1
            notes.structures[structure.piece, default: []].append(
                LiveNotes.Structure(brace: brace, text: structure.text)
            )
        }
        return notes
    }
}

// MARK: - What a live cell may not do

extension LessonPart {
    /// The errors of live calls that stand where they may not, or assign what they may not.
    func liveErrors(in typed: TypedPieces, _ notes: LiveNotes) -> [Diagnostic] {
        var errors: [Diagnostic] = []
        for call in typed.liveExpressions {
            let place = lesson.location(in: steps[call.piece], offset: call.range.lowerBound)
            let name = call.function.rawValue
            if steps[call.piece].isExpression {
                errors.append(
                    lesson.error(
                        .compile,
                        at: place,
                        "\(name) has no place in prose",
                        hint: "give it a cell of its own"
                    )
                )
            } else if let misplacement = call.misplacement {
                errors.append(
                    lesson.error(
                        .compile,
                        at: place,
                        misplacement.sentence(on: name),
                        hint: misplacement.remedy
                    )
                )
            } else if call.body == nil {
                errors.append(
                    lesson.error(
                        .compile,
                        at: place,
                        "\(name) is given no code to run",
                        hint: "write it in braces behind the parentheses: \(name)(…) { … }"
                    )
                )
            }
        }
        for assignment in notes.slice?.assignments ?? [] {
            errors.append(
                lesson.error(
                    .compile,
                    at: lesson.location(in: steps[assignment.piece], offset: assignment.offset),
                    "a live function cannot change \(assignment.name), which the lesson declared: each call begins with "
                        + "what the lesson left",
                    hint: "change a copy: var own = \(assignment.name)"
                )
            )
        }
        return errors
            + (notes.slice?.built ?? []).flatMap { piece in piece.faults.map { error(of: $0, in: piece) } }
    }

    /// The error of a built cell that cannot be built.
    private func error(of fault: BuiltPiece.Fault, in built: BuiltPiece) -> Diagnostic {
        let (message, hint): (String, String)
        switch fault.reason {
        case .declaration(let name):
            message = "a live cell needs \(name), which a built cell declares, and only values are built"
            hint = "put it into a cell of its own, that is not built"
        case .type(let name, let type):
            message = "\(name) cannot be built: it is of the type \(type)"
            hint =
                "numbers, truth values, texts, tensors and layers can, and arrays and dictionaries of the first four"
        case .initializer(let name, let type):
            message =
                "\(name) cannot be built: a page makes a \(type) before it gets the parameters, and has no arguments"
            hint =
                "write let \(name) = \(type)(…) and train it then, or give \(type) an initializer without arguments"
        case .change(let name, let type):
            message = "a built cell cannot change \(name) for live cells: it is of the type \(type)"
            hint = "what is changed can be a layer, a tensor, or a var with numbers or texts"
        case .draws(let piece):
            message =
                "\(steps[fault.piece].title) draws random numbers after those of \(steps[piece].title), which draws none in the page"
            hint = "begin it with manualSeed"
        }
        let step = steps[fault.piece]
        let place = fault.piece == built.piece ? lesson.location(in: step, offset: fault.offset) : step.fence
        return lesson.error(.compile, at: place, message, hint: hint)
    }

    /// Warnings of built cells of which no live cell needs anything.
    func builtWarnings(_ notes: LiveNotes?) -> [Diagnostic] {
        let needed = notes?.built ?? [:]
        return steps.indices.filter { steps[$0].options.isBuilt && needed[$0] == nil }.map { index in
            Diagnostic(
                .warning,
                .compile,
                at: steps[index].options.locations[.built] ?? steps[index].fence,
                "no live cell needs what this cell computes",
                hint: "take away built",
                sourceLine: steps[index].fence.line.flatMap(lesson.line)
            )
        }
    }

    /// Warnings of cells that live cells need, and that a reader would wait for.
    func slownessWarnings(_ notes: LiveNotes?, _ times: CellTimes) -> [Diagnostic] {
        guard let notes, let slice = notes.slice else { return [] }
        // Live cells themselves are what a reader asked for.
        let others = slice.pieces.filter { notes.built[$0] == nil && !slice.live.contains($0) }
        return others.compactMap { index in
            guard let time = times[steps[index].name], time > LessonPart.patience else { return nil }
            return Diagnostic(
                .warning,
                .limit,
                at: steps[index].fence,
                "\(steps[index].title) takes \(time.components.seconds) s, and each reader's page runs it for its live cells",
                hint: "write the option built: then the page gets what it computes",
                sourceLine: steps[index].fence.line.flatMap(lesson.line)
            )
        }
    }

    /// The time that a reader waits for a cell that live cells need: a second, and as much again for a busy machine.
    private static let patience: Duration = .seconds(2)

    /// The errors of live cells whose options contradict that a reader runs them.
    func liveOptionErrors(_ notes: LiveNotes) -> [Diagnostic] {
        notes.steps.filter { !steps[$0].isExpression }.flatMap { index in
            let options = steps[index].options
            let refused: [(OptionKeyword, Bool, String)] = [
                (.hidden, options.isHidden, "a hidden cell has no place for its controls"),
                (.quiet, options.isQuiet, "a quiet cell shows nothing that its controls could change"),
                (
                    .volatile, options.isVolatile,
                    "a live cell shows the same each time, and so cannot be volatile"
                ),
                (.built, options.isBuilt, "a live cell cannot be built by an option: its states are"),
            ]
            return refused.filter(\.1).map { keyword, _, message in
                lesson.error(
                    .compile,
                    at: options.locations[keyword] ?? steps[index].fence,
                    message,
                    hint: keyword == .built
                        ? "write live(states: .built, …), and take away built"
                        : "take away \(keyword.rawValue)"
                )
            }
        }
    }
}

extension Lesson {
    /// The errors of cells that are there to fail and have a live call: nobody could move its controls.
    func liveFailureErrors(parsing parse: (String) throws -> ParsedCode) rethrows -> [Diagnostic] {
        var errors: [Diagnostic] = []
        for cell in cells where cell.options.expectedFailure != nil && cell.code.contains("live(") {
            let bytes = Array(cell.code.utf8)
            let syntax = try parse(cell.code).syntax
            let call = syntax.tokens.first { token in
                token.kind == .identifier && bytes[token.range].elementsEqual("live".utf8)
                    && bytes[token.range.upperBound...].first == UInt8(ascii: "(")
                    && ![UInt8(ascii: "."), UInt8(ascii: "_")].contains(bytes[..<token.range.lowerBound].last)
            }
            guard let call else { continue }
            let isCrash = if case .crash? = cell.options.expectedFailure { true } else { false }
            let keyword = isCrash ? OptionKeyword.crashes : .fails
            errors.append(
                error(
                    .compile,
                    at: location(in: cell, offset: call.range.lowerBound),
                    "a cell with \(keyword.rawValue) cannot be live",
                    hint: "take away live, or \(keyword.rawValue)"
                )
            )
        }
        return errors
    }
}

extension LiveExpression.Misplacement {
    fileprivate func sentence(on name: String) -> String {
        switch self {
        case .notLast: "\(name) must stand at the end of its cell"
        case .nested:
            "\(name) must stand by itself at the end of its cell, in no function, loop or other call"
        }
    }

    fileprivate var remedy: String {
        switch self {
        case .notLast: "put what follows it into a cell of its own"
        case .nested: "call it at the end of a cell, and what it needs from its closure"
        }
    }
}
