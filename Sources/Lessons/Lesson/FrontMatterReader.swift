internal import Yams

/// Reads the YAML between the two lines of `---` that open a lesson.
struct FrontMatterReader {
    /// What was read; `nil` when it is not there, is not YAML, or has no title.
    private(set) var frontMatter: FrontMatter?
    /// The first line of the text that follows, from 1; `nil` when the front matter never ends.
    private(set) var bodyLine: Int?
    /// What is wrong.
    private(set) var diagnostics: [Diagnostic] = []

    private let source: SourceText

    private static let keys = [
        "title", "summary", "date", "goals", "tags", "references", "data", "tolerance", "timeout",
    ]
    private static let remedy = "start with the lines ---, title: …, ---"

    /// Reads the front matter of a file.
    init(_ source: SourceText) {
        self.source = source
        guard source.lines.first?.isFence == true else {
            bodyLine = 1
            missing()
            return
        }
        guard let end = source.lines.dropFirst().firstIndex(where: \.isFence) else {
            report(1, 1, "the front matter is never closed", hint: "end it with a line of ---")
            return
        }
        bodyLine = end + 2
        read(source.lines[1..<end].map { $0 + "\n" }.joined())
    }

    private mutating func missing() {
        let blank = source.lines.prefix { $0.trimmingTrailingSpace().isEmpty }.count
        if blank == source.lines.count {
            report(1, nil, "the lesson is empty", hint: Self.remedy)
        } else if source.lines[blank].isFence {
            report(1, 1, "front matter must start on the first line", hint: "delete what stands above ---")
        } else {
            report(1, 1, "the lesson has no front matter", hint: Self.remedy)
        }
    }

    private mutating func read(_ yaml: String) {
        do {
            // All values are texts here; what kind of value a text could be is not asked.
            switch try compose(yaml: yaml, .basic) {
            case .mapping(let mapping): read(mapping)
            case nil:
                report(1, 1, "the front matter is empty: title is required", hint: "write title: … below")
            case let other?: notKeys(other)
            }
        } catch let error as YamlError {
            report(error, yaml: yaml)
        } catch {
            report(1, 1, "the front matter is not YAML: \(error)")
        }
    }

    private mutating func read(_ mapping: Node.Mapping) {
        var found = FrontMatter(title: "")
        for (key, value) in mapping {
            switch key.string {
            case "title": found.title = phrase(line(value, of: "title"), value) ?? ""
            case "summary": found.summary = phrase(text(value, of: "summary"), value)
            case "date": found.date = date(value)
            case "goals": found.goals = phrases(value, of: "goals", example: "[Train a network by hand]")
            case "tags": found.tags = list(value, of: "tags", example: "[sine, forecast]")
            case "references": found.references = list(value, of: "references", example: "[\"Elman, 1990\"]")
            case "data": found.data = data(value)
            case "tolerance": found.tolerance = measure(value, of: "tolerance", Measure.tolerance)
            case "timeout": found.timeout = measure(value, of: "timeout", Measure.timeout)
            default: unknown(key)
            }
        }
        guard mapping.keys.contains(where: { $0.string == "title" }) else {
            let misspelled = mapping.keys.contains {
                Spelling.nearest(to: $0.string ?? "", among: ["title"]) != nil
            }
            if !misspelled { report(1, 1, "the front matter lacks title", hint: "write title: … below") }
            return
        }
        if !found.title.inlines.isEmpty { frontMatter = found }
    }
}

// MARK: - Values

extension FrontMatterReader {
    private mutating func line(_ node: Node, of key: String) -> String? {
        guard let text = text(node, of: key) else { return nil }
        if text.contains("\n") { report(node, "\(key) must be one line", hint: "put the rest into summary") }
        return text
    }

    private mutating func text(_ node: Node, of key: String) -> String? {
        guard let scalar = node.scalar else {
            report(node, "\(key) must be a text", hint: "write \(key): …")
            return nil
        }
        // YAML's escapes bring in characters that no lesson may hold otherwise.
        let text = scalar.string.trimmingTrailingSpace().showingControlCharacters
        let isNull = scalar.style == .plain && ["", "~", "null"].contains(text.lowercased())
        guard !isNull, !text.isEmpty else {
            report(
                node,
                "\(key) is empty",
                hint: key == "title" ? "write title: …" : "fill it in or leave it out"
            )
            return nil
        }
        return text
    }

