internal import Lessons
internal import OutputHTML
internal import Records

/// Writes the cells of one lesson: code first, then what it showed.
struct CellRenderer {
    private let lesson: Lesson
    /// The HTML of the outputs of cells that show any, by their names.
    private let outputs: [String: RenderedOutputs]
    private let highlight: (String) -> [SyntaxToken]
    private let additions: ProseRenderer.Additions
    /// The notes on the names of all cells.
    let notes: NoteList
    private let noteNumbers: [String: [Range<Int>: Int]]
    private let shapes: [String: [Int: String]]

    /// Makes a renderer for the cells of a lesson and what they showed.
    init(
        _ finished: FinishedLesson,
        outline: Outline,
        downloads: Downloads,
        addresses: [String: String],
        additions: ProseRenderer.Additions,
        highlight: @escaping (String) -> [SyntaxToken]
    ) {
        lesson = finished.lesson
        self.additions = additions
        self.highlight = highlight
        let records = Dictionary(
            finished.record.cells.map { ($0.name, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        var outputs: [String: RenderedOutputs] = [:]
        for cell in lesson.cells where !cell.options.isHidden && !cell.options.isQuiet {
            let shown = records[cell.name]?.outputs ?? []
            let data = downloads.addresses(of: cell.name)
            outputs[cell.name] = OutputRenderer.render(
                shown,
                in: OutputFrame(of: cell, shown, data: data, additions)
            )
        }
        self.outputs = outputs
        var notes = NoteList()
        var numbers: [String: [Range<Int>: Int]] = [:]
        var shapes: [String: [Int: String]] = [:]
        for cell in lesson.cells where !cell.options.isHidden {
            guard let known = finished.notes[cell.name] else { continue }
            numbers[cell.name] = notes.numbers(of: known.names, addresses: addresses)
            shapes[cell.name] = Self.shapes(of: cell, known.tensors, records[cell.name]?.shapes ?? [])
        }
        self.notes = notes
        noteNumbers = numbers
        self.shapes = shapes
    }

    /// What stands at the ends of the lines on which tensors are defined; with their names where there are several.
    private static func shapes(
        of cell: Cell,
        _ tensors: [TensorDefinition],
        _ recorded: [TensorShape]
    ) -> [Int: String] {
        let code = Array(cell.code.utf8)
        let known = Dictionary(recorded.map { ($0.name, $0.shape) }, uniquingKeysWith: { first, _ in first })
        let lines = Dictionary(
            grouping: tensors.filter { known[$0.name] != nil && $0.range.upperBound <= code.count }
        ) { tensor in
            SourceText.position(of: tensor.range.upperBound, in: code).line
        }
        return lines.mapValues { tensors in
            tensors.map { (tensors.count > 1 ? $0.name + " " : "") + (known[$0.name] ?? "") }.joined(
                separator: ", "
            )
        }
    }

    /// Whether a line of a cell shows a shape.
    var hasShapes: Bool { shapes.values.contains { !$0.isEmpty } }

    /// An error for each figure that holds more than a drawing may, in the order of the cells.
    var drawingTroubles: [Diagnostic] {
        lesson.cells.flatMap { cell in
            (outputs[cell.name]?.offenses ?? []).map { offense in
                Diagnostic(
                    .error,
                    .limit,
                    at: cell.fence,
                    "the figure of cell '\(cell.name)' holds \(offense.name), which no drawing may",
                    hint: "draw with Chart or Diagram"
                )
            }
        }
    }

    /// Writes the cell of an index, unless it is hidden.
    func cell(_ index: Int, into html: inout HTMLBuffer) {
        let cell = lesson.cells[index]
        guard !cell.options.isHidden else { return }
        html.markup("<div class=\"cell\" id=\"")
        html.text(cell.name)
        html.markup("\">\n")
        if cell.options.isFolded {
            html.markup("<details class=\"fold\"><summary\(additions.wording.attributes)>")
            html.text(additions.wording.showCode)
            html.markup("</summary>\n")
            code(of: cell, into: &html)
            html.markup("</details>\n")
        } else {
            code(of: cell, into: &html)
        }
        if let outputs = outputs[cell.name] { html.append(outputs.html) }
        html.markup("</div>\n")
    }

    private func code(of cell: Cell, into html: inout HTMLBuffer) {
        let notes = noteNumbers[cell.name] ?? [:]
        let code = AnnotatedCode(
            cell.code,
            tokens: highlight(cell.code),
            notes: notes,
            shapes: shapes[cell.name] ?? [:]
        )
        box(code, language: "swift", takesFocus: !notes.isEmpty || cell.code.hasLongLine, into: &html)
    }

    /// Writes a block of code that is no cell; Swift is colored.
    func code(_ text: String, language: String?, into html: inout HTMLBuffer) {
        let code = AnnotatedCode(text, tokens: language == "swift" ? highlight(text) : [])
        box(code, language: language, takesFocus: text.hasLongLine, into: &html)
    }

    private func box(_ code: AnnotatedCode, language: String?, takesFocus: Bool, into html: inout HTMLBuffer)
    {
        html.markup("<div class=\"code\"><pre")
        html.markup(takesFocus ? " tabindex=\"0\"><code" : "><code")
        if let language {
            html.markup(" class=\"language-")
            html.text(language)
            html.markup("\"")
        }
        html.markup(">")
        code.write(into: &html)
        html.markup("</code></pre></div>\n")
    }
}

extension OutputFrame {
    /// Makes the frame of a cell's outputs: its captions and numbers, in the words of the page.
    ///
    /// - Parameters:
    ///   - cell: The cell.
    ///   - outputs: The outputs.
    ///   - data: The addresses of the data behind figures and tables, by output.
    ///   - additions: What the page knows.
    init(of cell: Cell, _ outputs: [Output], data: [Int: String], _ additions: ProseRenderer.Additions) {
        self.init()
        let wording = additions.wording
        let numbering = additions.outline?.numbers[cell.name] ?? []
        labels = Caption.all(of: cell, outputs).enumerated().map { index, caption in
            var labels = Labels()
            let number = numbering.indices.contains(index) ? wording.name(of: numbering[index]) : nil
            labels.number = number.map { wording.name($0).content }
            if let caption {
                var prose = ProseRenderer(additions: additions)
                prose.inlines(caption.inlines)
                labels.caption = prose.html
                labels.name = additions.plainText.words(of: caption.inlines)
            }
            labels.data = data[index]
            return labels
        }
        alternative = cell.options.alternative.map { additions.plainText.words(of: $0.inlines) }
        dataTitle = wording.showData
        attributes = wording.attributes
        isFailure = cell.options.expectedFailure != nil
    }
}
