internal import Lessons

extension SourceKit {
    /// The number of pieces that are parsed as one text.
    private static let batch = 64

    /// Parses pieces of Swift, as many at a time as go together; `nil` stands for one that could not be parsed.
    package func parse(_ codes: [String]) -> [Syntax?] {
        let together = codes.indices.filter { SyntaxBatch.mayHold(codes[$0]) }
        let batches =
            stride(from: 0, to: together.count, by: SourceKit.batch).map {
                Array(together[$0..<min($0 + SourceKit.batch, together.count)])
            } + codes.indices.filter { !SyntaxBatch.mayHold(codes[$0]) }.map { [$0] }
        let parsed = batches.concurrentMap { batch in parseTogether(batch.map { codes[$0] }[...]) }
        var syntaxes = [Syntax?](repeating: nil, count: codes.count)
        for (index, syntax) in zip(batches.joined(), parsed.joined()) { syntaxes[index] = syntax }
        return syntaxes
    }

    /// Parses pieces as one text if each is whole by itself, and else in two halves.
    private func parseTogether(_ pieces: ArraySlice<String>) -> [Syntax?] {
        guard pieces.count > 1 else { return pieces.map { try? parse($0) } }
        let batch = SyntaxBatch(pieces)
        if let whole = try? parse(batch.text), let syntaxes = batch.syntaxes(in: whole) { return syntaxes }
        let middle = pieces.startIndex + pieces.count / 2
        return parseTogether(pieces[..<middle]) + parseTogether(pieces[middle...])
    }
}

/// Pieces of Swift that are parsed as one text: opening a document dominates SourceKit's cost.
///
/// Between two pieces stands a statement. Where the parser finds each of these among the outermost, and nothing wrong,
/// every piece is whole, and is in the text what it is by itself.
package struct SyntaxBatch {
    /// The text.
    package let text: String

    private let lengths: [Int]
    /// A statement that can be no expression, and so ends whatever goes on before it.
    private static let separator = "while false {}"

    /// Whether a piece may be put beside others: `#if` in one piece and `#endif` in another would go together.
    static func mayHold(_ piece: String) -> Bool { !piece.utf8.contains(UInt8(ascii: "#")) }

    /// Puts pieces together.
    package init(_ pieces: some Collection<String>) {
        text = pieces.joined(separator: "\n\(SyntaxBatch.separator)\n")
        lengths = pieces.map(\.utf8.count)
    }

    /// Returns the syntax of each piece; `nil` unless all are whole.
    ///
    /// - Parameter whole: The syntax of the text.
    package func syntaxes(in whole: Syntax) -> [Syntax]? {
        guard whole.problems.isEmpty else { return nil }
        let separator = SyntaxBatch.separator.utf8.count
        var rest = Rest(whole)
        var syntaxes: [Syntax] = []
        var start = 0
        for length in lengths {
            if start > 0 {
                // The line ends before and after the statement are no piece's.
                let end = start - 1
                guard rest.take(end - separator..<end).constructs == [0..<separator] else { return nil }
            }
            syntaxes.append(rest.take(start..<start + length))
            start += length + separator + 2
        }
        return rest.isEmpty ? syntaxes : nil
    }
}

/// The rest of a syntax, from the front to the back.
private struct Rest {
    private var tokens: ArraySlice<SyntaxToken>
    private var constructs: ArraySlice<Range<Int>>
    private var variables: ArraySlice<Syntax.Variable>

    init(_ syntax: Syntax) {
        tokens = syntax.tokens[...]
        constructs = syntax.constructs[...]
        variables = syntax.variables[...]
    }

    /// Whether everything has been taken: what lies across the end of a piece never is.
    var isEmpty: Bool { tokens.isEmpty && constructs.isEmpty && variables.isEmpty }

    /// Takes what lies in a range of bytes; its places count from there.
    mutating func take(_ range: Range<Int>) -> Syntax {
        func moved(_ part: Range<Int>) -> Range<Int> {
            part.lowerBound - range.lowerBound..<part.upperBound - range.lowerBound
        }
        let tokens = Rest.front(of: &self.tokens) { range.contains($0.range) }
        let constructs = Rest.front(of: &self.constructs) { range.contains($0) }
        let variables = Rest.front(of: &self.variables) { range.contains($0.declaration) }
        return Syntax(
            tokens: tokens.map { SyntaxToken($0.kind, moved($0.range)) },
            constructs: constructs.map(moved),
            variables: variables.map {
                Syntax.Variable(name: moved($0.name), declaration: moved($0.declaration))
            }
        )
    }

    private static func front<Part>(
        of parts: inout ArraySlice<Part>,
        while isInside: (Part) -> Bool
    ) -> ArraySlice<Part> {
        let front = parts.prefix(while: isInside)
        parts = parts[front.endIndex...]
        return front
    }
}

extension Syntax {
    /// The syntax of code without problems.
    fileprivate init(tokens: [SyntaxToken], constructs: [Range<Int>], variables: [Variable]) {
        self.tokens = tokens
        self.constructs = constructs
        self.variables = variables
        problems = []
    }
}
