extension PreparedMarkdown {
    /// Replaces formulas and references to footnotes by stand-ins.
    mutating func replaceFormulas() {
        let mayHoldFormula = text.lines.contains { line in
            line.bytes.contains { $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "^") }
        }
        guard mayHoldFormula else { return }
        let found = FormulaScanner.scan(text)
        diagnostics += found.diagnostics
        replace(found.findings)
    }

    /// Replaces findings by stand-ins.
    private mutating func replace(_ findings: [FormulaScanner.Finding]) {
        var lines: [MarkdownText.Line] = []
        var current = MarkdownText.Line()
        var line = 1
        var offset = 0
        for finding in findings {
            while line < finding.start.line {
                lines.append(offset == 0 ? text.lines[line - 1] : current + rest(of: line, from: offset))
                (current, line, offset) = (MarkdownText.Line(), line + 1, 0)
            }
            let before = text.lines[line - 1].slice(offset..<finding.start.offset)
            current = current + before + standIn(for: finding.insert)
            (line, offset) = (finding.end.line, finding.end.offset)
        }
        if offset > 0 {
            lines.append(current + rest(of: line, from: offset))
            line += 1
        }
        text.lines = lines + text.lines[(line - 1)...]
    }

    private func rest(of line: Int, from offset: Int) -> MarkdownText.Line {
        text.lines[line - 1].slice(offset..<text.lines[line - 1].bytes.count)
    }
}

/// A search for formulas, `$…$` and `$$…$$`, and references to footnotes, `[^label]`, in running text.
///
/// A dollar sign opens a formula when no blank follows it and no letter or digit stands before it; the next one
/// closes it when no blank stands before it and no letter or digit follows it. So `$5 and $10` is about money.
/// (Letters are those of ASCII: Chinese leaves no blank around a formula.) Code spans, escapes and addresses are
/// passed over.
struct FormulaScanner {
    /// A stretch of text and the insert that it is.
    struct Finding {
        var start: MarkdownText.Position
        var end: MarkdownText.Position
        var insert: PreparedMarkdown.Insert
    }

    private let text: MarkdownText
    private var run: TextRun
    /// The offset in `run` of the current byte.
    private var index = 0
    private var findings: [Finding] = []
    private var diagnostics: [Diagnostic] = []

    private static let dollar = UInt8(ascii: "$")
    private static let backslash = UInt8(ascii: "\\")

    private init(_ run: TextRun, of text: MarkdownText) {
        self.text = text
        self.run = run
    }

    /// Scans the paragraphs and headings of a text.
    ///
    /// - Returns: The formulas and references, in the order of the text, and what is wrong with them.
    static func scan(_ text: MarkdownText) -> (findings: [Finding], diagnostics: [Diagnostic]) {
        var findings: [Finding] = []
        var diagnostics: [Diagnostic] = []
        var last = 0
        for block in Outline.parse(text).blocks where block.lines.lowerBound > last {
            var scanner = FormulaScanner(TextRun(block, in: text), of: text)
            while scanner.index < scanner.run.bytes.count { scanner.advance() }
            findings += scanner.findings
            diagnostics += scanner.diagnostics
            last = scanner.run.lastLine
        }
        return (findings, diagnostics)
    }

    private mutating func advance() {
        switch run.bytes[index] {
        case Self.backslash: index += 2
        case UInt8(ascii: "`"): skipCode()
        case UInt8(ascii: "<"): skipAddress()
        case UInt8(ascii: "["): findReference()
        case Self.dollar:
            if byte(index + 1) == Self.dollar { findDisplayed() } else { findInText() }
        default: index += 1
        }
    }

    private func byte(_ index: Int) -> UInt8? {
        run.bytes.indices.contains(index) ? run.bytes[index] : nil
    }

    private func isBlank(_ byte: UInt8?) -> Bool {
        byte.map { [0x20, 0x09, 0x0A].contains($0) } ?? true
    }
}

// MARK: - What is passed over

extension FormulaScanner {
    /// Skips a code span, which ends with as many backticks as it started with.
    private mutating func skipCode() {
        let length = run.bytes[index...].prefix { $0 == UInt8(ascii: "`") }.count
        index += length
        var end = index
        while end < run.bytes.count {
            let ticks = run.bytes[end...].prefix { $0 == UInt8(ascii: "`") }.count
            if ticks == length {
                index = end + ticks
                return
            }
            end += max(1, ticks)
        }
    }

