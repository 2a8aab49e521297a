internal import Lessons

/// The pieces that a lesson's live calls need: those that declare what they name or change it, and so on.
///
/// Whole pieces are taken, in their order. One too many costs time in the page; one too few gives another result.
package struct LiveSlice: Sendable, Hashable, Codable {
    /// The indices of the pieces, in their order, with those that have the live calls.
    package var pieces: [Int]
    /// The pieces with live calls that run in the page, in their order.
    package var live: [Int]
    /// Pieces that change a variable after a live call that needs it, as the call sees it in the page.
    package var laterChanges: [LaterChange] = []
    /// The assignments in the closures of live calls to variables of the lesson.
    package var assignments: [Assignment] = []
    /// The pieces among them that are not run in the page.
    package var built: [BuiltPiece] = []

    /// A change of a variable that comes too late for a live call.
    package struct LaterChange: Sendable, Hashable, Codable {
        /// The variable.
        package var name: String
        /// The piece that changes it.
        package var piece: Int
        /// The piece with the live call.
        package var live: Int
    }

    /// An assignment in the closure of a call.
    package struct Assignment: Sendable, Hashable, Codable {
        /// The variable.
        package var name: String
        /// The piece.
        package var piece: Int
        /// The offset of the name in it.
        package var offset: Int
    }
}

extension TypedPieces {
    /// The live calls that run in the page, each in its place at the end of its piece.
    private var callsInPage: [LiveExpression] {
        liveExpressions.filter { $0.function == .live && $0.misplacement == nil && !$0.isBuilt }
    }

    /// Returns what the live calls need that run in the page; `nil` if there are none.
    ///
    /// - Parameter built: The pieces that are not run in the page.
    package func liveSlice(built: Set<Int> = []) -> LiveSlice? {
        let calls = callsInPage
        guard let last = calls.last?.piece else { return nil }
        let outline = ProgramOutline(self)
        let effects = ProgramEffects(of: outline, self)
        let live = calls.map(\.piece)
        let builtPieces = BuiltPieces(built.subtracting(live), outline, self)
        let names = NeededNames(outline, builtPieces, count: pieces.count)
        let changes = pieces.indices.map { effects.changes(by: $0) }
        let slice = close(live, names, effects, changes, before: last)
        var found = LiveSlice(pieces: slice.sorted(), live: live)
        for piece in live.dropLast() {
            let needed = effects.holding(
                names.variables(of: close([piece], names, effects, changes, before: piece)),
                except: names.built.variables
            )
            for later in slice.sorted() where later > piece {
                let changed = changes[later].intersection(needed).sorted().map {
                    LiveSlice.LaterChange(name: $0, piece: later, live: piece)
                }
                found.laterChanges += changed
            }
        }
        found.built = readPieces(of: slice, live, names, changes)
        found.assignments = assignments(in: calls, effects)
        return found
    }

    /// Returns the assignments in the closures of calls to variables of the program, each once.
    func assignments(in calls: [LiveExpression], _ effects: ProgramEffects) -> [LiveSlice.Assignment] {
        var found: [LiveSlice.Assignment] = []
        for call in calls {
            guard let body = call.body?.moved(by: starts[call.piece]) else { continue }
            for (name, offset) in effects.assignments(in: body) {
                let place = offset - starts[call.piece]
                let assignment = LiveSlice.Assignment(name: name, piece: call.piece, offset: place)
                if !found.contains(assignment) { found.append(assignment) }
            }
        }
        return found
    }

    /// Returns what is read in the place of the built pieces of a slice.
    private func readPieces(of slice: Set<Int>, _ live: [Int], _ names: NeededNames, _ changes: [Set<String>])
        -> [BuiltPiece]
    {
        let needed = names.mentions(of: slice)
        let variables = names.variables(of: slice)
        return names.built.pieces.sorted().compactMap { piece in
            let changed = changes[piece].intersection(variables)
            var read =
                slice.contains(piece)
                ? names.built.read(piece, needing: needed, changing: changed) : BuiltPiece(piece: piece)
            read.faults += names.pieces(drawingAfter: piece, in: slice, except: Set(live)).map {
                BuiltPiece.Fault(piece: $0, offset: 0, reason: .draws(after: piece))
            }
            return slice.contains(piece) || !read.faults.isEmpty ? read : nil
        }
    }

    /// Adds to pieces those that they need, and those before a piece that change what they name.
    private func close(
        _ first: [Int],
        _ names: NeededNames,
        _ effects: ProgramEffects,
        _ changes: [Set<String>],
        before last: Int
    ) -> Set<Int> {
        var slice = Set(first)
        while true {
            let count = slice.count
            slice = names.declaring(slice)
            slice.formUnion(names.drawing(before: slice, except: Set(first)))
            let needed = effects.holding(names.variables(of: slice), except: names.built.variables)
            for piece in 0..<last where !changes[piece].isDisjoint(with: needed) { slice.insert(piece) }
            if slice.count == count { return slice }
        }
    }
}

