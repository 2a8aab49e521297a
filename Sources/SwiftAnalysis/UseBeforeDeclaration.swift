internal import Lessons

/// A variable that is read further up than it is declared.
///
/// The compiler lets it pass, for in a program of one file a variable is there from the start, but it holds nothing yet:
/// the program would show 0, or stop at an address.
package struct UseBeforeDeclaration: Sendable, Hashable {
    /// The variable.
    package var name: String
    /// The index of the piece that reads it.
    package var piece: Int
    /// The offset of the mention in that piece.
    package var offset: Int
    /// The index of the piece that declares it.
    package var declaration: Int
}

extension TypedPieces {
    /// The first use before its declaration of each variable that has one.
    ///
    /// What a name stands for is SourceKit's to say, which knows all scopes. It is asked only of names that are written
    /// above the declaration of a variable of that name, where code runs from top to bottom: what only a function or a
    /// closure reads may well run when there is a value.
    package var usesBeforeDeclaration: [UseBeforeDeclaration] {
        let declarations = outermostVariables
        var suspects = suspects(declarations)
        guard !suspects.isEmpty else { return [] }
        let deferred = DeferredCode(in: program.structure, of: bareText)
        suspects.removeAll { deferred.contains($0.offset) }
        var found: [UseBeforeDeclaration] = []
        for suspect in suspects where !found.contains(where: { $0.name == suspect.name }) {
            guard let declaration = declaration(of: suspect, among: declarations),
                !isKeptForLater(at: suspect.offset, beside: deferred),
                let (piece, offset) = place(suspect.offset)
            else { continue }
            found.append(
                UseBeforeDeclaration(
                    name: suspect.name,
                    piece: piece,
                    offset: offset,
                    declaration: declaration.piece
                )
            )
        }
        return found
    }

    /// A name somewhere in the program.
    private struct Mention {
        var name: String
        /// Its offset in the program.
        var offset: Int
    }

    /// The declaration of a variable outside of all braces.
    private struct Declaration {
        var piece: Int
        /// The offset of the variable's name in the program.
        var offset: Int
    }

    /// The variables with storage that are declared outside of all braces; a branch of `#if` may have another of one name.
    private var outermostVariables: [String: [Declaration]] {
        var declarations: [String: [Declaration]] = [:]
        for (index, piece) in pieces.enumerated() {
            let code = piece.withoutComments
            for variable in piece.syntax.variables where !variable.isComputed(in: code) {
                declarations[variable.name(in: code), default: []].append(
                    Declaration(piece: index, offset: starts[index] + variable.name.lowerBound)
                )
            }
        }
        return declarations
    }

    /// The names that stand above a declaration of one that is written the same.
    private func suspects(_ declarations: [String: [Declaration]]) -> [Mention] {
        let last = declarations.compactMapValues { $0.last?.offset }
        var suspects: [Mention] = []
        for (start, piece) in zip(starts, pieces) {
            let code = Array(piece.text.utf8)
            for token in piece.syntax.tokens where token.kind == .identifier {
                let name = TypedPieces.name(String(decoding: code[token.range], as: UTF8.self))
                let offset = start + token.range.lowerBound
                guard let last = last[name], offset < last else { continue }
                suspects.append(Mention(name: name, offset: offset))
            }
        }
        return suspects
    }

    /// The declaration further down that a name stands for; `nil` if it stands for anything else.
    private func declaration(
        of mention: Mention,
        among declarations: [String: [Declaration]]
    ) -> Declaration? {
        guard let symbol = program.symbol(at: mention.offset) else { return nil }
        // `if let x` and `[x]` declare one name, and read another.
        let meant = ([symbol] + symbol.others).compactMap(\.offset)
        return declarations[mention.name]?.first { $0.offset > mention.offset && meant.contains($0.offset) }
    }

    /// Whether a function that takes code instead of a value, and may keep it for later, is named beside a place.
    private func isKeptForLater(at offset: Int, beside deferred: DeferredCode) -> Bool {
        guard let (piece, _) = place(offset) else { return false }
        let statement = deferred.outermost(at: offset)
        return pieces[piece].syntax.tokens.contains { token in
            let start = starts[piece] + token.range.lowerBound
            guard token.kind == .identifier || token.kind == .operator, statement.contains(start),
                let symbol = program.symbol(at: start)
            else { return false }
            return ([symbol] + symbol.others).contains { $0.declaration.contains("@autoclosure @escaping") }
        }
    }

    /// A name without the backticks that it may stand between.
    private static func name(_ written: String) -> String { written.filter { $0 != "`" } }
}

extension Syntax.Variable {
    /// The variable's name, without the backticks that it may stand between: these SourceKit does not count.
    fileprivate func name(in code: [UInt8]) -> String {
        let tick = UInt8(ascii: "`")
        guard code[name.lowerBound] == tick else { return String(decoding: code[name], as: UTF8.self) }
        return String(decoding: code[(name.lowerBound + 1)...].prefix { $0 != tick }, as: UTF8.self)
    }

    /// Whether the variable is a function by another name, which is there from the start.
    fileprivate func isComputed(in code: [UInt8]) -> Bool {
        let next = code[name.upperBound..<declaration.upperBound].first {
            [UInt8(ascii: "="), UInt8(ascii: "{")].contains($0)
        }
        return next == UInt8(ascii: "{")
    }
}
