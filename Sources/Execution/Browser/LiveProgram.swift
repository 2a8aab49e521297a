internal import Lessons
package import Records
internal import Serialization
internal import SwiftAnalysis

/// The program of a lesson's live cells, with the cells that they need: the same text is compiled natively and for the
/// reader's browser, but for the places in it.
public struct LiveProgram: Sendable, Equatable {
    /// The key: two programs with one do the same.
    public var key: String { key(with: values) }
    /// The names of the live cells, in the order in which the program knows them.
    public let cells: [String]
    /// The names of all its cells.
    public let needed: [String]
    /// The variables that a cell changes after a live cell that needs them: in the page, where the program has come to
    /// its end, the live cell sees them as they are then.
    public let laterChanges: [LaterChange]

    /// A change of a variable after a live cell that needs it.
    public struct LaterChange: Sendable, Hashable {
        /// The variable.
        public let name: String
        /// The name of the cell that changes it.
        public let cell: String
        /// The name of the live cell.
        public let live: String
    }

    /// The program as it is compiled natively: places are the lesson's.
    let native: Program
    /// The program as it is compiled for a browser: places are cells and lines in them, which readers know, and which
    /// stay as they are when prose is edited.
    let browser: Program
    /// The cells.
    let steps: [Cell]
    /// The values of built cells, which the program reads.
    package let values: ShippedValues
    /// The modules of the project's own files that it imports.
    let sources: [SourceModule]
    /// What the key is made of, besides the values.
    private let identity: String

    /// The version of programs, modules and keys: to be raised when they are made in another way than before.
    private static let version = "1"
}

extension LiveProgram {
    /// The program as it is compiled for a browser.
    package var text: String { browser.text }
    /// The program as it is compiled natively.
    package var nativeText: String { native.text }

    /// Returns the key that the program has with other values of built cells.
    package func key(with values: ShippedValues) -> String {
        let added = values.entries.isEmpty ? "" : "\u{0}\(Digest(of: values.bytes).text)"
        return String(Digest(of: identity + added).text.prefix(16))
    }

    /// Writes the program; `nil` if nothing runs in the page.
    ///
    /// - Parameter values: The values of built cells.
    static func write(_ part: LessonPart, _ notes: StepNotes, with values: ShippedValues) -> LiveProgram? {
        guard let live = notes.live, let slice = live.slice,
            slice.pieces.allSatisfy(part.steps.indices.contains)
        else { return nil }
        let built = live.built
        let steps = slice.pieces.map { built[$0]?.reading(part.steps[$0]) ?? part.steps[$0] }
        var shown: [Int: [Range<Int>]] = [:]
        var insertions: [Int: [Program.Insertion]] = [:]
        for (index, piece) in slice.pieces.enumerated() where built[piece] == nil {
            shown[index] = notes.shown[piece]
            insertions[index] = live.structures[piece]?.map {
                Program.Insertion(offset: $0.brace.lowerBound, text: $0.text)
            }
        }
        let inBrowser = part.imports.inBrowser(for: steps.map(\.code))
        func program(countsByCell: Bool) -> Program {
            Program.live(
                steps,
                of: part.lesson,
                importing: countsByCell ? inBrowser : part.imports,
                showing: shown,
                inserting: insertions,
                countsByCell: countsByCell
            )
        }
        let codes = slice.pieces.map { built[$0] == nil ? part.code[$0] : nil }
        return LiveProgram(
            cells: slice.live.map { part.steps[$0].name },
            needed: steps.map(\.name),
            laterChanges: slice.laterChanges.map {
                LaterChange(name: $0.name, cell: part.steps[$0.piece].name, live: part.steps[$0.live].name)
            },
            native: program(countsByCell: false),
            browser: program(countsByCell: true),
            steps: steps,
            values: values,
            sources: inBrowser.sources,
            identity: identity(of: steps, codes, live, slice, importing: part.imports, inBrowser)
        )
    }

    /// Comments and layout are not in the key, unless code asks where it stands.
    private static func identity(
        of steps: [Cell],
        _ codes: [ParsedCode?],
        _ live: LiveNotes,
        _ slice: LiveSlice,
        importing imports: Imports,
        _ inBrowser: Imports
    ) -> String {
        var parts = [version]
        if imports != .engine { parts.append(inBrowser.text) }
        for file in inBrowser.sources.flatMap(\.files) { parts += [file.path, file.text] }
        for (step, code) in zip(steps, codes) {
            guard let code else {
                parts += [step.name, step.code]
                continue
            }
            let canonical = CanonicalCode(of: code)
            parts += [step.name, canonical.text]
            if canonical.knowledge > .nothing { parts += [step.code] }
        }
        for piece in slice.pieces { parts += live.structures[piece]?.map(\.text) ?? [] }
        return parts.joined(separator: "\u{0}")
    }
}
