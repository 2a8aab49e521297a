package import Lessons
package import OutputHTML

/// A piece of code with the kinds of its tokens, the notes on its names, and the shapes of the tensors that its lines
/// define.
package struct AnnotatedCode {
    private let source: [UInt8]
    private let marks: [Mark]
    private let shapes: [Int: String]

    /// A range of bytes that gets an element of its own.
    private struct Mark {
        var range: Range<Int>
        var style: String?
        var note: Int?
    }

    /// Joins code with its annotations.
    ///
    /// - Parameters:
    ///   - code: The code.
    ///   - tokens: Its tokens. Those that overlap an earlier one or reach beyond the code are left out: a page
    ///     never shows less than the code itself.
    ///   - notes: The numbers of the notes on its names.
    ///   - shapes: The shapes at the ends of its lines, which count from 1.
    package init(
        _ code: String,
        tokens: [SyntaxToken],
        notes: [Range<Int>: Int] = [:],
        shapes: [Int: String] = [:]
    ) {
        let source = Array(code.utf8)
        self.source = source
        self.shapes = shapes
        var marks = tokens.compactMap { token -> Mark? in
            let mark = Mark(range: token.range, style: token.kind.style, note: notes[token.range])
            return mark.style == nil && mark.note == nil ? nil : mark
        }
        if !notes.isEmpty {
            let known = Set(marks.map(\.range))
            marks += notes.filter { !known.contains($0.key) }.map { Mark(range: $0.key, note: $0.value) }
        }
        var end = 0
        self.marks = marks.sorted { $0.range.lowerBound < $1.range.lowerBound }.filter { mark in
            guard mark.range.lowerBound >= end, mark.range.upperBound <= source.count else {
                return false
            }
            end = mark.range.upperBound
            return !mark.range.isEmpty
        }
    }

    /// Writes the code.
    package func write(into html: inout HTMLBuffer) {
        var line = 1
        var offset = 0
        for mark in marks {
            text(offset..<mark.range.lowerBound, &line, into: &html)
            html.markup("<span")
            if let style = mark.style { html.markup(" class=\"\(style)\"") }
            if let note = mark.note { html.markup(" data-note=\"\(note)\"") }
            html.markup(">")
            text(mark.range, &line, into: &html)
            html.markup("</span>")
            offset = mark.range.upperBound
        }
        text(offset..<source.count, &line, into: &html)
        if source.last != UInt8(ascii: "\n") { shape(of: line, into: &html) }
    }

    /// Writes bytes, with the shape of each line before the line's end.
    private func text(_ range: Range<Int>, _ line: inout Int, into html: inout HTMLBuffer) {
        guard !shapes.isEmpty else { return html.text(bytes: source[range]) }
        var start = range.lowerBound
        for index in range where source[index] == UInt8(ascii: "\n") {
            html.text(bytes: source[start..<index])
            shape(of: line, into: &html)
            start = index
            line += 1
        }
        html.text(bytes: source[start..<range.upperBound])
    }

    private func shape(of line: Int, into html: inout HTMLBuffer) {
        guard let shape = shapes[line] else { return }
        html.markup("<span class=\"shape\" data-shape=\"")
        html.text(shape)
        html.markup("\"></span>")
    }
}

extension SyntaxToken.Kind {
    /// The CSS class of a token; `nil` for one in the color of plain code.
    package var style: String? {
        switch self {
        case .keyword: "k"
        case .type: "t"
        case .identifier: nil
        case .number: "n"
        case .string: "s"
        case .comment: "c"
        case .attribute: "a"
        case .operator: nil
        }
    }
}
