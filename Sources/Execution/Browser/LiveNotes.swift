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
        var notes = LiveNotes(
            steps: Set(typed.liveExpressions.map(\.piece)).sorted(),
            slice: typed.liveSlice()
        )
        guard let slice = notes.slice else { return notes }
        for structure in typed.writtenStructures where slice.pieces.contains(structure.piece) {
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
    }

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
            ]
            return refused.filter(\.1).map { keyword, _, message in
                lesson.error(
                    .compile,
                    at: options.locations[keyword] ?? steps[index].fence,
                    message,
                    hint: "take away \(keyword.rawValue)"
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
