/// A walk through a lesson's text that makes cells of fenced blocks whose info string starts with `swift model`, and
/// expressions of code spans that start with `{swift}`.
struct CellReader: TreeRewriter {
    private let source: SourceText
    private let fences: [SourceLocation: Fence]
    private var cells: [Cell] = []
    private var expressions: [InlineExpression] = []
    private var diagnostics: [Diagnostic] = []
    /// Whether the next fence is the end of one whose opening line was reported.
    private var isClosingLostFence = false
    /// The element around the walk in which no expression can stand, such as a heading.
    private var plainElement: String?

    private init(_ fences: [Fence], in source: SourceText) {
        self.source = source
        self.fences = Dictionary(fences.map { ($0.location, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Reads the cells and expressions of a lesson's text.
    ///
    /// - Returns: The text with cells and expressions in the place of their code, both in the order of the text, and
    ///   what is wrong with them.
    static func read(_ markdown: Markdown, in source: SourceText) -> (
        document: MarkdownDocument, cells: [Cell], expressions: [InlineExpression], diagnostics: [Diagnostic]
    ) {
        var reader = CellReader(markdown.fences, in: source)
        var document = markdown.document
        document.blocks = reader.visit(document.blocks)
        let count = reader.cells.count
        for index in document.footnotes.indices {
            document.footnotes[index].blocks = reader.visit(document.footnotes[index].blocks)
        }
        for cell in reader.cells.dropFirst(count) {
            let message = "a cell cannot stand in a footnote"
            reader.report(.markdown, at: cell.fence, message, hint: "put it into the text")
        }
        reader.reportSharedNames()
        return (document, reader.cells, reader.expressions, reader.diagnostics)
    }

    mutating func visit(_ block: Block) -> Block {
        switch block.content {
        case .code:
            guard let fence = fences[block.location], let cell = read(fence) else { return block }
            cells.append(cell)
            return Block(.cell(cells.count - 1), at: block.location)
        case .heading:
            plainElement = "a heading"
            defer { plainElement = nil }
            return descend(block)
        case .paragraph:
            reportFenceWithBacktick(block)
            return descend(block)
        default:
            return descend(block)
        }
    }

    mutating func visit(_ inline: Inline) -> Inline {
        switch inline.content {
        case .code(let code):
            return Inline(read(code, at: inline.location), at: inline.location)
        case .image:
            let outer = plainElement
            plainElement = "the text of an image"
            defer { plainElement = outer }
            return descend(inline)
        default:
            return descend(inline)
        }
    }

    private mutating func read(_ code: String, at location: SourceLocation) -> Inline.Content {
        switch InlineExpression.read(code, at: location, in: source) {
        case .code:
            return .code(code)
        case .mistake(let diagnostic):
            diagnostics.append(diagnostic)
            return .code(code)
        case .expression(let expression, let start):
            if let plainElement {
                let message = "an expression cannot stand in \(plainElement)"
                report(.markdown, at: location, message, hint: "put it into the text")
            }
            expressions.append(
                InlineExpression(code: expression, location: start, precedingCells: cells.count)
            )
            return .expression(expressions.count - 1)
        }
    }

    private mutating func read(_ fence: Fence) -> Cell? {
        if !fence.isClosed, !isClosingLostFence { reportOpen(fence) }
        isClosingLostFence = false
        let words = fence.info.words()
        guard words.count >= 2, words[0].text == "swift", words[1].text == "model" else {
            reportAlmostCell(fence, words)
            return nil
        }
        reportSwallowed(fence)
        let end = words[1].offset + words[1].text.utf8.count
        let text = String(fence.info.utf8.dropFirst(end)) ?? ""
        let info = InfoString.read(text, at: location(of: end, in: fence), in: source)
        diagnostics += info.diagnostics
        return Cell(
            name: info.name ?? "cell-\(cells.count + 1)",
            options: info.options,
            code: fence.code,
            fence: fence.location,
            firstLine: (fence.location.line ?? 1) + 1,
            indentation: indentation(of: fence)
        )
    }

    /// The indentation of the code in bytes: what its first line that is not empty has more in the file.
    private func indentation(of fence: Fence) -> Int {
        for (index, line) in fence.codeLines.enumerated() where !line.isEmpty {
            let written = source.lines[(fence.location.line ?? 1) + index].utf8
            if written.count >= line.count, written.suffix(line.count).elementsEqual(line) {
                return written.count - line.count
            }
        }
        return (fence.location.column ?? 1) - 1
    }

    /// The location in the file of a byte of a fence's info string.
    private func location(of offset: Int, in fence: Fence) -> SourceLocation {
        var location = fence.location
        location.column = (location.column ?? 1) + fence.marks.utf8.count + offset
        return location
    }
}

// MARK: - Mistakes

extension CellReader {
    private mutating func report(
        _ kind: Diagnostic.Kind,
        at location: SourceLocation,
        _ message: String,
        hint: String
    ) {
        diagnostics.append(source.diagnostic(kind, at: location, message, hint: hint))
    }

    private mutating func reportOpen(_ fence: Fence) {
        let message = "this block of code is never closed"
        report(.markdown, at: fence.location, message, hint: "end it with a line of \(fence.marks)")
    }

    /// Reports a forgotten closing fence, which makes the next cell a part of this one.
    private mutating func reportSwallowed(_ fence: Fence) {
        let opening = fence.location.line ?? 1
        let (lines, start) = (fence.codeLines, Array("\(fence.marks)swift".utf8))
        guard let index = lines.firstIndex(where: { $0.starts(with: start) }) else { return }
        let line = opening + 1 + index
        let column = source.lines[line - 1].utf8.count - lines[index].count + 1
        report(
            .markdown,
            at: SourceLocation(file: source.file, line: line, column: column),
            "a block of code starts inside the cell that opens on line \(opening)",
            hint: "end that one with a line of \(fence.marks)"
        )
    }

    /// Reports `swift modle`, `Swift model` or `{swift model}`: a cell that would never run.
    private mutating func reportAlmostCell(_ fence: Fence, _ words: [Word]) {
        guard let first = words.first else { return }
        let letters = fence.info.lowercased().filter { $0.isLetter }
        if first.text == "swift", words.count > 1 {
            let word = words[1]
            let isNear =
                Spelling.nearest(to: word.text, among: ["model"]) != nil || letters.hasPrefix("swiftmodel")
            report(
                .cellOption,
                at: location(of: word.offset, in: fence),
                "a block of plain swift takes no options, and this one has '\(word.text)'",
                hint: isNear ? "did you mean 'swift model'?" : "a cell that runs starts with 'swift model'"
            )
        } else if letters.hasPrefix("swiftmodel") || first.text == "model" || first.text.hasPrefix("{swift") {
            report(
                .cellOption,
                at: location(of: first.offset, in: fence),
                "this block looks like a cell, but is none",
                hint: "a cell starts with 'swift model'"
            )
        }
    }

    /// Reports a fence with a backtick in its info string: CommonMark takes the line for text.
    private mutating func reportFenceWithBacktick(_ block: Block) {
        guard let line = block.location.line, let column = block.location.column else { return }
        let text = source.lines[line - 1].utf8.dropFirst(column - 1)
        let ticks = text.prefix { $0 == UInt8(ascii: "`") }.count
        guard ticks >= 3, let tick = text.dropFirst(ticks).firstIndex(of: UInt8(ascii: "`")) else { return }
        guard String(text.dropFirst(ticks))?.words().first?.text == "swift" else { return }
        let offset = text.distance(from: text.startIndex, to: tick)
        report(
            .cellOption,
            at: SourceLocation(file: source.file, line: line, column: column + offset),
            "a backtick cannot stand on the opening line of a block of code",
            hint: "open and close the block with ~~~ instead"
        )
        isClosingLostFence = true
    }

    private mutating func reportSharedNames() {
        var known: [String: Cell] = [:]
        for cell in cells {
            guard let other = known[cell.name] else {
                known[cell.name] = cell
                continue
            }
            // A name that its author gave yields no ground to one that comes by counting.
            let isFirst = cell.options.locations[.name] == nil
            let (named, rest) = isFirst ? (other, cell) : (cell, other)
            let line = rest.fence.line ?? 1
            let isCounted = rest.options.locations[.name] == nil
            report(
                .cellOption,
                at: named.options.locations[.name] ?? named.fence,
                isCounted
                    ? "the cell on line \(line) is called '\(cell.name)' by its number"
                    : "two cells are called '\(cell.name)': this one and the one on line \(line)",
                hint: "give one of them another name"
            )
        }
    }
}

// MARK: - Parts

extension Fence {
    /// The lines of the code.
    fileprivate var codeLines: [Substring.UTF8View] {
        code.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    }
}

/// A word of an info string, with its byte offset.
private typealias Word = (text: String, offset: Int)

extension String {
    /// The words of an info string.
    fileprivate func words() -> [Word] {
        utf8.split { $0 == 0x20 || $0 == 0x09 }.map { word in
            (String(word) ?? "", utf8.distance(from: startIndex, to: word.startIndex))
        }
    }
}
