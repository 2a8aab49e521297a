package import Lessons

/// Pieces of Swift, type-checked together as the one program that they are. Offsets count bytes.
package struct TypedPieces: Sendable {
    let pieces: [ParsedCode]
    let program: TypedProgram
    /// The offset of each piece in the program.
    let starts: [Int]
    /// The expressions of each piece; their ranges count from its start.
    let expressions: [[TypedExpression]]
    /// The types of variables, by the offset of their names in the program.
    let variables: [Int: String]
    private let declared: DeclaredNames
    /// The calls of `live` and `animate`.
    package let liveExpressions: [LiveExpression]
    private let surroundings: [String]

    /// Type-checks pieces.
    ///
    /// - Parameters:
    ///   - pieces: The pieces, in order.
    ///   - preamble: The line that stands before them.
    ///   - sourceKit: The SourceKit that is asked for types.
    ///   - arguments: The compiler's options, without files.
    package static func check(
        _ pieces: [ParsedCode],
        after preamble: String,
        with sourceKit: SourceKit,
        arguments: [String]
    ) throws(SourceKitLibrary.Failure) -> TypedPieces {
        var text = preamble + "\n"
        var starts: [Int] = []
        for piece in pieces {
            starts.append(text.utf8.count)
            text += piece.text + "\n"
        }
        let program = try TypedProgram(text, arguments: arguments, in: sourceKit)
        return TypedPieces(pieces, at: starts, of: program, try program.types())
    }

    private init(
        _ pieces: [ParsedCode],
        at starts: [Int],
        of program: TypedProgram,
        _ types: TypedProgram.Types
    ) {
        (self.pieces, self.starts, self.program) = (pieces, starts, program)
        variables = types.variables
        let declared = DeclaredNames.find(
            in: program.structure,
            variables: types.variables.keys,
            of: Array(program.text.utf8)
        )
        self.declared = declared
        surroundings = program.surroundings
        var expressions = [[TypedExpression]](repeating: [], count: pieces.count)
        for expression in types.expressions {
            guard let (piece, start) = TypedPieces.place(expression.range.lowerBound, in: pieces, starts)
            else {
                continue
            }
            expressions[piece].append(
                TypedExpression(range: start..<start + expression.range.count, type: expression.type)
            )
        }
        self.expressions = expressions
        let names = [LiveExpression.Function.live, .animate].filter { !declared.contains($0.rawValue) }
        liveExpressions = LiveExpression.all(of: names, in: program.structure, pieces, at: starts)
    }

    /// The assignments to variables of the program in what `runs` is given to run at the same time.
    package var assignmentsInRuns: [LiveSlice.Assignment] {
        guard !declared.contains(LiveExpression.Function.runs.rawValue) else { return [] }
        let calls = LiveExpression.all(of: [.runs], in: program.structure, pieces, at: starts)
        guard !calls.isEmpty else { return [] }
        return assignments(in: calls, ProgramEffects(of: ProgramOutline(self), self))
    }

    /// The piece that holds a byte of the program, and the offset in it.
    func place(_ offset: Int) -> (piece: Int, offset: Int)? {
        TypedPieces.place(offset, in: pieces, starts)
    }

    private static func place(
        _ offset: Int,
        in pieces: [ParsedCode],
        _ starts: [Int]
    ) -> (piece: Int, offset: Int)? {
        guard let piece = starts.lastIndex(where: { $0 <= offset }),
            offset < starts[piece] + pieces[piece].text.utf8.count
        else { return nil }
        return (piece, offset - starts[piece])
    }

    /// The program, with blanks in the place of comments and texts.
    var bareText: [UInt8] {
        var text = Array(program.text.utf8)
        for (start, piece) in zip(starts, pieces) {
            for token in piece.syntax.tokens where token.kind == .comment || token.kind == .string {
                for index in token.range where text[start + index] != UInt8(ascii: "\n") {
                    text[start + index] = UInt8(ascii: " ")
                }
            }
        }
        return text
    }

    /// The last bare expression of a piece, whose value is shown; `nil` if it ends with none.
    package func lastExpression(of piece: Int) -> Range<Int>? {
        LastExpression.range(in: pieces[piece], expressions: expressions[piece])
    }

    /// The expressions of a piece whose values are shown, in their order: the last bare one, and the last ones of what
    /// `live` and `animate` are given to run.
    package func shownExpressions(of piece: Int) -> [Range<Int>] {
        let last = lastExpression(of: piece).map { [$0] } ?? []
        let calls = liveExpressions.filter { $0.piece == piece && $0.misplacement == nil }
        guard !calls.isEmpty else { return last }
        let bytes = pieces[piece].withoutComments
        let inner = calls.compactMap { call in
            call.body.flatMap { body in
                LastExpression.range(
                    in: bytes[body],
                    of: pieces[piece].syntax.tokens,
                    expressions: expressions[piece],
                    constructs: call.constructs
                )
            }
        }
        return (last + inner).sorted { $0.lowerBound < $1.lowerBound }
    }

    /// The variables of these types that a piece defines outside of all braces.
    package func variables(of piece: Int, ofTypes types: Set<String>) -> [TensorDefinition] {
        let (bare, syntax) = (pieces[piece].withoutComments, pieces[piece].syntax)
        let defined = syntax.variables.filter { variable in
            variables[starts[piece] + variable.name.lowerBound].map(types.contains) == true
                && TypedPieces.isStored(variable, in: bare)
        }
        return TypedPieces.lastOnTheirLines(defined, in: bare).map { variable in
            TensorDefinition(String(decoding: bare[variable.name], as: UTF8.self), variable.declaration)
        }
    }

    /// Whether this is a stored variable with an initial value.
    private static func isStored(_ variable: Syntax.Variable, in code: [UInt8]) -> Bool {
        let next = code[variable.name.upperBound..<variable.declaration.upperBound].first {
            [UInt8(ascii: "="), UInt8(ascii: "{")].contains($0)
        }
        // A name between backticks is longer than SourceKit says.
        return next == UInt8(ascii: "=") && code[variable.name.lowerBound] != UInt8(ascii: "`")
    }

    /// The variables after whose declarations nothing stands on the line but declarations of the like.
    private static func lastOnTheirLines(
        _ variables: [Syntax.Variable],
        in code: [UInt8]
    ) -> [Syntax.Variable] {
        var kept: [Syntax.Variable] = []
        for variable in variables.reversed() {
            let next = code[variable.declaration.upperBound...].firstIndex {
                ![UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: ";")].contains($0)
            }
            let endsLine = next.map { code[$0] == UInt8(ascii: "\n") } ?? true
            if endsLine || kept.contains(where: { $0.declaration.lowerBound == next }) {
                kept.append(variable)
            }
        }
        return kept.reversed()
    }

    /// Whether a piece imports a module that is not there. Asked for names then, SourceKit prints what it has to say of
    /// that to standard error, by a file's name that nobody knows.
    package var lacksModule: Bool {
        pieces.contains { $0.text.contains("import") }
            && program.errors.contains { $0 == "sema_no_import" }
    }

    /// Returns what could stand in the place of a name of a piece: the members of what stands before it, or what is in
    /// scope.
    package func names(insteadOf name: Range<Int>, in piece: Int) -> [String] {
        program.names(insteadOf: starts[piece] + name.lowerBound..<starts[piece] + name.upperBound)
    }

    /// Returns the notes on the names in some of the pieces.
    ///
    /// - Parameter library: The notes on names of libraries that are known, to which those are added that were not.
    package func nameNotes(in indices: [Int], with library: LibraryNotes) -> [[NameNote]] {
        // The notes on names that the program declares once. A library can have the same name, and a type has several
        // initializers.
        var own: [NameKey: NameNote] = [:]
        return indices.map { piece in
            let occurrences = NameOccurrence.all(in: pieces[piece], expressions[piece]) {
                variables[starts[piece] + $0]
            }
            return occurrences.compactMap { note(on: $0, in: piece, with: library, &own) }
        }
    }

    private func note(
        on name: NameOccurrence,
        in piece: Int,
        with library: LibraryNotes,
        _ own: inout [NameKey: NameNote]
    ) -> NameNote? {
        // Elements of tuples have no declaration that SourceKit would name.
        if let element = name.tupleElement { return NameNote(name.range, declaration: element) }
        let place = starts[piece] + name.range.lowerBound
        let canBeMember = name.isMember || declared.isInType(place)
        if declared.isOnlyGlobal(name.text), !canBeMember, name.isInType || name.hasOwnType {
            let key = name.key(surroundings: [])
            if own[key] == nil { own[key] = program.symbol(at: place).map { NameNote(name.range, $0) } }
            return own[key]?.at(name.range)
        }
        let isOfLibrary = !declared.contains(name.text) && (name.isMember || !canBeMember)
        let key = isOfLibrary && name.isClear ? name.key(surroundings: surroundings) : nil
        if let key, let known = library[key] { return known.at(name.range) }
        guard let symbol = program.symbol(at: place) else { return nil }
        let note = NameNote(name.range, symbol)
        if let key, symbol.offset == nil { library[key] = note }
        return note
    }
}
