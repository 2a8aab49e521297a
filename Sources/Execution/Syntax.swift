package import Lessons

/// What a piece of Swift is made of, as the parser sees it.
package struct Syntax: Sendable {
    /// The tokens that carry a role, in their order.
    package var tokens: [SyntaxToken]
    /// The outermost declarations and statements, as ranges of bytes. Expressions are not among them.
    package var constructs: [Range<Int>]
    /// What the parser could not read.
    package var problems: [Problem]

    /// Something that is no Swift.
    package struct Problem: Sendable, Hashable {
        /// The line, from 1.
        package var line: Int
        /// The column in bytes, from 1.
        package var column: Int
        /// The parser's words.
        package var message: String
        /// What belongs to it elsewhere, such as the brace that was opened.
        package var notes: [Problem] = []
    }

    /// Maps SourceKit's kinds to ours.
    init(_ document: EditorOpen, of code: String) {
        tokens = Syntax.tokens(document.syntaxmap, in: Array(code.utf8))
        constructs = document.substructure.compactMap { part in
            let isConstruct = ["decl", "stmt"].contains { part.kind.hasPrefix("source.lang.swift.\($0).") }
            return isConstruct ? part.offset..<part.offset + part.length : nil
        }
        problems = (document.diagnostics ?? []).filter { $0.severity.hasSuffix(".error") }.map { problem in
            Problem(
                line: problem.line,
                column: problem.column,
                message: problem.description,
                notes: (problem.diagnostics ?? []).map {
                    Problem(line: $0.line, column: $0.column, message: $0.description)
                }
            )
        }
    }

    private static func tokens(_ map: [EditorOpen.Token], in code: [UInt8]) -> [SyntaxToken] {
        var tokens: [SyntaxToken] = []
        for token in map {
            guard let kind = kind(token.kind.split(separator: ".").last ?? "") else { continue }
            var range = token.offset..<token.offset + token.length
            if code[range].last == UInt8(ascii: "\n") {
                // A line comment comes with its line ending.
                range = range.lowerBound..<range.upperBound - 1
            }
            switch (kind, code[range].first) {
            case (.keyword, UInt8(ascii: "#")):
                tokens.append(SyntaxToken(.attribute, range))
            case (.string, UInt8(ascii: "(")):
                // The backslash of an interpolation belongs to no token; it is colored as its parenthesis.
                let start = tokens.last.map(\.range.upperBound) ?? range.lowerBound
                tokens.append(SyntaxToken(.string, start..<range.upperBound))
            default:
                tokens.append(SyntaxToken(kind, range))
            }
        }
        return tokens
    }

    /// The role that SourceKit's kind has on a page; `nil` for what is left uncolored.
    private static func kind(_ name: Substring) -> SyntaxToken.Kind? {
        switch name {
        case "keyword": .keyword
        case "identifier": .identifier
        case "typeidentifier": .type
        case "number": .number
        case "string", "string_interpolation_anchor": .string
        case "comment", "doccomment", "mark", "url", "field": .comment
        case "operator": .operator
        case "builtin", "id": .attribute
        default: nil
        }
    }
}
