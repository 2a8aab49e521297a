internal import Lessons

/// The names in a piece of code, each with what its surroundings say of it.
struct TypedCode {
    /// A name in code.
    struct Name {
        var text: String
        /// The bytes of the code.
        var range: Range<Int>
        /// Whether it stands where a type is written.
        var isType: Bool
        /// Whether it stands after a dot.
        var isMember: Bool
        /// Whether nothing stands before that dot.
        var isImplicit: Bool
        /// Whether it stands right before a dot.
        var isBase: Bool
        /// Whether a variable is declared here.
        var isDeclaration: Bool
        /// The type of the variable or of the value of the member; `nil` for what is no expression by itself.
        var type: String?
        /// The type of what stands before the dot.
        var baseType: String?
        /// The labels of the arguments that follow.
        var labels: String
    }

    /// The names, in their order, without the labels of arguments, which say what the name before them says.
    let names: [Name]
    /// Whether a closure stands in the code that may change what it is given.
    let hasInoutClosure: Bool

    /// Finds the names.
    ///
    /// - Parameters:
    ///   - code: The code.
    ///   - tokens: Its tokens.
    ///   - expressions: Its expressions.
    ///   - variables: The types of the variables that it declares, by where their names begin.
    init(
        _ code: String,
        _ tokens: [SyntaxToken],
        _ expressions: [TypedExpression],
        variables: (Int) -> String?
    ) {
        let bytes = Array(code.utf8)
        hasInoutClosure = expressions.contains {
            bytes[$0.range.lowerBound] == UInt8(ascii: "{") && $0.type.contains("inout ")
        }
        var bare = bytes
        for token in tokens where token.kind == .string || token.kind == .comment {
            for index in token.range { bare[index] = UInt8(ascii: "0") }
        }
        let byEnd = Dictionary(grouping: expressions) { $0.range.upperBound }
        var declares = false
        var names: [Name] = []
        for token in tokens {
            let text = String(decoding: bytes[token.range], as: UTF8.self)
            guard token.kind == .identifier || token.kind == .type else {
                declares = token.kind == .keyword && ["let", "var"].contains(text)
                continue
            }
            let isDeclared = declares
            declares = false
            let (start, end) = (token.range.lowerBound, token.range.upperBound)
            let isMember = start > 0 && bytes[start - 1] == UInt8(ascii: ".")
            let own = byEnd[end]?.filter { isMember || $0.range == token.range }.min {
                $0.range.count < $1.range.count
            }
            let declared = variables(start)
            let isLabel = end < bytes.count && bytes[end] == UInt8(ascii: ":")
            if isLabel, own == nil, !isDeclared { continue }
            names.append(
                Name(
                    text: text,
                    range: token.range,
                    isType: token.kind == .type,
                    isMember: isMember,
                    isImplicit: isMember && TypedCode.isImplicit(dot: start - 1, in: bare),
                    isBase: end < bytes.count && bytes[end] == UInt8(ascii: "."),
                    isDeclaration: declared != nil,
                    type: declared ?? own?.type,
                    baseType: isMember ? byEnd[TypedCode.end(before: start - 1, in: bare)]?.first?.type : nil,
                    labels: TypedCode.labels(from: end, in: bare)
                )
            )
        }
        self.names = names
    }

    /// Where what stands before a dot ends, perhaps on the line above.
    private static func end(before dot: Int, in code: [UInt8]) -> Int {
        code[..<dot].lastIndex { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }.map { $0 + 1 } ?? 0
    }

    /// Whether what stands before a dot can be no expression.
    private static func isImplicit(dot: Int, in code: [UInt8]) -> Bool {
        let before = code[..<dot].last { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        return before.map { Array("([,:=".utf8).contains($0) } ?? true
    }

    /// The labels of the arguments between the parentheses that open at a place, `_` for one without; empty where none
    /// open there. Neither texts nor comments stand in the code any more.
    private static func labels(from start: Int, in code: [UInt8]) -> String {
        guard start < code.count, code[start] == UInt8(ascii: "(") else { return "" }
        var labels = "("
        var depth = 0
        var word: [UInt8] = []
        var isStart = true
        for byte in code[start...] {
            switch byte {
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                if depth > 1 { isStart = false }
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth -= 1
                if depth == 0 { return labels + ")" }
            case UInt8(ascii: ",") where depth == 1:
                isStart = true
                word = []
                labels += ","
            case UInt8(ascii: ":") where depth == 1 && isStart:
                labels += String(decoding: word, as: UTF8.self)
                isStart = false
            case 0x20, 0x09...0x0D:
                break
            default:
                if isStart { word.append(byte) }
            }
        }
        return labels
    }
}
