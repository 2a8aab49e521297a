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
