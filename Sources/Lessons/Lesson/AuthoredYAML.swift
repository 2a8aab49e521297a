internal import Yams

/// The lines of YAML that an author wrote, as a lesson's front matter or as settings, with the words for what libyaml finds
/// wrong in them.
package struct AuthoredYAML {
    /// The file.
    let source: SourceText
    /// The indices of the lines: all of settings, those between the two lines of `---` of a lesson.
    let lines: Range<Int>
    /// The kind of what is wrong.
    let kind: Diagnostic.Kind
    /// The lines in a sentence, such as `the front matter`.
    let name: String

    /// The YAML that a lesson begins with.
    init(frontMatter lines: Range<Int>, of source: SourceText) {
        (self.source, self.lines) = (source, lines)
        (kind, name) = (.frontMatter, "the front matter")
    }

    /// The YAML of settings.
    package init(settings source: SourceText) {
        (self.source, lines) = (source, source.lines.indices)
        (kind, name) = (.settings, "this")
    }

    /// The YAML.
    var text: String { source.lines[lines].map { $0 + "\n" }.joined() }

    /// The location of a node in the file; the first line for one without a mark.
    func location(of node: Node?) -> SourceLocation {
        node?.mark.map { location(of: $0) } ?? SourceLocation(file: source.file, line: 1, column: 1)
    }

    /// The location of a mark in the file. libyaml counts a column in Unicode scalars, and knows nothing of the line of
    /// `---` above.
    private func location(of mark: Mark) -> SourceLocation {
        source.location(line: index(of: mark) + 1, scalarColumn: mark.column)
    }

    /// The index of the line that a mark is on.
    private func index(of mark: Mark) -> Int {
        max(0, min(mark.line - 1 + lines.lowerBound, source.lines.count - 1))
    }

    /// A key whose colon is full-width or has no space after it: YAML reads on and complains lines later.
    package var wrongColon: Diagnostic? {
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
    package func diagnostics(for error: any Error) -> [Diagnostic] {
        if let wrongColon { return [wrongColon] }
        guard let error = error as? YamlError else { return [diagnostic(1, 1, notYAML("\(error)"))] }
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            return [diagnostic(problem, at: mark, in: context)]
        case .duplicatedKeysInMapping(let keys, let context):
            return keys.map { diagnostic(repeating: $0, from: index(of: context.mark)) }
        case .reader(let problem, let offset, _, _):
            let (line, column) = SourceText.position(of: offset ?? 0, in: text.utf8)
            return [diagnostic(line + lines.lowerBound, column, notYAML(problem))]
        default:
            return [diagnostic(1, 1, notYAML("\(error)"))]
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
        let index = index(of: mark)
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
                quoting(index) ?? "write a value that holds a colon between quotes"
            } else if problem.contains("cannot start any token") {
                quoting(index) ?? "write a value that starts with a sign between quotes"
            } else {
                nil
            }
        return diagnostic(mark, notYAML(problem), hint: hint)
    }

    /// The remedy for a line of a key and a text that needs quotes: that line with them.
    private func quoting(_ index: Int) -> String? {
        guard let line = source.lines[index].wholeMatch(of: /(?<key>\s*\w+:)\s+(?<value>[^"'\[{|>].*?)\s*/)
        else { return nil }
        let value = line.value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "write \(line.key.drop(while: \.isWhitespace)) \"\(value)\""
    }

    private func notYAML(_ problem: String) -> String { "\(name) is not YAML: \(problem)" }

    private func diagnostic(_ mark: Mark, _ message: String, hint: String?) -> Diagnostic {
        source.diagnostic(kind, at: location(of: mark), message, hint: hint)
    }

    private func diagnostic(_ line: Int, _ column: Int, _ message: String, hint: String? = nil) -> Diagnostic
    {
        source.diagnostic(kind, line: line, column: column, message, hint: hint)
    }
}
