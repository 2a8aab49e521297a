package import Lessons

/// For each cell of a lesson, the last bare expression, whose value is shown.
package enum ShownExpressions {
    private static let preamble = "import Notebook\n"

    /// Asks SourceKit; the cells are type-checked together, as the one program that they are.
    ///
    /// - Parameters:
    ///   - syntaxes: What the parser made of the cells.
    ///   - arguments: The compiler's options, without files.
    /// - Returns: Ranges of bytes in the cells' code, by the cell's index.
    package static func find(
        in cells: [Cell],
        syntaxes: [Syntax],
        sourceKit: SourceKit,
        arguments: [String]
    ) throws(SourceKitLibrary.Failure) -> [Int: Range<Int>] {
        var program = preamble
        var starts: [Int] = []
        for cell in cells {
            starts.append(program.utf8.count)
            program += cell.code + "\n"
        }
        let expressions = try sourceKit.expressions(of: program, arguments: arguments)
        var shown: [Int: Range<Int>] = [:]
        for (index, cell) in cells.enumerated() {
            let extent = starts[index]..<starts[index] + cell.code.utf8.count
            let own = expressions.filter { extent.contains($0.range.lowerBound) }.map { expression in
                let range = expression.range
                let start = range.lowerBound - extent.lowerBound
                return TypedExpression(range: start..<start + range.count, type: expression.type)
            }
            shown[index] = LastExpression.range(in: cell.code, syntax: syntaxes[index], expressions: own)
        }
        return shown
    }
}
