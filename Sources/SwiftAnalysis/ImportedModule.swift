internal import Lessons

/// A module that a piece of Swift imports.
package struct ImportedModule: Sendable, Hashable {
    /// The name, without what is taken of it.
    package let module: String
    /// The range of the name, in bytes.
    package let range: Range<Int>
}

extension ParsedCode {
    private static let kinds = ["typealias", "struct", "class", "enum", "protocol", "let", "var", "func"]

    /// The modules that the code imports, in their order.
    package var imports: [ImportedModule] {
        let bytes = Array(text.utf8)
        func word(_ token: Int) -> String {
            String(decoding: bytes[syntax.tokens[token].range], as: UTF8.self)
        }
        return syntax.tokens.indices.compactMap { index in
            guard syntax.tokens[index].kind == .keyword, word(index) == "import" else { return nil }
            var next = index + 1
            while next < syntax.tokens.count, Self.kinds.contains(word(next)) { next += 1 }
            guard next < syntax.tokens.count else { return nil }
            return ImportedModule(module: word(next), range: syntax.tokens[next].range)
        }
    }
}
