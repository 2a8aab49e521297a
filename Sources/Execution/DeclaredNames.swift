package import Lessons

/// The names that code declares, however deep: those of variables, functions, parameters and types, but not what values
/// and types they are given.
package struct DeclaredNames {
    /// Where a name is declared.
    package struct Place: Hashable, Sendable {
        /// The index of the piece of code.
        package var piece: Int
        /// The byte of that piece at which the name begins.
        package var start: Int

        package init(piece: Int, start: Int) {
            self.piece = piece
            self.start = start
        }
    }

    /// All of them, each with where it is declared.
    package private(set) var places: [String: Set<Place>] = [:]
    /// How names are declared; several have one name.
    package private(set) var manners: [String: Set<Manner>] = [:]
    /// How many functions, types and cases have a name, of those that some have.
    package private(set) var counts: [String: Int] = [:]

    /// How a name is declared.
    package enum Manner: Sendable {
        /// As in `let x = 1` or `for x in 0..<3`, or a parameter: nothing stands before it, neither a modifier nor
        /// documentation, and `let`, the name and its type are all there is to say.
        case constant
        /// As in `var x = 1`, and of it as much is to say.
        case variable
        /// Any other.
        case other
    }

    private static let words: Set = [
        "let", "var", "func", "struct", "class", "enum", "actor", "protocol", "typealias", "case", "for",
        "associatedtype", "macro", "init", "subscript",
    ]
    /// Words that begin a statement which binds names with `let`.
    private static let binding: Set = ["if", "guard", "while"]

    /// Words that name what else they declare before its parameters.
    private static let naming = words.subtracting(["let", "var", "for", "init", "subscript"])
    /// Words after which parameters come, perhaps after a name.
    private static let parametric: Set = ["func", "init", "subscript"]

    /// Words that may stand inside of a declaration.
    private static let passing: Set = ["_", "inout", "some", "any", "true", "false", "nil"]
    /// What stands before or behind the type of a parameter that is more than a constant of that type.
    private static let more: Set = ["inout", "borrowing", "consuming", "sending", "isolated", "some"]

    /// Whether what comes next is declared, and as what.
    private var declares = false
    private var manner = Manner.other
    private var isParametric = false
    /// Whether the name of a function or type is still to come.
    private var isUnnamed = false
    /// The latest parameter.
    private var parameter: String?
    /// How many brackets were open where a declaration's value or type began, after which another may follow.
    private var waiting: Int?
    private var depth = 0

    /// Finds them.
    ///
    /// - Parameter pieces: Pieces of code with their tokens.
    package init(in pieces: some Sequence<(code: String, tokens: [SyntaxToken])>) {
        for (index, piece) in pieces.enumerated() {
            (declares, waiting, depth, isUnnamed, parameter) = (false, nil, 0, false, nil)
            read(Array(piece.code.utf8), piece.tokens, index)
        }
    }

    private mutating func read(_ bytes: [UInt8], _ tokens: [SyntaxToken], _ piece: Int) {
        var end = 0
        var before: SyntaxToken?
        for token in tokens {
            let gap = bytes[end..<max(end, token.range.lowerBound)]
            // As many as are given come as an array.
            if let parameter, gap.starts(with: "...".utf8) { manners[parameter, default: []].insert(.other) }
            for byte in gap { pass(byte) }
            end = token.range.upperBound
            let word = String(decoding: bytes[token.range], as: UTF8.self)
            if let parameter, token.kind == .attribute || DeclaredNames.more.contains(word) {
                manners[parameter, default: []].insert(.other)
            }
            switch token.kind {
            case .keyword:
                if DeclaredNames.passing.contains(word) { break }
                declares = DeclaredNames.words.contains(word)
                isParametric = DeclaredNames.parametric.contains(word)
                manner =
                    switch word {
                    case "for": .constant
                    case "let" where isPlain(after: before, token, in: bytes): .constant
                    case "var" where isPlain(after: before, token, in: bytes): .variable
                    default: isParametric ? .constant : .other
                    }
                isUnnamed = DeclaredNames.naming.contains(word)
                (waiting, parameter) = (nil, nil)
            case .identifier where declares:
                places[word, default: []].insert(Place(piece: piece, start: token.range.lowerBound))
                manners[word, default: []].insert(isUnnamed ? .other : manner)
                if isUnnamed { counts[word, default: 0] += 1 }
                if isParametric, !isUnnamed { parameter = word }
                isUnnamed = false
            case .operator where word == "=":
                pass(UInt8(ascii: "="))
            default: break
            }
            before = token
        }
    }

    /// Whether nothing that belongs to a `let` stands before it.
    private func isPlain(after before: SyntaxToken?, _ word: SyntaxToken, in bytes: [UInt8]) -> Bool {
        guard let before else { return true }
        let text = bytes[before.range]
        switch before.kind {
        case .attribute: return false
        case .comment: return !text.starts(with: "///".utf8) && !text.starts(with: "/**".utf8)
        case .keyword:
            // A keyword further up belongs to another statement.
            let gap = bytes[before.range.upperBound..<word.range.lowerBound]
            return DeclaredNames.binding.contains(String(decoding: text, as: UTF8.self))
                || !gap.allSatisfy { [0x20, 0x09].contains($0) }
        default: return true
        }
    }

    /// Goes on past what stands between two tokens.
    private mutating func pass(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "="), UInt8(ascii: ":"):
            if declares { (declares, waiting) = (false, depth) }
        case UInt8(ascii: ","):
            if waiting == depth { (declares, waiting) = (true, nil) }
        case UInt8(ascii: "{"):
            declares = false
            depth += 1
        case UInt8(ascii: "("), UInt8(ascii: "["):
            depth += 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
            depth -= 1
            // The tuple or the list of parameters is at its end.
            if let waiting, depth < waiting { self.waiting = nil }
        default: break
        }
    }
}
