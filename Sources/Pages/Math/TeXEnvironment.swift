internal import Lessons

/// An environment of TeX: the delimiters around a table and the alignment of its columns.
struct TeXEnvironment {
    private let opening: String?
    private let closing: String?
    /// The alignment of the columns, unless the author lists them.
    let columns: MathColumns
    /// Whether the columns are listed after the name.
    let takesColumns: Bool
    private let isDisplayed: Bool

    private static let delimiters = [
        "matrix": "", "smallmatrix": "", "pmatrix": "()", "bmatrix": "[]", "Bmatrix": "{}", "vmatrix": "||",
        "Vmatrix": "‖‖",
    ]
    private static let pairs = ["aligned", "align", "align*", "split"]
    private static let centered = ["gathered", "gather", "gather*", "equation", "equation*"]

    /// The names of all environments.
    static let names = ["array", "cases", "rcases"] + pairs + centered + delimiters.keys.sorted()

    /// The environment of a name.
    init?(_ name: String) {
        guard Self.names.contains(name) else { return nil }
        let signs = Self.delimiters[name] ?? ""
        opening = name == "cases" ? "{" : signs.first.map(String.init)
        closing = name == "rcases" ? "}" : signs.last.map(String.init)
        takesColumns = name == "array"
        isDisplayed = Self.pairs.contains(name) || Self.centered.contains(name)
        columns =
            if Self.pairs.contains(name) {
                .pairs
            } else if name.hasSuffix("cases") {
                .listed(["l", "l"])
            } else {
                .centered
            }
    }

    /// Returns a table between the delimiters of the environment.
    func node(_ table: MathNode) -> MathNode {
        guard opening != nil || closing != nil else {
            return isDisplayed ? .styled(table, isDisplayed: true) : table
        }
        let left = opening.map { MathSign(text: $0, role: .opening, scale: nil) }
        let right = closing.map { MathSign(text: $0, role: .closing, scale: nil) }
        return .fenced(left, table, right)
    }
}

// MARK: - Parsing rows and columns

extension TeXParser {
    /// Parses an environment after its `\begin`.
    mutating func environment(at offset: Int) -> MathNode {
        guard lexer.take(.open), let name = lexer.takeRaw() else {
            report(offset, "\\begin needs a name between braces", hint: "write \\begin{aligned}")
            return .row([])
        }
        guard let environment = TeXEnvironment(name) else {
            let nearest = Spelling.nearest(to: name, among: TeXEnvironment.names)
            let hint = nearest.map { "did you mean '\($0)'?" }
            report(
                offset,
                "unknown environment '\(name)'",
                hint: hint ?? "legal are \(TeXEnvironment.names.joined(separator: ", "))"
            )
            _ = cells()
            closeEnvironment(name, from: offset)
            return .row([])
        }
        let columns = environment.takesColumns ? listedColumns(at: offset) : environment.columns
        let rows = cells()
        closeEnvironment(name, from: offset)
        return environment.node(.table(rows, columns: columns))
    }

    private mutating func closeEnvironment(_ name: String, from offset: Int) {
        let end = lexer.offset
        guard lexer.take(.command("end")) else {
            report(offset, "\\begin{\(name)} is never closed", hint: "end it with \\end{\(name)}")
            return
        }
        guard lexer.take(.open), let closed = lexer.takeRaw() else {
            report(end, "\\end needs a name between braces", hint: "write \\end{\(name)}")
            return
        }
        if closed != name { report(end, "\\end{\(closed)} stands where \\end{\(name)} should") }
    }

    /// Parses the columns of an array, such as `{lcr}`.
    private mutating func listedColumns(at offset: Int) -> MathColumns {
        guard lexer.take(.open), let letters = lexer.takeRaw() else {
            report(offset, "an array needs its columns", hint: "write \\begin{array}{lcr}")
            return .centered
        }
        if letters.contains(where: { !"lcr ".contains($0) }) {
            report(offset, "the columns of an array are l, c or r", hint: "write \\begin{array}{lcr}")
        }
        return .listed(letters.filter { "lcr".contains($0) })
    }

    /// Parses cells between `&`, in rows between `\\`.
    private mutating func cells() -> [[MathNode]] {
        var rows: [[MathNode]] = [[]]
        while true {
            rows[rows.count - 1].append(.row(row()))
            if lexer.take(.ampersand) { continue }
            guard lexer.take(.command("\\")) else { break }
            // The extra space of `\\[2pt]` is left to the stylesheet.
            if lexer.peek() == .character("[") { _ = optionalArgument() }
            rows.append([])
        }
        if rows.count > 1, rows.last == [.row([])] { rows.removeLast() }
        return rows
    }

    /// Parses the rows of a `\substack`.
    mutating func substack(at offset: Int) -> MathNode {
        guard lexer.take(.open) else {
            report(offset, "\\substack needs its lines between braces", hint: "write \\substack{… \\\\ …}")
            return .row([])
        }
        let rows = cells()
        if !lexer.take(.close) { report(offset, "the { of this \\substack is never closed") }
        return .table(rows, columns: .centered)
    }
}
