internal import Lessons
internal import Serialization

/// A piece that is not run in the page: what others need of it was computed when the lesson was built, and is read in its
/// place.
package struct BuiltPiece: Sendable, Hashable, Codable {
    /// The index of the piece.
    package var piece: Int
    /// What is read, in order.
    package var values: [Value] = []
    /// The reasons why it cannot be read.
    package var faults: [Fault] = []

    /// A variable that the piece declares or changes.
    package struct Value: Sendable, Hashable, Codable {
        /// The name.
        package var name: String
        /// The way in which it gets its value in the page.
        package var source: Source
    }

    /// A way in which a variable gets its value.
    package enum Source: Sendable, Hashable, Codable {
        /// It is declared with a value.
        case value(type: String, isVariable: Bool)
        /// It is declared as a layer that an expression makes, which then gets its parameters.
        case layer(type: String, isVariable: Bool, initializer: String)
        /// It is declared elsewhere, and is assigned a value.
        case assigned
        /// It is declared elsewhere, and its numbers or parameters are set.
        case loaded
    }

    /// A reason, with the offset in a piece of what it is about.
    package struct Fault: Sendable, Hashable, Codable {
        package var piece: Int
        package var offset: Int
        package var reason: Reason
    }

    /// A reason why a piece cannot be built.
    package enum Reason: Sendable, Hashable, Codable {
        /// It declares something that is no value, and is needed.
        case declaration(String)
        /// A variable is of a type that cannot be shipped.
        case type(name: String, String)
        /// A layer's type has no initializer without arguments.
        case initializer(name: String, type: String)
        /// It changes a variable whose type cannot be shipped.
        case change(name: String, type: String)
        /// Another piece draws random numbers, which follow those that this one drew.
        case draws(after: Int)
    }
}

/// What built pieces declare, as far as the page may read it.
struct BuiltPieces {
    /// The indices of the pieces.
    let pieces: Set<Int>
    /// The names that the initial value of a variable needs in the page, by the variable, by the piece.
    private(set) var mentions: [Int: [String: Set<String>]] = [:]
    private let outline: ProgramOutline
    private let layers: LayerKinds
    private let typed: TypedPieces

    init(_ pieces: Set<Int>, _ outline: ProgramOutline, _ typed: TypedPieces) {
        (self.pieces, self.outline, self.typed) = (pieces, outline, typed)
        layers = pieces.isEmpty ? LayerKinds() : LayerKinds(typed)
        for piece in pieces {
            for (name, offset) in declarations(of: piece) {
                guard let type = typed.variables[offset], layers.contains(type) else { continue }
                var names: Set<String> = [type]
                if let call = initialCall(of: name, type) { names.formUnion(globals(in: call)) }
                mentions[piece, default: [:]][name] = names.filter { outline.globals[$0] != nil }
            }
        }
    }

    /// The names that the piece declares as variables, with their offsets in the program.
    private func declarations(of piece: Int) -> [(name: String, offset: Int)] {
        let bytes = Array(typed.pieces[piece].text.utf8)
        return typed.pieces[piece].syntax.variables.map { variable in
            (
                String(decoding: bytes[variable.name], as: UTF8.self),
                typed.starts[piece] + variable.name.lowerBound
            )
        }
    }

    /// The variables that pieces declare whose values the page reads, so that nothing leads on from them to what they were
    /// made of.
    var variables: Set<String> {
        Set(pieces.flatMap { declarations(of: $0).map(\.name) })
    }

    /// The call of a layer's own initializer with which a variable is declared; `nil` if it comes from somewhere else.
    private func initialCall(of name: String, _ type: String) -> Range<Int>? {
        guard let declaration = outline.variables[name]?.range else { return nil }
        for index in outline.tokens(in: declaration) {
            let token = outline.tokens[index]
            guard token.text == type, let call = outline.calls[token.range.upperBound],
                call.range.lowerBound == token.range.lowerBound,
                call.range.upperBound == declaration.upperBound
            else { continue }
            let before = outline.text[declaration.lowerBound..<token.range.lowerBound].last { $0 > 0x20 }
            if before == UInt8(ascii: "=") { return call.range }
        }
        return nil
    }

    /// The code in a range of a piece, with one blank or line end where there are several: it is the same after edits of
    /// comments and layout.
    private func code(in range: Range<Int>, of piece: Int) -> String {
        let bytes = typed.pieces[piece].withoutComments
        var written: [UInt8] = []
        var position = range.lowerBound
        func write(between end: Int) {
            for byte in bytes[position..<end] {
                guard byte <= 0x20 else {
                    written.append(byte)
                    continue
                }
                let isEnd = byte == UInt8(ascii: "\n")
                let blank = isEnd ? byte : UInt8(ascii: " ")
                guard let last = written.last, last <= 0x20 else {
                    written.append(blank)
                    continue
                }
                if isEnd { written[written.count - 1] = blank }
            }
        }
        for token in typed.pieces[piece].syntax.tokens
        where range.contains(token.range.lowerBound) && token.kind != .comment {
            write(between: token.range.lowerBound)
            written += bytes[token.range]
            position = token.range.upperBound
        }
        write(between: range.upperBound)
        return String(decoding: written, as: UTF8.self)
    }

