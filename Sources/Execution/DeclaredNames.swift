package import Lessons

/// The names that code declares, however deep: those of variables, functions, parameters and types, but not what values
/// and types they are given.
package struct DeclaredNames {
    /// All of them.
    package private(set) var names: Set<String> = []
    /// Those of which each declaration is a plain constant, as in `let x = 1` or `for x in 0..<3`: nothing stands before
    /// it, neither a modifier nor documentation, and `let`, the name and its type are all there is to say.
    package var constants: Set<String> { bound.subtracting(others) }

    private var bound: Set<String> = []
    private var others: Set<String> = []

    private static let words: Set = [
        "let", "var", "func", "struct", "class", "enum", "actor", "protocol", "typealias", "case", "for",
        "associatedtype", "macro", "init", "subscript",
    ]
    /// Words that begin a statement which binds names with `let`.
    private static let binding: Set = ["if", "guard", "while"]

    /// Words that may stand inside of a declaration.
    private static let passing: Set = ["_", "inout", "some", "any", "true", "false", "nil"]

    /// Whether what comes next is declared, and as what.
    private var declares = false
    private var declaresConstant = false
    /// How many brackets were open where a declaration's value or type began, after which another may follow.
    private var waiting: Int?
    private var depth = 0

    /// Finds them.
    ///
    /// - Parameter pieces: Pieces of code with their tokens.
    package init(in pieces: some Sequence<(code: String, tokens: [SyntaxToken])>) {
        for piece in pieces {
            (declares, waiting, depth) = (false, nil, 0)
            read(Array(piece.code.utf8), piece.tokens)
        }
    }

    private mutating func read(_ bytes: [UInt8], _ tokens: [SyntaxToken]) {
        var end = 0
        var before: SyntaxToken?
        for token in tokens {
            for byte in bytes[end..<max(end, token.range.lowerBound)] { pass(byte) }
            end = token.range.upperBound
            switch token.kind {
            case .keyword:
                let word = String(decoding: bytes[token.range], as: UTF8.self)
                if DeclaredNames.passing.contains(word) { break }
                declares = DeclaredNames.words.contains(word)
                declaresConstant = word == "for" || word == "let" && isPlain(after: before, token, in: bytes)
                waiting = nil
            case .identifier where declares:
                let name = String(decoding: bytes[token.range], as: UTF8.self)
                names.insert(name)
                if declaresConstant { bound.insert(name) } else { others.insert(name) }
            case .operator where bytes[token.range].elementsEqual([UInt8(ascii: "=")]):
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
