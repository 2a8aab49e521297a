internal import Foundation
package import Lessons
internal import Serialization

/// A piece of Swift with what the parser made of it.
package struct ParsedCode: Sendable {
    /// The piece, in UTF-8.
    package let text: String
    /// Its tokens and declarations.
    package let syntax: Syntax

    /// Joins a piece and its syntax.
    package init(_ text: String, _ syntax: Syntax) {
        (self.text, self.syntax) = (text, syntax)
    }

    /// The bytes of the piece with blanks where comments are; line endings stay.
    var withoutComments: [UInt8] {
        var bytes = Array(text.utf8)
        for token in syntax.tokens where token.kind == .comment {
            for index in token.range where bytes[index] != UInt8(ascii: "\n") {
                bytes[index] = UInt8(ascii: " ")
            }
        }
        return bytes
    }
}

/// The tokens and declarations of a piece of Swift.
package struct Syntax: Sendable, Hashable {
    /// The tokens that carry a role, in their order.
    package var tokens: [SyntaxToken]
    /// The outermost declarations and statements, as ranges of bytes. Expressions are not among them.
    package var constructs: [Range<Int>]
    /// The variables that the outermost declarations name.
    package var variables: [Variable]
    /// The parser's errors.
    package var problems: [Problem]

    /// A variable with its declaration, as ranges of bytes; several may share one declaration.
    package struct Variable: Sendable, Hashable {
        /// The variable's name.
        package var name: Range<Int>
        /// The whole declaration, to the end of its value.
        package var declaration: Range<Int>
    }

    /// An error of the parser.
    package struct Problem: Sendable, Hashable, Codable {
        /// The line, from 1.
        package var line: Int
        /// The column in bytes, from 1.
        package var column: Int
        /// The parser's words.
        package var message: String
        /// The notes on other places, such as the brace that was opened.
        package var notes: [Problem] = []
    }

    /// Reads SourceKit's answer to opening a document; `nil` for what is none.
    init?(_ document: JSON, of code: String) {
        guard let map = document["key.syntaxmap"]?.array, let parts = document["key.substructure"]?.array
        else { return nil }
        tokens = Syntax.tokens(map, in: Array(code.utf8))
        constructs = parts.compactMap { part in
            let kind = part["key.kind"]?.string ?? ""
            let isConstruct = ["decl", "stmt"].contains { kind.hasPrefix("source.lang.swift.\($0).") }
            return isConstruct ? Syntax.range(of: part) : nil
        }
        variables = parts.compactMap { part in
            guard part["key.kind"]?.string == "source.lang.swift.decl.var.global",
                let name = part["key.name"]?.string, let start = part["key.nameoffset"]?.integer,
                let declaration = Syntax.range(of: part)
            else { return nil }
            return Variable(name: start..<start + name.utf8.count, declaration: declaration)
        }
        let problems = document["key.diagnostics"]?.array ?? []
        self.problems = problems.filter { $0["key.severity"]?.string?.hasSuffix(".error") == true }
            .map(Problem.init)
    }

    private static func range(of part: JSON) -> Range<Int>? {
        guard let offset = part["key.offset"]?.integer, let length = part["key.length"]?.integer else {
            return nil
        }
        return offset..<offset + length
    }

    private static func tokens(_ map: [JSON], in code: [UInt8]) -> [SyntaxToken] {
        var tokens: [SyntaxToken] = []
        for token in map {
            guard let kind = token["key.kind"]?.string.flatMap({ kindsByName[$0] }),
                var range = range(of: token)
            else { continue }
            tokens += regex(in: code, from: tokens.last, to: range.lowerBound)
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
        return tokens + regex(in: code, from: tokens.last, to: code.count)
    }

    /// A regular expression between two tokens, for which SourceKit has no kind; several are taken for one. A slash stands
    /// nowhere else without a token: it makes an operator or a comment of what it is in.
    private static func regex(in code: [UInt8], from last: SyntaxToken?, to end: Int) -> [SyntaxToken] {
        let sign = UInt8(ascii: "#")
        let gap = code[min(last?.range.upperBound ?? 0, end)..<end]
        guard gap.contains(UInt8(ascii: "/")), let first = gap.firstIndex(of: sign),
            let last = gap.lastIndex(of: sign), first < last
        else { return [] }
        return [SyntaxToken(.string, first..<last + 1)]
    }

    /// The roles on a page of SourceKit's kinds of tokens; others are left uncolored.
    private static let kindsByName: [String: SyntaxToken.Kind] = {
        let roles: [(SyntaxToken.Kind, [String])] = [
            (.keyword, ["keyword", "buildconfig.keyword", "pounddirective.keyword"]),
            (.identifier, ["identifier"]), (.type, ["typeidentifier"]),
            (.number, ["number"]), (.string, ["string", "string_interpolation_anchor"]),
            (.comment, ["comment", "doccomment", "comment.mark", "comment.url", "doccomment.field"]),
            (.operator, ["operator"]), (.attribute, ["attribute.builtin", "attribute.id", "buildconfig.id"]),
        ]
        let pairs = roles.flatMap { kind, names in names.map { ("source.lang.swift.syntaxtype.\($0)", kind) }
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }()
}

extension Syntax.Problem {
    fileprivate init(_ json: JSON) {
        line = json["key.line"]?.integer ?? 1
        column = json["key.column"]?.integer ?? 1
        message = json["key.description"]?.string ?? ""
        notes = (json["key.diagnostics"]?.array ?? []).map(Syntax.Problem.init)
    }
}

// MARK: - In a cache

extension Syntax: Codable {
    /// Writes kinds, ranges and problems.
    package func encode(to encoder: any Encoder) throws {
        var values = encoder.unkeyedContainer()
        try values.encode(Data(tokens.map { Syntax.kinds.firstIndex(of: $0.kind).map(UInt8.init) ?? 0 }))
        try values.encode(PackedNumbers(tokens.map(\.range)))
        try values.encode(PackedNumbers(constructs))
        try values.encode(PackedNumbers(variables.flatMap { [$0.name, $0.declaration] }))
        try values.encode(problems)
    }

    /// Reads a syntax back.
    package init(from decoder: any Decoder) throws {
        var values = try decoder.unkeyedContainer()
        let kinds = try values.decode(Data.self).map { Syntax.kinds[min(Int($0), Syntax.kinds.count - 1)] }
        func ranges() throws -> [Range<Int>] { try values.decode(PackedNumbers.self).ranges }
        tokens = zip(kinds, try ranges()).map { SyntaxToken($0, $1) }
        constructs = try ranges()
        let variables = try ranges()
        self.variables = stride(from: 1, to: variables.count, by: 2).map {
            Variable(name: variables[$0 - 1], declaration: variables[$0])
        }
        problems = try values.decode([Problem].self)
    }

    private static let kinds = SyntaxToken.Kind.allCases
}
