extension Lesson {
    /// The location in the file of a line and column in a cell's code; both count from 1, columns in bytes.
    ///
    /// Exact for cells that stand in lists and quotes as well, where each line may be indented differently.
    public func location(in cell: Cell, line: Int, column: Int?) -> SourceLocation {
        let fileLine = cell.firstLine + line - 1
        guard let column, lines.indices.contains(fileLine - 1) else {
            return SourceLocation(file: file, line: fileLine)
        }
        let code = cell.code.split(separator: "\n", omittingEmptySubsequences: false)
        let written = lines[fileLine - 1].utf8
        var indentation = cell.indentation
        if code.indices.contains(line - 1) {
            let own = code[line - 1].utf8
            if written.suffix(own.count).elementsEqual(own) { indentation = written.count - own.count }
        }
        return SourceLocation(file: file, line: fileLine, column: column + indentation)
    }

    /// The location in the file of a byte of a cell's code.
    package func location(in cell: Cell, offset: Int) -> SourceLocation {
        let (line, column) = SourceText.position(of: offset, in: cell.code.utf8)
        return location(in: cell, line: line, column: column)
    }

    /// The cell at a location in the file, by its index, and the byte offset in its code: the inverse of
    /// `location(in:line:column:)`. `nil` for a location on no line of code.
    package func position(of location: SourceLocation, in cells: [Cell]) -> (cell: Int, offset: Int)? {
        guard let line = location.line, let column = location.column else { return nil }
        var nearest: (cell: Int, offset: Int)?
        for (index, cell) in cells.enumerated() {
            let code = cell.code.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            let row = line - cell.firstLine
            guard code.indices.contains(row) else { continue }
            let start = code[..<row].reduce(0) { $0 + $1.count + 1 }
            let offset = column - (self.location(in: cell, line: row + 1, column: 1).column ?? 1)
            let clamped = min(max(0, offset), code[row].count)
            if clamped == offset { return (index, start + offset) }
            // Several expressions may stand in one line of prose.
            nearest = nearest ?? (index, start + clamped)
        }
        return nearest
    }

    /// The text of a line of the file, from 1.
    package func line(_ number: Int) -> String? {
        lines.indices.contains(number - 1) ? lines[number - 1] : nil
    }
}