/// The names that pieces declare, mention and draw random numbers by.
private struct NeededNames {
    /// The pieces that are not run.
    let built: BuiltPieces
    private let outline: ProgramOutline
    /// The names that each piece mentions.
    private var mentioned: [Set<String>]
    /// The pieces whose code draws random numbers when it runs.
    private var drawing: Set<Int> = []
    /// The pieces whose code seeds the generator, or calls a function that does.
    private var seeding: Set<Int> = []

    /// The names of the library that draw random numbers.
    private static let draws: Set<String> = [
        "rand", "randn", "randint", "normal", "uniform", "permutation", "shuffled", "shuffle", "random",
        "randomElement", "bernoulli", "multinomial", "sample", "sampled", "dropout", "Dropout", "Linear",
        "Embedding",
        "RNN", "LSTM", "GRU", "RNNCell", "LSTMCell", "GRUCell", "DataLoader", "RecurrentStack", "manualSeed",
    ]

    init(_ outline: ProgramOutline, _ built: BuiltPieces, count: Int) {
        (self.outline, self.built) = (outline, built)
        mentioned = Array(repeating: [], count: count)
        var (drawingParts, seedingParts): (Set<Int>, Set<Int>) = ([], [])
        var callers: [String: Set<Int>] = [:]
        for token in outline.tokens {
            let piece = outline.parts[token.part].piece
            switch outline.meaning(of: token) {
            case .global: mentioned[piece].insert(token.text)
            case .other where token.isMember && outline.members[token.text] != nil:
                mentioned[piece].insert(".\(token.text)")
            default: break
            }
            if NeededNames.draws.contains(token.text), outline.globals[token.text] == nil {
                drawingParts.insert(token.part)
            }
            if token.text == "manualSeed" { seedingParts.insert(token.part) }
            callers[token.text, default: []].insert(token.part)
        }
        drawing = NeededNames.pieces(reaching: drawingParts, in: outline, callers)
        seeding = NeededNames.pieces(reaching: seedingParts, in: outline, callers)
    }

    /// The pieces whose code is among some parts, or names one: a function does what one does that it names, a type what
    /// one of its parts does.
    private static func pieces(
        reaching parts: Set<Int>,
        in outline: ProgramOutline,
        _ callers: [String: Set<Int>]
    ) -> Set<Int> {
        var (found, rest) = (parts, Array(parts))
        while let part = rest.popLast() {
            guard outline.parts[part].kind != .code else { continue }
            var users = callers[outline.parts[part].name] ?? []
            if outline.parts[part].name == "callAsFunction" { users = Set(outline.parts.indices) }
            if let outer = outline.parts[part].outer, outline.parts[outer].kind == .type {
                users.insert(outer)
            }
            for user in users where found.insert(user).inserted { rest.append(user) }
        }
        return Set(found.filter { outline.parts[$0].kind == .code }.map { outline.parts[$0].piece })
    }

    /// The names that pieces mention, a built one only in the initial values that are made in the page.
    func mentions(of pieces: Set<Int>) -> Set<String> {
        var all = Set(pieces.subtracting(built.pieces).flatMap { mentioned[$0] })
        var count = -1
        while count != all.count {
            count = all.count
            for piece in pieces.intersection(built.pieces) {
                for (name, others) in built.mentions[piece] ?? [:] where all.contains(name) {
                    all.formUnion(others)
                }
            }
        }
        return all
    }

    /// The variables that pieces mention.
    func variables(of pieces: Set<Int>) -> Set<String> {
        mentions(of: pieces).filter { outline.variables[$0] != nil }
    }

    /// Adds to pieces those that declare what they mention.
    func declaring(_ pieces: Set<Int>) -> Set<Int> {
        var all = pieces
        var count = -1
        while count != all.count {
            count = all.count
            for name in mentions(of: all) {
                all.formUnion(
                    name.hasPrefix(".")
                        ? outline.members[String(name.dropFirst())]! : outline.globals[name]!
                )
            }
            for (type, piece) in outline.silentExtensions {
                // That of a type of the lesson's own matters where the type is.
                let declared = outline.globals[type]
                if declared == nil || !declared!.isDisjoint(with: all) { all.insert(piece) }
            }
        }
        return all
    }

    /// The pieces on whose random numbers those of some pieces depend: all that draw, from the last that seeds on.
    ///
    /// - Parameter except: The pieces of live calls, which seed what they draw.
    func drawing(before pieces: Set<Int>, except live: Set<Int>) -> Set<Int> {
        let run = drawing.intersection(pieces).subtracting(live).subtracting(built.pieces)
        return Set(run.flatMap { drawing(before: $0) }).subtracting(built.pieces)
    }

    /// The pieces of some that are run and draw random numbers which follow those of a built one.
    func pieces(drawingAfter piece: Int, in pieces: Set<Int>, except live: Set<Int>) -> [Int] {
        let run = drawing.intersection(pieces).subtracting(live).subtracting(built.pieces)
        return run.filter { drawing(before: $0).contains(piece) }.sorted()
    }

    /// The pieces on whose random numbers those of one depend.
    private func drawing(before piece: Int) -> Set<Int> {
        guard !seeding.contains(piece) else { return [] }
        let seed = seeding.filter { $0 < piece }.max()
        let found = drawing.filter { $0 < piece && $0 >= seed ?? 0 }
        return seed.map { found.union([$0]) } ?? found
    }
}
