internal import Serialization

/// The parts of a program that do not run where they stand: members of types, bodies of functions, closures that are
/// not called at once, and what `defer` leaves for the end.
///
/// Places are bytes of the program.
struct DeferredCode {
    private struct Part {
        var range: Range<Int>
        /// The capture list of a closure, which is read where the closure stands.
        var captures: Range<Int>?
    }

    private var parts: [Part] = []
    private let statements: [Range<Int>]
    private let text: [UInt8]

    /// Finds them.
    ///
    /// - Parameters:
    ///   - structure: What SourceKit says of the program's declarations, statements and calls.
    ///   - text: The program, with blanks in the place of comments and texts.
    init(in structure: [JSON], of text: [UInt8]) {
        self.text = text
        statements = structure.compactMap { $0.range("") }
        add(structure, callee: nil, isOutermost: true)
    }

    /// Whether what stands at a place does not run there.
    func contains(_ place: Int) -> Bool {
        parts.contains { $0.range.contains(place) && $0.captures?.contains(place) != true }
    }

    /// The outermost statement or declaration around a place, or else its line.
    func outermost(at place: Int) -> Range<Int> {
        let around = statements.filter { $0.contains(place) }
        if let widest = around.max(by: { $0.count < $1.count }) { return widest }
        let newline = UInt8(ascii: "\n")
        let start = text[..<place].lastIndex(of: newline) ?? 0
        return start..<(text[place...].firstIndex(of: newline) ?? text.endIndex)
    }

    private mutating func add(_ siblings: [JSON], callee: Range<Int>?, isOutermost: Bool = false) {
        for part in siblings {
            guard let range = part.range("") else { continue }
            let kind = part["key.kind"]?.string?.dropFirst("source.lang.swift.".count) ?? ""
            if kind.hasPrefix("decl."), !kind.hasPrefix("decl.var.") {
                parts.append(Part(range: range))
                continue
            }
            if kind.hasPrefix("decl."), let accessors = part.range("body") {
                parts.append(Part(range: accessors))
            } else if kind == "expr.closure", callee?.contains(range.lowerBound) != true {
                parts.append(Part(range: range, captures: captures(of: range, among: siblings)))
            } else if kind == "stmt.brace", isOutermost, follows("defer", range.lowerBound) {
                parts.append(Part(range: range))
            }
            add(
                part["key.substructure"]?.array ?? [],
                callee: kind == "expr.call" ? part.range("name") : nil
            )
        }
    }

    /// The capture list of a closure: SourceKit puts the variables that it declares beside the closure.
    private func captures(of closure: Range<Int>, among siblings: [JSON]) -> Range<Int>? {
        let starts = siblings.filter { $0["key.kind"]?.string == "source.lang.swift.decl.var.local" }
            .compactMap { $0["key.offset"]?.integer }
        guard let first = starts.filter(closure.contains).min(),
            let open = text[closure.lowerBound..<first].lastIndex(of: UInt8(ascii: "["))
        else { return nil }
        var depth = 0
        for index in open..<closure.upperBound {
            if text[index] == UInt8(ascii: "[") { depth += 1 }
            if text[index] == UInt8(ascii: "]") { depth -= 1 }
            if depth == 0 { return open..<index }
        }
        return nil
    }

    /// Whether a word stands before a place.
    private func follows(_ word: String, _ place: Int) -> Bool {
        let before = text[..<place].reversed().drop { [0x20, 0x09, 0x0A].contains($0) }
        return before.starts(with: word.utf8.reversed())
    }
}
