internal import Lessons

/// A name in a piece of code, with the types around it.
struct NameOccurrence {
    /// The name as it is written.
    var text: String
    /// The bytes of the piece.
    var range: Range<Int>
    /// The type of the variable or of the value of the member; `nil` for what is no expression by itself.
    var type: String?
    /// The type of what stands before the dot.
    var baseType: String?
    /// Whether a dot stands before it.
    var isMember: Bool
    /// Whether it stands where a type is written.
    var isInType: Bool
    /// The labels of the arguments in parentheses behind it; `nil` without parentheses.
    var labels: [String]?
    /// The type of the call that it begins; `nil` if it begins none.
    var callType: String?
}

extension NameOccurrence {
    /// Returns the names of a piece in their order, without the labels of arguments, which say what the name before them
    /// says.
    ///
    /// - Parameters:
    ///   - piece: The piece.
    ///   - expressions: Its expressions.
    ///   - variables: The types of the variables that it declares, by the offset of their names.
    static func all(
        in piece: ParsedCode,
        _ expressions: [TypedExpression],
        variables: (Int) -> String?
    ) -> [NameOccurrence] {
        let bytes = Array(piece.text.utf8)
        // Blanks in texts and comments are none between a name and its dot.
        var bare = bytes
        for token in piece.syntax.tokens where token.kind == .string || token.kind == .comment {
            for index in token.range { bare[index] = UInt8(ascii: "0") }
        }
        let byEnd = Dictionary(grouping: expressions) { $0.range.upperBound }
        let byStart = Dictionary(grouping: expressions) { $0.range.lowerBound }
        var follows = false
        var names: [NameOccurrence] = []
        for token in piece.syntax.tokens {
            let text = String(decoding: bytes[token.range], as: UTF8.self)
            guard token.kind == .identifier || token.kind == .type else {
                follows = token.kind == .keyword && ["let", "var"].contains(text)
                continue
            }
            let isDeclared = follows
            follows = false
            let (start, end) = (token.range.lowerBound, token.range.upperBound)
            let isMember = start > 0 && bytes[start - 1] == UInt8(ascii: ".")
            let own = byEnd[end]?.filter { isMember || $0.range == token.range }.min {
                $0.range.count < $1.range.count
            }
            let isLabel = end < bytes.count && bytes[end] == UInt8(ascii: ":")
            if isLabel, own == nil, !isDeclared { continue }
            let base = isMember ? NameOccurrence.end(before: start - 1, in: bare) : nil
            names.append(
                NameOccurrence(
                    text: text,
                    range: token.range,
                    type: variables(start) ?? own?.type,
                    baseType: base.flatMap { byEnd[$0]?.first?.type },
                    isMember: isMember,
                    isInType: token.kind == .type,
                    labels: NameOccurrence.labels(ofCallAt: end, in: bare),
                    callType: byStart[start]?.filter { $0.range.upperBound > end }.min {
                        $0.range.count < $1.range.count
                    }?.type
                )
            )
        }
        return names
    }

    /// Returns the labels of a call whose parenthesis opens at a place; `nil` if none does.
    private static func labels(ofCallAt start: Int, in code: [UInt8]) -> [String]? {
        guard start < code.count, code[start] == UInt8(ascii: "(") else { return nil }
        var depth = 0
        var outermost: [UInt8] = []
        for byte in code[start...] {
            switch byte {
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            case _ where depth == 1: outermost.append(byte)
            default: break
            }
            if depth == 0 { break }
        }
        let arguments = String(decoding: outermost, as: UTF8.self).split(separator: ",")
        return arguments.map { argument in
            let label = argument.prefix { $0 != ":" }
            return label.endIndex < argument.endIndex ? label.filter { !$0.isWhitespace } : "_"
        }
    }

    /// Returns the end of what stands before a dot, perhaps on the line above.
    private static func end(before dot: Int, in code: [UInt8]) -> Int {
        code[..<dot].lastIndex { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }.map { $0 + 1 } ?? 0
    }
}

extension NameOccurrence {
    /// The name as an element of a tuple, with its type.
    var tupleElement: String? {
        type.map { "\(text): \($0)" }.flatMap { baseType?.contains($0) == true ? $0 : nil }
    }

    /// Returns what tells the declaration of this name from others of the same name.
    ///
    /// - Parameter surroundings: The compiler's options and what is imported, as far as they matter.
    func key(surroundings: [String]) -> NameKey {
        NameKey(surroundings: surroundings, name: text, type: type, baseType: baseType, labels: labels)
    }

    /// Whether that is told, if it is the name of a library's declaration.
    var isClear: Bool {
        // Of what is called by its dot alone, the type says whose member it is.
        if isMember { return type != nil && (baseType != nil || type?.contains(".Type) -> ") == true) }
        return labels == nil ? isInType || type == "\(text).Type" : hasOwnType
    }

    /// Whether its type is known, and is not that of what a result builder makes of a call, which has the place of the
    /// name before it.
    var hasOwnType: Bool {
        guard let type, labels != nil else { return type != nil }
        return callType.map { type.hasSuffix(") -> \($0)") } ?? false
    }
}

extension NameNote {
    /// Returns the note for another place of the same name.
    func at(_ range: Range<Int>) -> NameNote {
        var note = self
        note.range = range
        return note
    }

    /// Makes the note on a name that stands for a symbol.
    init(_ range: Range<Int>, _ symbol: TypedProgram.Symbol) {
        var lines = [DeclarationText(markup: symbol.declaration).text]
        // A parameter that may be changed is no variable, but what its function was given.
        if lines[0].hasPrefix("var "), lines[0].contains(": inout ") { lines[0].removeFirst(4) }
        // A type that goes by the same name in another module says nothing.
        lines.removeAll { line in
            let words = line.split(separator: " ")
            return words.count == 4 && words[0] == "typealias" && words[1] == words[3]
        }
        if let initializer = symbol.others.first(where: { $0.kind.hasSuffix(".constructor") }) {
            lines.append(DeclarationText(markup: initializer.declaration).text)
        }
        let comment = DocumentationComment(symbol.documentation ?? "")
        let shape = comment.shape.map { "Shape: \($0)" }
        self.init(
            range,
            declaration: lines.joined(separator: "\n"),
            summary: [comment.summary, shape].compactMap(\.self).filter { !$0.isEmpty }.joined(
                separator: "\n"
            ),
            symbol: symbol.identifier.map {
                String($0.prefix(upTo: $0.firstRange(of: "::")?.lowerBound ?? $0.endIndex))
            }
        )
    }
}
