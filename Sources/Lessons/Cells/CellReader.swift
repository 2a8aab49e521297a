/// Makes cells of those fenced blocks whose info string starts with `swift model`, and expressions of those code
/// spans that start with `{swift}`.
struct CellReader: TreeRewriter {
    /// The lesson's text, with cells and expressions in the place of their code.
    private(set) var document: MarkdownDocument
    /// The cells, in the order of the text.
    private(set) var cells: [Cell] = []
    /// The expressions, in the order of the text.
    private(set) var expressions: [InlineExpression] = []
    /// What is wrong.
    private(set) var diagnostics: [Diagnostic] = []

    private let source: SourceText
    private let fences: [SourceLocation: Fence]
    /// Whether the next fence is the end of one whose opening line was reported.
    private var isClosingLostFence = false

    /// What an expression cannot stand in, while the walk is in it.
    private var plainText: String?

    /// Reads the cells and expressions of a file.
    init(_ document: MarkdownDocument, fences: [Fence], in source: SourceText) {
        self.source = source
        self.document = document
        self.fences = Dictionary(fences.map { ($0.location, $0) }, uniquingKeysWith: { first, _ in first })
        self.document.blocks = visit(document.blocks)
        let count = cells.count
        for index in document.footnotes.indices {
            self.document.footnotes[index].blocks = visit(document.footnotes[index].blocks)
        }
        for cell in cells.dropFirst(count) {
            let message = "a cell cannot stand in a footnote"
            report(.markdown, cell.fence.line ?? 1, cell.fence.column, message, hint: "put it into the text")
        }
        reportSharedNames()
    }

    mutating func visit(_ block: Block) -> Block {
        switch block.content {
        case .code:
            guard let fence = fences[block.location], let cell = read(fence) else { return block }
            cells.append(cell)
            return Block(.cell(cells.count - 1), at: block.location)
        case .heading:
            plainText = "a heading"
            defer { plainText = nil }
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
            let outer = plainText
            plainText = "the text of an image"
            defer { plainText = outer }
            return descend(inline)
        default:
            return descend(inline)
        }
    }

    private mutating func read(_ code: String, at place: SourceLocation) -> Inline.Content {
        switch ExpressionReader(source).read(code, at: place) {
        case .code:
            return .code(code)
        case .wrong(let diagnostic):
            diagnostics.append(diagnostic)
            return .code(code)
        case .expression(let expression, let start):
            if let plainText {
                let message = "an expression cannot stand in \(plainText)"
                report(.markdown, place.line ?? 1, place.column, message, hint: "put it into the text")
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
        let info = InfoString(
            String(fence.info.utf8.dropFirst(end)) ?? "",
            line: fence.location.line ?? 1,
            column: column(end, in: fence),
            in: source
        )
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

    /// How far the code stands from the left: what its first line that holds anything has more in the file.
    private func indentation(of fence: Fence) -> Int {
        for (index, line) in fence.codeLines.enumerated() where !line.isEmpty {
            let written = source.lines[(fence.location.line ?? 1) + index].utf8
            if written.count >= line.count, written.suffix(line.count).elementsEqual(line) {
                return written.count - line.count
            }
        }
        return (fence.location.column ?? 1) - 1
    }

    /// The column in the file of a byte of a fence's info string.
    private func column(_ offset: Int, in fence: Fence) -> Int {
        (fence.location.column ?? 1) + fence.marks.utf8.count + offset
    }
}

// MARK: - Troubles

extension CellReader {
    private mutating func report(
        _ kind: Diagnostic.Kind,
        _ line: Int,
        _ column: Int?,
        _ message: String,
        hint: String? = nil
    ) {
        diagnostics.append(source.diagnostic(kind, line: line, column: column, message, hint: hint))
    }

    private mutating func reportOpen(_ fence: Fence) {
        let line = fence.location.line ?? 1
        report(
            .markdown,
            line,
            fence.location.column,
            "this block of code is never closed",
            hint: "end it with a line of \(fence.marks)"
        )
    }

    /// A closing fence that was forgotten makes the next cell a part of this one.
    private mutating func reportSwallowed(_ fence: Fence) {
        let first = (fence.location.line ?? 1) + 1
        let (lines, start) = (fence.codeLines, Array("\(fence.marks)swift".utf8))
        guard let index = lines.firstIndex(where: { $0.starts(with: start) }) else { return }
        let column = source.lines[first + index - 1].utf8.count - lines[index].count + 1
        report(
            .markdown,
            first + index,
            column,
            "a block of code starts inside the cell that opens on line \(first - 1)",
            hint: "end that one with a line of \(fence.marks)"
        )
    }

    /// `swift modle`, `Swift model`, `{swift model}`: a cell that would never run.
    private mutating func reportAlmostCell(_ fence: Fence, _ words: [Word]) {
        guard let first = words.first else { return }
        let letters = fence.info.lowercased().filter { $0.isLetter }
        let line = fence.location.line ?? 1
        if first.text == "swift", words.count > 1 {
            let word = words[1]
            let isNear =
                Spelling.nearest(to: word.text, among: ["model"]) != nil || letters.hasPrefix("swiftmodel")
            report(
                .cellOption,
                line,
                column(word.offset, in: fence),
                "a block of plain swift takes no options, and this one has '\(word.text)'",
                hint: isNear ? "did you mean 'swift model'?" : "a cell that runs starts with 'swift model'"
            )
        } else if letters.hasPrefix("swiftmodel") || first.text == "model" || first.text.hasPrefix("{swift") {
            report(
                .cellOption,
                line,
                column(first.offset, in: fence),
                "this block looks like a cell, but is none",
                hint: "a cell starts with 'swift model'"
            )
        }
    }

    /// A fence of backticks cannot have one in its info string: CommonMark takes the line for text.
    private mutating func reportFenceWithBacktick(_ block: Block) {
        guard let line = block.location.line, let column = block.location.column else { return }
        let text = source.lines[line - 1].utf8.dropFirst(column - 1)
        let ticks = text.prefix { $0 == UInt8(ascii: "`") }.count
        guard ticks >= 3, let tick = text.dropFirst(ticks).firstIndex(of: UInt8(ascii: "`")) else { return }
        guard String(text.dropFirst(ticks))?.words().first?.text == "swift" else { return }
        let offset = source.lines[line - 1].utf8.distance(from: source.lines[line - 1].startIndex, to: tick)
        report(
            .cellOption,
            line,
            offset + 1,
            "a backtick cannot stand on the opening line of a block of code",
            hint: "open and close the block with ~~~ instead"
        )
        isClosingLostFence = true
    }

    private mutating func reportSharedNames() {
        var places: [String: Cell] = [:]
        for cell in cells {
            guard let other = places[cell.name] else {
                places[cell.name] = cell
                continue
            }
            // A name that its author gave yields no ground to one that comes by counting.
            let named = cell.options.places[.name] == nil ? other : cell
            let rest = cell.options.places[.name] == nil ? cell : other
            let place = named.options.places[.name] ?? named.fence
            let line = rest.fence.line ?? 1
            let isCounted = rest.options.places[.name] == nil
            report(
                .cellOption,
                place.line ?? 1,
                place.column,
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

/// A word of an info string and where it starts in it, in bytes.
private struct Word {
    var text: String
    var offset: Int
}

extension String {
    /// The words of an info string.
    fileprivate func words() -> [Word] {
        utf8.split { $0 == 0x20 || $0 == 0x09 }.map { word in
            Word(text: String(word) ?? "", offset: utf8.distance(from: startIndex, to: word.startIndex))
        }
    }
}
