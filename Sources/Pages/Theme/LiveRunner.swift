internal import OutputHTML

/// The script of pages with live cells, which holds what its worker runs, and the build's own list of what may stand in
/// an output.
enum LiveRunner {
    /// Assembles the script.
    ///
    /// - Parameters:
    ///   - page: The script of the page.
    ///   - host: What stands around a program in its worker.
    static func assemble(page: String, host: String) -> String {
        let fetches = CheckedDrawing.fetches.map { $0.replacing("(", with: "\\(") }
        let parts = [
            "host": host,
            "attributes": (CheckedDrawing.attributes.union(OutputRenderer.attributes)).sorted()
                .joined(separator: " "),
            "looks": CheckedDrawing.looks.sorted().joined(separator: " "),
            "svg": CheckedDrawing.elements.sorted().joined(separator: " "),
            "html": OutputRenderer.elements.sorted().joined(separator: " "),
            "fetches": fetches.joined(separator: "|"),
        ]
        let whole = parts.reduce(page) { $0.replacing("{\($1.key)}", with: $1.value) }
        return shipped(whole)
    }

    /// A script without its comments, which stand on lines of their own, its indentation, and the ends of lines that a
    /// statement goes beyond, or that a sign ends.
    private static func shipped(_ script: String) -> String {
        let lines = script.split(separator: "\n").map { $0.drop { $0 == " " } }
            .filter { !$0.isEmpty && !$0.hasPrefix("//") }
        return zip(lines, lines.dropFirst() + [""]).map { line, next in
            let isOpen =
                line.last.map("{;,([".contains) == true || next.first.map("}).]?:&|".contains) == true
            return line + (isOpen ? "" : "\n")
        }.joined()
    }
}
