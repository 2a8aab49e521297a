/// Finds the Swift expression in a code span, `` `{swift} losses.last!` ``.
struct ExpressionReader {
    private let source: SourceText

    init(_ source: SourceText) {
        self.source = source
    }

    /// What a code span is.
    enum Reading {
        /// Code to be shown.
        case code
        /// An expression, and where it starts.
        case expression(String, SourceLocation)
        /// Meant as an expression, but wrong.
        case wrong(Diagnostic)
    }

    /// Reads the code of a span that starts at a place.
    func read(_ code: String, at place: SourceLocation) -> Reading {
        let code = code.drop { $0 == " " }
        guard code.hasPrefix("{"), let end = code.firstIndex(of: "}") else { return .code }
        let inside = code[code.index(after: code.startIndex)..<end]
        let word = inside.lowercased().filter { !$0.isWhitespace }
        guard word == "swift" else { return .code }
        let rest = code[code.index(after: end)...]
        let expression = rest.drop { $0 == " " }
        let start = start(of: code[...end], at: place)
        if inside != "swift" || rest.first != " " && !expression.isEmpty {
            let hint = "write `{swift} \(expression)`"
            return wrong(at: place, "this looks like an expression, but is none", hint: hint)
        }
        if expression.isEmpty {
            return wrong(at: place, "the expression is empty", hint: "write `{swift} losses.last!`")
        }
        guard let start else {
            return wrong(at: place, "an expression must stand on one line", hint: "compute it in a cell")
        }
        return .expression(String(expression), start)
    }

    /// Where the expression starts, after `{swift}` and spaces; `nil` when the span does not end on its line.
    private func start(of opening: Substring, at place: SourceLocation) -> SourceLocation? {
        guard let line = place.line, let column = place.column else { return place }
        let written = source.lines[line - 1].utf8.dropFirst(column - 1)
        let ticks = written.prefix { $0 == UInt8(ascii: "`") }
        let span = written.dropFirst(ticks.count)
        guard span.firstRange(of: ticks) != nil else { return nil }
        let margin = span.prefix { $0 == 0x20 }.count
        let body = span.dropFirst(margin + opening.utf8.count)
        let spaces = body.prefix { $0 == 0x20 }.count
        let offset = ticks.count + margin + opening.utf8.count + spaces
        return SourceLocation(file: place.file, line: line, column: column + offset)
    }

    private func wrong(at place: SourceLocation, _ message: String, hint: String) -> Reading {
        .wrong(
            source.diagnostic(.markdown, line: place.line ?? 1, column: place.column, message, hint: hint)
        )
    }
}