    private func globals(in range: Range<Int>) -> Set<String> {
        Set(
            outline.tokens(in: range).map { outline.tokens[$0] }.compactMap { token in
                if case .global = outline.meaning(of: token) { token.text } else { nil }
            }
        )
    }

    // MARK: - What is read

    /// Returns what is read in the place of a piece.
    ///
    /// - Parameters:
    ///   - piece: The piece.
    ///   - needed: The names that the program mentions; members with a dot before them.
    ///   - changed: The variables that the piece changes, of those that the program mentions.
    func read(_ piece: Int, needing needed: Set<String>, changing changed: Set<String>) -> BuiltPiece {
        var built = BuiltPiece(piece: piece)
        func fault(_ name: String, _ reason: BuiltPiece.Reason) {
            built.faults.append(
                BuiltPiece.Fault(piece: piece, offset: offset(of: name, in: piece), reason: reason)
            )
        }
        let declared = declarations(of: piece)
        for (name, offset) in declared where needed.contains(name) && outline.variables[name] != nil {
            let type = typed.variables[offset] ?? "_"
            let isVariable = outline.variables[name]?.isVariable == true
            if layers.contains(type) {
                let call = initialCall(of: name, type).map {
                    code(in: $0.moved(by: -typed.starts[piece]), of: piece)
                }
                guard let made = call ?? (layers.isMadeOfNothing(type) ? "\(type)()" : nil) else {
                    fault(name, .initializer(name: name, type: type))
                    continue
                }
                let source = BuiltPiece.Source.layer(type: type, isVariable: isVariable, initializer: made)
                built.values.append(BuiltPiece.Value(name: name, source: source))
            } else if BuiltPieces.isShipped(type) {
                let source = BuiltPiece.Source.value(type: type, isVariable: isVariable)
                built.values.append(BuiltPiece.Value(name: name, source: source))
            } else {
                fault(name, .type(name: name, type))
            }
        }
        let readable = Set(declared.map(\.name)).filter { outline.variables[$0] != nil }
        for name in needed.sorted() where !readable.contains(name) {
            let member = name.hasPrefix(".") ? String(name.dropFirst()) : nil
            let isDeclaredHere =
                member.map { outline.members[$0]?.contains(piece) == true }
                ?? (outline.globals[name]?.contains(piece) == true)
            if isDeclaredHere { fault(member ?? name, .declaration(member ?? name)) }
        }
        for (type, other) in outline.silentExtensions where other == piece {
            guard outline.globals[type] == nil || needed.contains(type) else { continue }
            fault(type, .declaration("an extension of \(type)"))
        }
        for name in changed.sorted() where !readable.contains(name) {
            let type = type(of: name) ?? "_"
            if outline.variables[name]?.isVariable == true, BuiltPieces.isShipped(type) {
                built.values.append(BuiltPiece.Value(name: name, source: .assigned))
            } else if type == "Tensor" || layers.contains(type) {
                built.values.append(BuiltPiece.Value(name: name, source: .loaded))
            } else {
                fault(name, .change(name: name, type: type))
            }
        }
        return built
    }

    private func type(of name: String) -> String? {
        for piece in outline.globals[name] ?? [] {
            if let offset = declarations(of: piece).first(where: { $0.name == name })?.offset {
                return typed.variables[offset]
            }
        }
        return nil
    }

    /// The offset in a piece of the first place that names something.
    private func offset(of name: String, in piece: Int) -> Int {
        let token = outline.tokens.first { outline.parts[$0.part].piece == piece && $0.text == name }
        return token.map { $0.range.lowerBound - typed.starts[piece] } ?? 0
    }

    /// Whether values of a type can be shipped: numbers, texts, tensors, arrays and dictionaries of them.
    static func isShipped(_ type: some StringProtocol) -> Bool {
        let known = ["Tensor", "IntTensor", "Int", "Int64", "Float", "Double", "Bool", "String"]
        if known.contains(where: { $0 == type }) { return true }
        guard type.hasPrefix("["), type.hasSuffix("]") else { return false }
        let inner = type.dropFirst().dropLast()
        if inner.hasPrefix("String : ") { return isShipped(inner.dropFirst("String : ".count)) }
        if inner.hasPrefix("String: ") { return isShipped(inner.dropFirst("String: ".count)) }
        return isShipped(inner)
    }
}
