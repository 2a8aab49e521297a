extension PreparedMarkdown {
    /// Moves the cells of tables to the end, each a paragraph of its own, and leaves a stand-in for the table.
    mutating func moveTables() {
        guard text.lines.contains(where: { Self.mayBeRule($0.bytes) }) else { return }
        var lines: [MarkdownText.Line] = []
        var cells: [MarkdownText.Line] = []
        var next = 1
        for block in Outline.parse(text).blocks where block.isParagraph {
            guard let table = PipeRows.find(in: block, of: text) else { continue }
            lines += text.lines[(next - 1)..<(table.firstLine - 1)]
            lines.append(move(table, to: &cells))
            next = block.lines.upperBound + 1
        }
        text.lines = lines + text.lines[(next - 1)...] + cells
    }

    /// Moves the cells of a table.
    ///
    /// - Returns: The line that takes the table's place.
    private mutating func move(_ table: PipeRows, to cells: inout [MarkdownText.Line]) -> MarkdownText.Line {
        let first = MarkdownText.Position(line: table.firstLine, offset: table.margin)
        let margin = text.lines[table.firstLine - 1].slice(0..<table.margin)
        let location = text.location(first)
        let insert = Insert.table(alignments: table.alignments, rows: table.rows.count, at: location)
        let line = margin + standIn(for: insert)
        let index = inserts.count - 1
        if let problem = table.problem { diagnostics.append(problem) }
        for (row, columns) in table.rows.enumerated() {
            for (column, cell) in columns.prefix(table.alignments.count).enumerated() {
                let start = cell.pieces.first.map {
                    SourceLocation(file: location.file, line: $0.line, column: $0.column)
                }
                let insert = Insert.cell(table: index, row: row, column: column, at: start ?? location)
                cells.append(MarkdownText.Line())
                // Without the blank, `_` after the stand-in would not open emphasis.
                let blank = MarkdownText.Line(standIn: " ", at: start ?? location)
                cells.append(standIn(for: insert) + blank + cell)
            }
        }
        return line
    }

    /// Whether a line could be the one of hyphens under a table's header.
    private static func mayBeRule(_ bytes: [UInt8]) -> Bool {
        bytes.contains(UInt8(ascii: "|")) && bytes.contains(UInt8(ascii: "-"))
            && bytes.allSatisfy { " \t>|:-".utf8.contains($0) }
    }
}

/// The rows of a table, cut into cells.
private struct PipeRows {
    /// The line of the header.
    let firstLine: Int
    /// The number of bytes before the header in its line.
    let margin: Int
    /// The alignment of each column.
    let alignments: [PipeTable.Alignment?]
    /// The cells of the header and of each row below the rule.
    let rows: [[MarkdownText.Line]]
    /// The first mistake in it.
    var problem: Diagnostic?

    /// Finds the table in a paragraph. It starts on the line above the rule and ends with the paragraph.
    static func find(in block: Outline.TextBlock, of text: MarkdownText) -> PipeRows? {
        let margin = { (line: Int) in
            line == block.lines.lowerBound
                ? block.column - 1 : text.indentation(ofLine: line, quotes: block.quotes)
        }
        let cells = { (line: Int) in Self.cells(of: text.lines[line - 1], from: margin(line)) }
        let rule = block.lines.dropFirst().first { line in
            text.lines[line - 1].bytes.contains(UInt8(ascii: "|")) && Self.alignments(of: cells(line)) != nil
        }
        guard let rule, let alignments = Self.alignments(of: cells(rule)) else { return nil }
        let rows = [cells(rule - 1)] + (rule + 1..<block.lines.upperBound + 1).map(cells)
        var table = PipeRows(
            firstLine: rule - 1,
            margin: margin(rule - 1),
            alignments: alignments,
            rows: rows
        )
        let width = alignments.count
        if let index = rows[0].count < width ? 0 : rows.firstIndex(where: { $0.count > width }) {
            let line = rule + index
            let message =
                index == 0
                ? "the header of this table has \(rows[0].count) cells, and the line of hyphens \(width)"
                : "this row has \(rows[index].count) cells, and the header \(width)"
            table.problem = text.diagnostic(
                MarkdownText.Position(line: line, offset: margin(line)),
                message,
                hint: "write \\| for a pipe in a cell"
            )
        }
        return table
    }

    /// Cuts a row at its pipes. `\|` is a pipe in a cell, even in code.
    private static func cells(of line: MarkdownText.Line, from margin: Int) -> [MarkdownText.Line] {
        var cells = [MarkdownText.Line()]
        var start = margin
        var index = margin
        while index < line.bytes.count {
            let byte = line.bytes[index]
            if byte == UInt8(ascii: "\\") {
                if line.bytes.dropFirst(index + 1).first == UInt8(ascii: "|") {
                    cells[cells.count - 1] = cells[cells.count - 1] + line.slice(start..<index)
                    start = index + 1
                }
                index += 2
            } else if byte == UInt8(ascii: "|") {
                cells[cells.count - 1] = cells[cells.count - 1] + line.slice(start..<index)
                cells.append(MarkdownText.Line())
                index += 1
                start = index
            } else {
                index += 1
            }
        }
        cells[cells.count - 1] = cells[cells.count - 1] + line.slice(start..<line.bytes.count)
        let trimmed = cells.map(\.trimmed)
        // The pipes at both ends stand before the first cell and after the last.
        let isOpened = trimmed.count > 1 && trimmed.first?.bytes.isEmpty == true
        let isClosed = trimmed.count > (isOpened ? 2 : 1) && trimmed.last?.bytes.isEmpty == true
        return Array(trimmed.dropFirst(isOpened ? 1 : 0).dropLast(isClosed ? 1 : 0))
    }

    /// The alignments that `:---`, `---:`, `:---:` and `---` stand for; `nil` when the cells hold something else.
    private static func alignments(of cells: [MarkdownText.Line]) -> [PipeTable.Alignment?]? {
        var alignments: [PipeTable.Alignment?] = []
        for cell in cells {
            let isLeft = cell.bytes.first == UInt8(ascii: ":")
            let isRight = cell.bytes.last == UInt8(ascii: ":")
            let hyphens = cell.bytes.dropFirst(isLeft ? 1 : 0).dropLast(isRight ? 1 : 0)
            guard !hyphens.isEmpty, hyphens.allSatisfy({ $0 == UInt8(ascii: "-") }) else { return nil }
            alignments.append(isLeft && isRight ? .center : isLeft ? .left : isRight ? .right : nil)
        }
        return alignments
    }
}

extension MarkdownText.Line {
    /// The line without blanks at its ends.
    fileprivate var trimmed: MarkdownText.Line {
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        let start = bytes.firstIndex { !isBlank($0) } ?? bytes.count
        let end = bytes.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start
        return slice(start..<end)
    }
}