    private mutating func phrase(_ text: String?, _ node: Node) -> Phrase? {
        guard let text else { return nil }
        let read = Phrase.read(text, at: place(of: node), in: source)
        diagnostics += read.diagnostics
        return read.phrase
    }

    private mutating func phrases(_ node: Node, of key: String, example: String) -> [Phrase] {
        let texts = list(node, of: key, example: example)
        let places = node.sequence?.map { ($0.string?.trimmingTrailingSpace(), $0) } ?? []
        return texts.compactMap { text in phrase(text, places.first { $0.0 == text }?.1 ?? node) }
    }

    private mutating func list(_ node: Node, of key: String, example: String) -> [String] {
        guard let sequence = node.sequence else {
            report(node, "\(key) must be a list", hint: "write \(key): \(example)")
            return []
        }
        var items: [String] = []
        for element in sequence {
            guard element.scalar != nil else {
                report(element, "each of the \(key) must be a text", hint: "write \(key): \(example)")
                continue
            }
            guard let item = text(element, of: "one of the \(key)") else { continue }
            if items.contains(item) {
                report(element, "\(key) names '\(item)' twice", hint: "keep one of the two")
            }
            items.append(item)
        }
        return items
    }

    /// A day as ISO 8601 has it.
    private mutating func date(_ node: Node) -> String? {
        guard let text = text(node, of: "date") else { return nil }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { $0.allSatisfy { $0.isASCII && $0.isNumber } ? Int($0) : nil }
        guard parts.map(\.count) == [4, 2, 2], numbers.count == 3 else {
            report(node, "'\(text)' is no date", hint: "write it as 2026-11-20")
            return nil
        }
        let (year, month, day) = (numbers[0], numbers[1], numbers[2])
        guard year > 0, (1...12).contains(month) else {
            let hint = year > 0 ? "months are 01 to 12" : "years begin with 0001"
            report(node, "there is no day '\(text)'", hint: hint)
            return nil
        }
        let last = Self.days(inMonth: month, of: year)
        guard (1...last).contains(day) else {
            let name = parts[0...1].joined(separator: "-")
            report(node, "there is no day '\(text)'", hint: "days of \(name) are 01 to \(last)")
            return nil
        }
        return text
    }

