internal import Yams

extension FrontMatter {
    /// The names of all keys.
    package static let keys = [
        "title", "summary", "date", "authors", "draft", "goals", "tags", "references", "data", "tolerance",
        "timeout",
    ]

    /// Reads the YAML between the two lines of `---` that open a lesson.
    ///
    /// - Parameter part: The name of the part's folder that the lesson lies in, from which its data count.
    /// - Returns: The front matter, `nil` when it is not there, is not YAML, or has no title; the first line of the
    ///   text that follows, from 1, `nil` when the front matter never ends; and what is wrong.
    static func read(_ source: SourceText, in part: String? = nil) -> (
        frontMatter: FrontMatter?, bodyLine: Int?, diagnostics: [Diagnostic]
    ) {
        guard source.lines.first?.isFence == true else { return (nil, 1, [missing(in: source)]) }
        guard let end = source.lines.dropFirst().firstIndex(where: \.isFence) else {
            let message = "the front matter is never closed"
            let hint = "end it with a line of ---"
            return (nil, nil, [source.diagnostic(.frontMatter, line: 1, column: 1, message, hint: hint)])
        }
        var reader = FrontMatterReader(yaml: AuthoredYAML(frontMatter: 1..<end, of: source), part: part)
        return (reader.read(), end + 2, reader.diagnostics)
    }

    private static func missing(in source: SourceText) -> Diagnostic {
        let remedy = "start with the lines ---, title: …, ---"
        let blank = source.lines.prefix { $0.trimmingTrailingSpace().isEmpty }.count
        let (column, message, hint): (Int?, String, String) =
            if blank == source.lines.count {
                (nil, "the lesson is empty", remedy)
            } else if source.lines[blank].isFence {
                (1, "front matter must start on the first line", "delete what stands above ---")
            } else {
                (1, "the lesson has no front matter", remedy)
            }
        return source.diagnostic(.frontMatter, line: 1, column: column, message, hint: hint)
    }
}

/// A reader of the keys of front matter, which notes each mistake with its location.
private struct FrontMatterReader {
    let yaml: AuthoredYAML
    let part: String?
    private(set) var diagnostics: [Diagnostic] = []

    mutating func read() -> FrontMatter? {
        do {
            // All values are texts here; what kind of value a text could be is not asked.
            switch try compose(yaml: yaml.text, .basic) {
            case .mapping(let mapping): return read(mapping)
            case nil:
                report(nil, "the front matter is empty: title is required", hint: "write title: … below")
            case let other?:
                // One text or one list, most often because a colon is not followed by a space.
                if let colon = yaml.wrongColon {
                    diagnostics.append(colon)
                } else {
                    report(other, "the front matter must be lines of 'key: value'", hint: "write title: …")
                }
            }
        } catch {
            diagnostics += yaml.diagnostics(for: error)
        }
        return nil
    }

    private mutating func read(_ mapping: Node.Mapping) -> FrontMatter? {
        var found = FrontMatter(title: "")
        for (key, value) in mapping {
            switch key.string {
            case "title": found.title = phrase(line(value, of: "title"), value) ?? ""
            case "summary": found.summary = phrase(text(value, of: "summary"), value)
            case "date": found.date = measure(value, of: "date", Measure.date)
            case "authors": found.authors = texts(value, of: "authors", example: "[Ada Lovelace]")
            case "draft": found.isDraft = choice(value, of: "draft") ?? false
            case "goals": found.goals = phrases(value, of: "goals", example: "[Train a network by hand]")
            case "tags": found.tags = texts(value, of: "tags", example: "[sine, forecast]")
            case "references":
                found.references = texts(value, of: "references", example: "[\"Elman, 1990\"]")
            case "data": found.data = data(value)
            case "tolerance": found.tolerance = measure(value, of: "tolerance", Measure.tolerance)
            case "timeout": found.timeout = measure(value, of: "timeout", Measure.timeout)
            default: reportUnknown(key)
            }
        }
        guard mapping.keys.contains(where: { $0.string == "title" }) else {
            let isMisspelled = mapping.keys.contains {
                Spelling.nearest(to: $0.string ?? "", among: ["title"]) != nil
            }
            if !isMisspelled { report(nil, "the front matter lacks title", hint: "write title: … below") }
            return nil
        }
        return found.title.inlines.isEmpty ? nil : found
    }

    private mutating func reportUnknown(_ key: Node) {
        let name = key.string ?? "…"
        let hint = Spelling.hint(for: name, among: FrontMatter.keys, shownAs: "legal are")
        report(key, "unknown key '\(name)' in the front matter", hint: hint)
    }

    /// Reports a mistake at a node, or on the first line.
    private mutating func report(_ node: Node?, _ message: String, hint: String? = nil) {
        diagnostics.append(
            yaml.source.diagnostic(.frontMatter, at: yaml.location(of: node), message, hint: hint)
        )
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
            let hint = key == "title" ? "write title: …" : "fill it in or leave it out"
            report(node, "\(key) is empty", hint: hint)
            return nil
        }
        return text
    }

    private mutating func choice(_ node: Node, of key: String) -> Bool? {
        guard let text = text(node, of: key) else { return nil }
        if !["true", "false"].contains(text) {
            report(node, "\(key) must be true or false", hint: "write \(key): true, or leave it out")
        }
        return text == "true"
    }

    private mutating func phrase(_ text: String?, _ node: Node) -> Phrase? {
        guard let text else { return nil }
        let read = Phrase.read(text, at: yaml.location(of: node), in: yaml.source)
        diagnostics += read.diagnostics
        return read.phrase
    }

    private mutating func phrases(_ node: Node, of key: String, example: String) -> [Phrase] {
        list(node, of: key, example: example).compactMap { phrase($0.text, $0.node) }
    }

    private mutating func texts(_ node: Node, of key: String, example: String) -> [String] {
        list(node, of: key, example: example).map(\.text)
    }

    private mutating func list(
        _ node: Node,
        of key: String,
        example: String
    ) -> [(text: String, node: Node)] {
        guard let sequence = node.sequence else {
            report(node, "\(key) must be a list", hint: "write \(key): \(example)")
            return []
        }
        var items: [(text: String, node: Node)] = []
        for element in sequence {
            guard element.scalar != nil else {
                report(element, "each of the \(key) must be a text", hint: "write \(key): \(example)")
                continue
            }
            guard let item = text(element, of: "one of the \(key)") else { continue }
            if items.contains(where: { $0.text == item }) {
                report(element, "\(key) names '\(item)' twice", hint: "keep one of the two")
            }
            items.append((item, element))
        }
        return items
    }

    private mutating func data(_ node: Node) -> [DataFile] {
        list(node, of: "data", example: "[data/names.txt]").compactMap { path, element in
            if let objection = DataFile.objection(to: path, in: part) {
                let place = part.map { "from the lesson's own folder, \($0)" } ?? "from the folder of lessons"
                report(element, objection, hint: "write it \(place): data/names.txt")
                return nil
            }
            let resolved = RelativePath.resolved(path, in: part ?? "") ?? path
            return DataFile(path: resolved, at: yaml.location(of: element))
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
