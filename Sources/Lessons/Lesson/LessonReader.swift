extension Lesson {
    /// Reads a lesson from the bytes of its file.
    ///
    /// All that is wrong is reported, in the order of the file; there is a lesson when none of it is an error.
    ///
    /// - Parameters:
    ///   - bytes: What the file holds.
    ///   - file: The file as the author would name it, such as `lessons/05-sine-wave.md`.
    public static func read(_ bytes: [UInt8], file: String) -> (lesson: Lesson?, diagnostics: [Diagnostic]) {
        let source = SourceText(bytes, file: file)
        var diagnostics = source.diagnostics
        // With U+FFFD in the place of bytes every later column would be wrong.
        guard String(validating: bytes, as: UTF8.self) != nil else { return (nil, diagnostics) }

        let front = FrontMatterReader(source)
        diagnostics += front.diagnostics
        guard let bodyLine = front.bodyLine else { return (nil, diagnostics) }

        let markdown = MarkdownReader(source, from: bodyLine)
        let cells = CellReader(markdown.document, fences: markdown.fences, in: source)
        let inspection = Inspection(cells.document, cells: cells.cells, in: source)
        diagnostics += markdown.diagnostics + cells.diagnostics + inspection.diagnostics
        diagnostics.sort { $0.location < $1.location }

        let hasError = diagnostics.contains { $0.severity == .error }
        guard let frontMatter = front.frontMatter, !hasError else { return (nil, diagnostics) }
        let lesson = Lesson(
            slug: slug(of: file),
            file: file,
            frontMatter: frontMatter,
            document: cells.document,
            cells: cells.cells,
            expressions: cells.expressions,
            lines: source.lines
        )
        return (lesson, diagnostics)
    }

    /// Reads a lesson from its text.
    ///
    /// - Parameters:
    ///   - text: What the file holds.
    ///   - file: The file as the author would name it, such as `lessons/05-sine-wave.md`.
    public static func read(_ text: String, file: String) -> (lesson: Lesson?, diagnostics: [Diagnostic]) {
        read(Array(text.utf8), file: file)
    }

    /// The place in the file of a place in a cell's code; both count from 1, columns in bytes.
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

    /// The place in the file of a byte of a cell's code.
    package func location(in cell: Cell, offset: Int) -> SourceLocation {
        let (line, column) = SourceText.position(of: offset, in: cell.code.utf8)
        return location(in: cell, line: line, column: column)
    }

    /// The text of a line of the file, from 1.
    package func line(_ number: Int) -> String? {
        lines.indices.contains(number - 1) ? lines[number - 1] : nil
    }

    /// The cell at a place in the file, by its index, and how many bytes of its code stand before that: the way back
    /// from `location(in:line:column:)`. `nil` for a place on no line of code.
    package func position(of place: SourceLocation, in cells: [Cell]) -> (cell: Int, offset: Int)? {
        guard let line = place.line, let column = place.column else { return nil }
        var beside: (cell: Int, offset: Int)?
        for (index, cell) in cells.enumerated() {
            let code = cell.code.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            let row = line - cell.firstLine
            guard code.indices.contains(row) else { continue }
            let start = code[..<row].reduce(0) { $0 + $1.count + 1 }
            let before = column - (location(in: cell, line: row + 1, column: 1).column ?? 1)
            let inside = min(max(0, before), code[row].count)
            if inside == before { return (index, start + before) }
            // Several expressions may stand in one line of prose.
            beside = beside ?? (index, start + inside)
        }
        return beside
    }

    private static func slug(of file: String) -> String {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        return name.hasSuffix(".md") ? String(name.dropLast(3)) : name
    }
}