    /// Skips an address, `<https://…>`.
    private mutating func skipAddress() {
        let inside = run.bytes[(index + 1)...].prefix {
            $0 > 0x20 && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">")
        }
        let isAddress = inside.contains(UInt8(ascii: ":")) && byte(inside.endIndex) == UInt8(ascii: ">")
        index = isAddress ? inside.endIndex + 1 : index + 1
    }
}

// MARK: - What is looked for

extension FormulaScanner {
    private mutating func findReference() {
        let name = run.bytes[(index + 1)...]
        guard name.first == UInt8(ascii: "^") else { return index += 1 }
        let label = name.dropFirst().prefix {
            $0 > 0x20 && $0 != UInt8(ascii: "]") && $0 != UInt8(ascii: "[")
        }
        guard !label.isEmpty, byte(label.endIndex) == UInt8(ascii: "]"),
            byte(label.endIndex + 1) != UInt8(ascii: "(")
        else { return index += 1 }
        let location = text.location(run.position(of: index))
        let text = String(decoding: label, as: UTF8.self)
        add(to: label.endIndex + 1, .reference(label: text, at: location))
    }

    private mutating func findDisplayed() {
        let start = index + 2
        if end(ofDisplayedFrom: start) == nil { run.extend() }
        guard let end = end(ofDisplayedFrom: start) else {
            report(
                "this formula is never closed",
                hint: "end it with $$; no blank line may stand in a formula"
            )
            index = run.bytes.count
            return
        }
        addFormula(start..<end, closing: 2)
    }

    private func end(ofDisplayedFrom start: Int) -> Int? {
        var index = start
        while index + 1 < run.bytes.count {
            if run.bytes[index] == Self.dollar, run.bytes[index + 1] == Self.dollar { return index }
            index += run.bytes[index] == Self.backslash ? 2 : 1
        }
        return nil
    }

    private mutating func findInText() {
        let start = index + 1
        var end = start
        while let byte = byte(end), byte != Self.dollar { end += byte == Self.backslash ? 2 : 1 }
        let isClosed = end < run.bytes.count
        let isApart = !isWord(byte(index - 1)) && !isWord(byte(end + 1))
        if isClosed, isApart, !isBlank(byte(start)), !isBlank(byte(end - 1)) {
            return addFormula(start..<end, closing: 1)
        }
        reportLikelyFormula(start..<min(end, run.bytes.count), isClosed: isClosed, isApart: isApart)
        index += 1
    }

    private func isWord(_ byte: UInt8?) -> Bool {
        guard let byte else { return false }
        let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        return isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// Reports a dollar sign that opens nothing, though TeX follows it.
    private mutating func reportLikelyFormula(_ range: Range<Int>, isClosed: Bool, isApart: Bool) {
        let body = run.bytes[range]
        let isCommand = zip(body, body.dropFirst()).contains { pair in
            pair.0 == Self.backslash && (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(pair.1 | 0x20)
        }
        guard isCommand else { return }
        let message =
            if !isClosed {
                "this formula is never closed"
            } else if !isApart {
                "a letter or digit touches the dollar signs of this formula from outside"
            } else {
                "a blank stands between a formula and its dollar sign"
            }
        report(message, hint: "write $x$ for a formula, \\$ for a dollar sign")
    }

    private mutating func addFormula(_ range: Range<Int>, closing: Int) {
        let formula = run.formula(range)
        if formula.source.allSatisfy(\.isWhitespace) {
            report("the formula is empty", hint: "write \\$ for a dollar sign")
        }
        let end = range.upperBound + closing
        let location = text.location(run.position(of: index))
        let written = run.string(index..<end)
        add(to: end, .formula(formula, isDisplayed: closing == 2, written: written, at: location))
    }

    private mutating func add(to end: Int, _ insert: PreparedMarkdown.Insert) {
        // The position of the last byte and one more: `end` may be the start of another line.
        var last = run.position(of: end - 1)
        last.offset += 1
        findings.append(Finding(start: run.position(of: index), end: last, insert: insert))
        index = end
    }

    private mutating func report(_ message: String, hint: String) {
        diagnostics.append(text.diagnostic(run.position(of: index), message, hint: hint))
    }
}