    /// How many days a month of the Gregorian calendar has.
    private static func days(inMonth month: Int, of year: Int) -> Int {
        let isLeapYear = year.isMultiple(of: 4) && !year.isMultiple(of: 100) || year.isMultiple(of: 400)
        return switch month {
        case 2: isLeapYear ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private mutating func data(_ node: Node) -> [DataFile] {
        let paths = list(node, of: "data", example: "[data/names.txt]")
        let places = node.sequence?.map { ($0.string?.trimmingTrailingSpace(), $0) } ?? []
        return paths.compactMap { path in
            guard let element = places.first(where: { $0.0 == path })?.1 else { return nil }
            if let objection = DataFile.objection(to: path) {
                report(element, objection, hint: "write it from the folder of lessons: data/names.txt")
                return nil
            }
            return DataFile(path: path, at: place(of: element))
        }
    }

    private mutating func measure<Value>(
        _ node: Node,
        of key: String,
        _ measure: (String) -> Result<Value, Measure.Misreading>
    ) -> Value? {
        guard let text = text(node, of: key) else { return nil }
        switch measure(text) {
        case .success(let value): return value
        case .failure(let misreading):
            report(node, misreading.message, hint: misreading.hint)
            return nil
        }
    }
}

// MARK: - Troubles

extension FrontMatterReader {
    private mutating func unknown(_ key: Node) {
        let name = key.string ?? "…"
        let hint = Spelling.hint(for: name, among: Self.keys, shownAs: "legal are")
        report(key, "unknown key '\(name)' in the front matter", hint: hint)
    }

    /// YAML that is one text or one list, most often because a colon is not followed by a space.
    private mutating func notKeys(_ node: Node) {
        if reportWrongColon() { return }
        report(node, "the front matter must be lines of 'key: value'", hint: "write title: …")
    }

    /// A key whose colon is full-width or has no space after it: YAML reads on and complains lines later.
    private mutating func reportWrongColon() -> Bool {
        for (index, line) in source.lines.enumerated().prefix((bodyLine ?? 2) - 2) {
            let key = line.prefix { $0.isLetter && $0.isASCII }
            let rest = line.dropFirst(key.count)
            guard !key.isEmpty, let colon = rest.first, ":：".contains(colon) else { continue }
            if colon == ":", rest.dropFirst().first.map(\.isWhitespace) ?? true { continue }
            report(
                index + 1,
                key.utf8.count + 1,
                colon == ":" ? "a space is missing after the colon" : "：is not YAML's colon",
                hint: "write '\(key): …'"
            )
            return true
        }
        return false
    }

    private mutating func report(_ error: YamlError, yaml: String) {
        if reportWrongColon() { return }
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            report(problem, at: mark, in: context)
        case .duplicatedKeysInMapping(let keys, let context):
            for key in keys { reportSecond(key, from: context.mark.line + 1) }
        case .reader(let problem, let offset, _, _):
            let (line, column) = SourceText.position(of: offset ?? 0, in: yaml.utf8)
            report(line + 1, column, "the front matter is not YAML: \(problem)")
        default:
            report(1, 1, "the front matter is not YAML: \(error)")
        }
    }

    private mutating func reportSecond(_ key: String, from first: Int) {
        let places = source.lines.indices.filter { index in
            index + 1 >= first && index + 1 < (bodyLine ?? 0) && source.lines[index].hasPrefix("\(key):")
        }
        let line = places.dropFirst().first ?? first - 1
        let other = places.first.map { "; it stands on line \($0 + 1) already" } ?? ""
        report(line + 1, 1, "the key '\(key)' is given twice\(other)", hint: "keep one of the two")
    }

    /// Says in an author's words what libyaml found.
    private mutating func report(_ problem: String, at mark: Mark, in context: YamlError.Context?) {
        let index = min(mark.line, source.lines.count - 1)
        if source.lines[index].hasPrefix("\t") {
            return report(
                index + 1,
                1,
                "a tab indents this line; YAML takes spaces alone",
                hint: "write two spaces"
            )
        }
        if let context, context.text.contains("quoted scalar") {
            return report(context.mark, "this quote is never closed", hint: "close it on its line")
        }
        if let context, context.text.contains("flow") {
            return report(context.mark, "this bracket is never closed", hint: "close it on its line")
        }
        let hint: String? =
            if problem.contains("mapping values are not allowed") {
                "write a value that holds a colon between quotes"
            } else if problem.contains("cannot start any token") {
                "write a value that starts with a sign between quotes"
            } else {
                nil
            }
        report(mark, "the front matter is not YAML: \(problem)", hint: hint)
    }

    private mutating func report(_ node: Node, _ message: String, hint: String? = nil) {
        let place = place(of: node)
        report(place.line ?? 1, place.column, message, hint: hint)
    }

    private mutating func report(_ mark: Mark, _ message: String, hint: String?) {
        let place = place(of: mark)
        report(place.line ?? 1, place.column, message, hint: hint)
    }

    private func place(of node: Node) -> SourceLocation {
        node.mark.map { place(of: $0) } ?? SourceLocation(file: source.file, line: 1, column: 1)
    }

    /// libyaml counts a column in Unicode scalars, and knows nothing of the line of `---` above.
    private func place(of mark: Mark) -> SourceLocation {
        source.location(line: min(mark.line + 1, source.lines.count), scalarColumn: mark.column)
    }

    private mutating func report(_ line: Int, _ column: Int?, _ message: String, hint: String? = nil) {
        diagnostics.append(source.diagnostic(.frontMatter, line: line, column: column, message, hint: hint))
    }
}

extension String {
    /// Whether this is a line that opens or closes front matter.
    fileprivate var isFence: Bool { hasPrefix("---") && trimmingTrailingSpace() == "---" }

    /// The text without blanks and line ends at its end.
    fileprivate func trimmingTrailingSpace() -> String {
        var text = self[...]
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
