internal import Yams

/// The lines of YAML in a lesson's front matter, with the words for what libyaml finds wrong in them.
struct FrontMatterYAML {
    /// The lesson's file.
    let source: SourceText
    /// The indices of the lines between the two lines of `---`.
    let lines: Range<Int>

    /// The YAML.
    var text: String { source.lines[lines].map { $0 + "\n" }.joined() }

    /// The location of a node in the file; the first line for one without a mark.
    func location(of node: Node?) -> SourceLocation {
        node?.mark.map { location(of: $0) } ?? SourceLocation(file: source.file, line: 1, column: 1)
    }

    /// The location of a mark in the file. libyaml counts a column in Unicode scalars, and knows nothing of the line of
    /// `---` above.
    private func location(of mark: Mark) -> SourceLocation {
        source.location(line: min(mark.line + 1, source.lines.count), scalarColumn: mark.column)
    }

    /// A key whose colon is full-width or has no space after it: YAML reads on and complains lines later.
    var wrongColon: Diagnostic? {
        for index in lines {
            let line = source.lines[index]
            let key = line.prefix { $0.isLetter && $0.isASCII }
            let rest = line.dropFirst(key.count)
            guard !key.isEmpty, let colon = rest.first, ":：".contains(colon) else { continue }
            if colon == ":", rest.dropFirst().first.map(\.isWhitespace) ?? true { continue }
            let message = colon == ":" ? "a space is missing after the colon" : "：is not YAML's colon"
            return diagnostic(index + 1, key.utf8.count + 1, message, hint: "write '\(key): …'")
        }
        return nil
    }

    /// The mistakes that libyaml found, in an author's words.
    func diagnostics(for error: YamlError) -> [Diagnostic] {
        if let wrongColon { return [wrongColon] }
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            return [diagnostic(problem, at: mark, in: context)]
        case .duplicatedKeysInMapping(let keys, let context):
            return keys.map { diagnostic(repeating: $0, from: context.mark.line) }
        case .reader(let problem, let offset, _, _):
            let (line, column) = SourceText.position(of: offset ?? 0, in: text.utf8)
            return [diagnostic(line + 1, column, "the front matter is not YAML: \(problem)")]
        default:
            return [diagnostic(1, 1, "the front matter is not YAML: \(error)")]
        }
    }

    private func diagnostic(repeating key: String, from first: Int) -> Diagnostic {
        let uses = lines.filter { $0 >= first && source.lines[$0].hasPrefix("\(key):") }
        let second = uses.dropFirst().first ?? first
        let other = uses.first.map { "; it stands on line \($0 + 1) already" } ?? ""
        let message = "the key '\(key)' is given twice\(other)"
        return diagnostic(second + 1, 1, message, hint: "keep one of the two")
    }

    private func diagnostic(_ problem: String, at mark: Mark, in context: YamlError.Context?) -> Diagnostic {
        let index = min(mark.line, source.lines.count - 1)
        if source.lines[index].hasPrefix("\t") {
            let message = "a tab indents this line; YAML takes spaces alone"
            return diagnostic(index + 1, 1, message, hint: "write two spaces")
        }
        if let context, context.text.contains("quoted scalar") {
            return diagnostic(context.mark, "this quote is never closed", hint: "close it on its line")
        }
        if let context, context.text.contains("flow") {
            return diagnostic(context.mark, "this bracket is never closed", hint: "close it on its line")
        }
        let hint: String? =
            if problem.contains("mapping values are not allowed") {
                "write a value that holds a colon between quotes"
            } else if problem.contains("cannot start any token") {
                "write a value that starts with a sign between quotes"
            } else {
                nil
            }
        return diagnostic(mark, "the front matter is not YAML: \(problem)", hint: hint)
    }

    private func diagnostic(_ mark: Mark, _ message: String, hint: String?) -> Diagnostic {
        source.diagnostic(.frontMatter, at: location(of: mark), message, hint: hint)
    }

    private func diagnostic(_ line: Int, _ column: Int, _ message: String, hint: String? = nil) -> Diagnostic
    {
        source.diagnostic(.frontMatter, line: line, column: column, message, hint: hint)
    }
}
