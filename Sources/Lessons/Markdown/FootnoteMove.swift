extension PreparedMarkdown {
    /// Moves footnotes, `[^label]: text` with lines below it that are indented by four spaces, to the end.
    mutating func moveFootnotes() {
        guard text.lines.contains(where: { FootnoteOpening($0) != nil }) else { return }
        let verbatim = Outline.parse(text).verbatim
        var kept: [MarkdownText.Line] = []
        var moved: [MarkdownText.Line] = []
        var known: [String: SourceLocation] = [:]
        var line = 1
        while line <= text.lines.count {
            guard let opening = FootnoteOpening(text.lines[line - 1]), !verbatim.contains(line) else {
                kept.append(text.lines[line - 1])
                line += 1
                continue
            }
            let position = MarkdownText.Position(line: line, offset: opening.offset)
            let location = text.location(position)
            let (body, next) = footnoteBody(opening, from: line)
            report(
                opening.label,
                at: position,
                firstAt: known[opening.label],
                isEmpty: body.allSatisfy(\.isBlank)
            )
            known[opening.label] = location
            moved.append(MarkdownText.Line())
            moved.append(standIn(for: .footnote(label: opening.label, at: location)))
            moved.append(MarkdownText.Line())
            moved += body
            // What stood above and below it are two paragraphs.
            kept.append(MarkdownText.Line())
            line = next
        }
        text.lines = kept + moved
    }

    private mutating func report(
        _ label: String,
        at position: MarkdownText.Position,
        firstAt first: SourceLocation?,
        isEmpty: Bool
    ) {
        if let first {
            let message =
                "the footnote '\(label)' is written twice; it stands on line \(first.line ?? 1) already"
            diagnostics.append(text.diagnostic(position, message, hint: "give one of them another name"))
        } else if isEmpty {
            diagnostics.append(text.diagnostic(position, "the footnote '\(label)' says nothing"))
        }
    }

    /// The lines of a footnote's text, and the line after it.
    private func footnoteBody(_ opening: FootnoteOpening, from line: Int) -> ([MarkdownText.Line], next: Int)
    {
        let first = text.lines[line - 1]
        var body = [first.slice(opening.body..<first.bytes.count)]
        var next = line + 1
        while next <= text.lines.count {
            let current = text.lines[next - 1]
            if current.isBlank {
                // Blank lines are its own only if more of it follows.
                let following = text.lines[(next - 1)...].first { !$0.isBlank }
                guard let following, following.outdented != nil else { break }
                body.append(current)
            } else if let inner = current.outdented {
                body.append(inner)
            } else if let last = body.last, !last.isBlank, !current.startsBlock {
                body.append(current)
            } else {
                break
            }
            next += 1
        }
        return (body, next)
    }
}

/// The start of a footnote, `[^label]:`.
private struct FootnoteOpening {
    /// The name that its author gave it, in lower case.
    var label: String
    /// The byte offset of the bracket in the line.
    var offset: Int
    /// The byte offset of the text in the line.
    var body: Int

    init?(_ line: MarkdownText.Line) {
        offset = line.bytes.prefix { $0 == 0x20 }.count
        guard offset <= 3, line.bytes[offset...].starts(with: "[^".utf8) else { return nil }
        let name = line.bytes[(offset + 2)...].prefix {
            $0 > 0x20 && $0 != UInt8(ascii: "]") && $0 != UInt8(ascii: "[")
        }
        guard !name.isEmpty, line.bytes[name.endIndex...].starts(with: "]:".utf8) else { return nil }
        label = String(decoding: name, as: UTF8.self).lowercased()
        let text = line.bytes[(name.endIndex + 2)...]
        body = text.firstIndex { $0 != 0x20 && $0 != 0x09 } ?? text.endIndex
    }
}

extension MarkdownText.Line {
    fileprivate var isBlank: Bool { bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 } }

    /// The line without its first four columns, if those are blank.
    fileprivate var outdented: MarkdownText.Line? {
        let spaces = bytes.prefix(4).prefix { $0 == 0x20 }.count
        if spaces == 4 { return slice(4..<bytes.count) }
        return bytes.dropFirst(spaces).first == 0x09 ? slice(spaces + 1..<bytes.count) : nil
    }

    /// Whether the line would end a paragraph that it follows.
    fileprivate var startsBlock: Bool {
        let rest = bytes.drop { $0 == 0x20 }
        guard let first = rest.first else { return true }
        return "#>-*+=`~|$<".utf8.contains(first) || FootnoteOpening(self) != nil
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
    }
}
