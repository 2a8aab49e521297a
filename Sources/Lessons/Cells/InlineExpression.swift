/// A Swift expression in prose, `` `{swift} losses.last!` ``, which a page replaces by its value.
public struct InlineExpression: Sendable, Equatable {
    /// The expression.
    public var code: String
    /// The start of the expression itself.
    public var location: SourceLocation
    /// The number of cells before it: it sees what they declare, and is computed after the last of them.
    public var precedingCells: Int
}

extension InlineExpression {
    /// The meaning of a code span.
    enum Reading {
        /// Code to be shown.
        case code
        /// An expression, and its start.
        case expression(String, SourceLocation)
        /// A mistaken expression.
        case mistake(Diagnostic)
    }

    /// Reads the code of a span that starts at a location.
    static func read(_ code: String, at location: SourceLocation, in source: SourceText) -> Reading {
        func mistake(_ message: String, hint: String) -> Reading {
            .mistake(source.diagnostic(.markdown, at: location, message, hint: hint))
        }
        let code = code.drop { $0 == " " }
        guard code.hasPrefix("{"), let end = code.firstIndex(of: "}") else { return .code }
        let language = code[code.index(after: code.startIndex)..<end]
        guard language.lowercased().filter({ !$0.isWhitespace }) == "swift" else { return .code }
        let rest = code[code.index(after: end)...]
        let expression = rest.drop { $0 == " " }
        if language != "swift" || rest.first != " " && !expression.isEmpty {
            return mistake(
                "this looks like an expression, but is none",
                hint: "write `{swift} \(expression)`"
            )
        }
        if expression.isEmpty {
            return mistake("the expression is empty", hint: "write `{swift} losses.last!`")
        }
        guard let start = start(after: code[...end], at: location, in: source) else {
            return mistake("an expression must stand on one line", hint: "compute it in a cell")
        }
        return .expression(String(expression), start)
    }

    /// The start of the expression, after `{swift}` and spaces; `nil` when the span does not end on its line.
    private static func start(
        after opening: Substring,
        at location: SourceLocation,
        in source: SourceText
    ) -> SourceLocation? {
        guard let line = location.line, let column = location.column else { return location }
        let written = source.lines[line - 1].utf8.dropFirst(column - 1)
        let ticks = written.prefix { $0 == UInt8(ascii: "`") }
        let span = written.dropFirst(ticks.count)
        guard span.firstRange(of: ticks) != nil else { return nil }
        let margin = span.prefix { $0 == 0x20 }.count
        let body = span.dropFirst(margin + opening.utf8.count)
        let spaces = body.prefix { $0 == 0x20 }.count
        let offset = ticks.count + margin + opening.utf8.count + spaces
        return SourceLocation(file: location.file, line: line, column: column + offset)
    }
}
