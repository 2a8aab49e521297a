internal import Lessons
package import OutputHTML
internal import Records

/// A renderer of one lesson's cells, each with its code first, then its outputs, and of other blocks of code.
struct CellRenderer {
    /// A cell that a page shows.
    fileprivate struct Part {
        /// The outputs; `nil` for a quiet cell.
        var outputs: RenderedOutputs?
        /// The controls of a live cell.
        var form: LiveForm?
        /// The states of one whose states are built.
        var states: LiveStates?
        /// The numbers of the notes on its names.
        var notes: [Range<Int>: Int] = [:]
        /// The shapes at the ends of its lines, which count from 1.
        var shapes: [Int: String] = [:]
    }

    private let lesson: Lesson
    private let wording: Wording
    private let highlight: (String) -> [SyntaxToken]
    private var parts: [String: Part] = [:]
    /// The notes on the names of all cells.
    private(set) var notes = NoteList()
    /// The name of the first live cell, before which the page loads what live cells need.
    private(set) var firstLive: String?

    /// Renders the outputs of a lesson's cells, and numbers the notes on their names.
    ///
    /// - Parameters:
    ///   - finished: The lesson.
    ///   - downloads: The files with the data of its figures and tables.
    ///   - addresses: The addresses in the reference, by symbol.
    ///   - phrases: The renderer of its captions.
    ///   - highlight: Finds the tokens of a piece of Swift.
    static func prepare(
        _ finished: FinishedLesson,
        downloads: Downloads,
        addresses: [String: String],
        phrases: inout ProseRenderer,
        highlight: @escaping (String) -> [SyntaxToken]
    ) -> CellRenderer {
        let wording = phrases.context.wording
        var renderer = CellRenderer(lesson: finished.lesson, wording: wording, highlight: highlight)
        let records = Dictionary(
            finished.record.cells.map { ($0.name, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        for cell in finished.lesson.cells where !cell.options.isHidden {
            var part = Part()
            let record = records[cell.name]
            if !cell.options.isQuiet {
                let data = downloads.addresses(of: cell.name, on: finished.lesson.path)
                part.outputs = cell.render(record?.outputs ?? [], data: data, phrases: &phrases)
            }
            if let live = record?.live, !cell.options.isQuiet {
                part.makeLive(live, cell.name, of: finished, wording)
                if part.form != nil, renderer.firstLive == nil { renderer.firstLive = cell.name }
            }
            if let known = finished.notes[cell.name] {
                part.notes = renderer.notes.numbers(of: known.names, addresses: addresses)
                part.shapes = Self.shapes(of: cell, known.tensors, record?.shapes ?? [])
            }
            renderer.parts[cell.name] = part
        }
        return renderer
    }

    private init(lesson: Lesson, wording: Wording, highlight: @escaping (String) -> [SyntaxToken]) {
        self.lesson = lesson
        self.wording = wording
        self.highlight = highlight
    }

    /// The shapes at the ends of the lines on which tensors are defined; with their names where there are several.
    private static func shapes(
        of cell: Cell,
        _ tensors: [TensorDefinition],
        _ recorded: [TensorShape]
    ) -> [Int: String] {
        let code = Array(cell.code.utf8)
        let shapes = Dictionary(recorded.map { ($0.name, $0.shape) }, uniquingKeysWith: { first, _ in first })
        let known = tensors.filter { shapes[$0.name] != nil && $0.range.upperBound <= code.count }
        let lines = Dictionary(grouping: known) { tensor in
            SourceText.position(of: tensor.range.upperBound, in: code).line
        }
        return lines.mapValues { tensors in
            let texts = tensors.map { (tensors.count > 1 ? $0.name + " " : "") + (shapes[$0.name] ?? "") }
            return texts.joined(separator: ", ")
        }
    }

    /// The states of live cells, in no order.
    var states: [LiveStates] { parts.values.compactMap(\.states) }

    /// Whether a line of a cell shows a shape.
    var hasShapes: Bool {
        parts.values.contains { part in part.shapes.values.contains { !$0.isEmpty } }
    }

    /// An error for each figure that holds more than a drawing may, in the order of the cells.
    var drawingDiagnostics: [Diagnostic] {
        lesson.cells.flatMap { cell in
            (parts[cell.name]?.offenses ?? []).map { offense in
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

    /// Renders the lesson's prose with its code and cells.
    func renderProse(in context: ProseContext) -> ProseRenderer {
        var context = context
        context.cell = { cell($0, into: &$1) }
        context.code = { info, text, html in
            let language = info.split(whereSeparator: \.isWhitespace).first
            code(text, language: language.map(String.init), into: &html)
        }
        var prose = ProseRenderer(in: context)
        prose.blocks(lesson.document.blocks)
        prose.remainingFootnotes()
        return prose
    }

    /// Writes the cell of an index, unless it is hidden.
    private func cell(_ index: Int, into html: inout HTMLBuffer) {
        let cell = lesson.cells[index]
        guard let part = parts[cell.name] else { return }
        if cell.name == firstLive { liveNeeds(into: &html) }
        html.markup("<div class=\"cell\" id=\"\(cell.name)\">\n")
        if cell.options.isFolded {
            html.markup(
                "<details class=\"fold\"><summary\(wording.attributes)>\(wording.showCode)</summary>\n"
            )
            code(of: cell, part, into: &html)
            html.markup("</details>\n")
        } else {
            code(of: cell, part, into: &html)
        }
        part.form?.write(into: &html)
        if let outputs = part.outputs { html.append(outputs.html) }
        html.markup("</div>\n")
    }

    /// Writes the links of the style and the script of live cells. They stand before the first, so that a page has them
    /// whatever its theme's templates are.
    private func liveNeeds(into html: inout HTMLBuffer) {
        let style = RelativePath.written("live.css", from: lesson.path)
        let script = RelativePath.written("live.js", from: lesson.path)
        html.markup("<link rel=\"stylesheet\" href=\"\(style)\">\n<script src=\"\(script)\" defer")
        if lesson.part != nil { html.markup(" data-root=\"../\"") }
        html.markup(" data-copy=\"\(wording.copy)\" data-copied=\"\(wording.copied)\"")
        for (name, words) in wording.live.spoken { html.markup(" data-\(name)=\"\(words)\"") }
        html.markup("></script>\n")
    }

    private func code(of cell: Cell, _ part: Part, into html: inout HTMLBuffer) {
        let tokens = highlight(cell.code)
        let code = AnnotatedCode(cell.code, tokens: tokens, notes: part.notes, shapes: part.shapes)
        let takesFocus = !part.notes.isEmpty || cell.code.hasLongLine
        box(code, language: "swift", takesFocus: takesFocus, into: &html)
    }

    /// Writes a block of code that is no cell; Swift is colored.
    private func code(_ text: String, language: String?, into html: inout HTMLBuffer) {
        let code = AnnotatedCode(text, tokens: language == "swift" ? highlight(text) : [])
        box(code, language: language, takesFocus: text.hasLongLine, into: &html)
    }

    private func box(_ code: AnnotatedCode, language: String?, takesFocus: Bool, into html: inout HTMLBuffer)
    {
        html.markup("<div class=\"code\"><pre")
        html.markup(takesFocus ? " tabindex=\"0\"><code" : "><code")
        if let language { html.markup(" class=\"language-\(language)\"") }
        html.markup(">")
        code.write(into: &html)
        html.markup("</code></pre></div>\n")
    }
}

extension CellRenderer.Part {
    /// What its figures hold that no drawing may.
    fileprivate var offenses: [CheckedDrawing.Offense] {
        let own = outputs?.offenses ?? []
        return own.isEmpty ? states?.offenses ?? [] : own
    }

    /// Gives the cell its controls, unless nothing answers them.
    fileprivate mutating func makeLive(
        _ live: LiveRecord,
        _ cell: String,
        of finished: FinishedLesson,
        _ wording: Wording
    ) {
        // A record may have been edited.
        guard !live.controls.isEmpty,
            live.controls.allSatisfy({ $0.positions.indices.contains($0.initial) })
        else { return }
        let paths = finished.lesson.paths
        var source: LiveForm.Source?
        if !live.states.isEmpty {
            let path = paths.liveStates(of: cell)
            let name = "\(finished.lesson.slug)-\(cell)"
            states = LiveStates.render(live.states, name: name, at: path, wording: wording)
            source = .states(path: RelativePath.written(path, from: paths.page))
        } else if let module = finished.live, let index = module.cells.firstIndex(of: cell) {
            let path = RelativePath.written(paths.liveProgram, from: paths.page)
            source = .program(path: path, key: module.key, cell: index)
        }
        let code = finished.lesson.cells.first { $0.name == cell }?.code
        let isAnimated = code?.contains(#/\banimate\s*\(/#) == true
        form = source.map {
            LiveForm(controls: live.controls, source: $0, isAnimated: isAnimated, wording: wording)
        }
    }
}

extension FinishedLesson {
    /// Renders the outputs of a cell as the lesson's page has them; `nil` for a cell that shows none.
    package func renderOutputs(of name: String, wording: Wording) -> RenderedOutputs? {
        guard let cell = lesson.cells.first(where: { $0.name == name }), !cell.options.isHidden,
            !cell.options.isQuiet, let shown = record.cells.first(where: { $0.name == name })
        else { return nil }
        let outline = PageOutline.collect(lesson, record, wording: wording)
        var context = ProseContext()
        context.outline = outline
        context.references.add([self], [outline])
        context.page = lesson.path
        context.wording = wording
        var phrases = ProseRenderer(in: context)
        return cell.render(shown.outputs, data: [:], phrases: &phrases)
    }
}

extension Cell {
    /// Renders outputs of the cell, with their captions and numbers.
    ///
    /// - Parameters:
    ///   - outputs: The outputs.
    ///   - data: The addresses of the data behind figures and tables, by output.
    ///   - phrases: The renderer of the captions.
    fileprivate func render(
        _ outputs: [Output],
        data: [Int: String],
        phrases: inout ProseRenderer
    ) -> RenderedOutputs {
        let context = phrases.context
        let numbering = context.outline?.numbers[name] ?? []
        var frame = OutputFrame()
        frame.labels = Caption.all(of: self, outputs).enumerated().map { index, caption in
            var labels = OutputFrame.Labels()
            let number =
                numbering.indices.contains(index) ? context.wording.label(of: numbering[index]) : nil
            labels.number = number?.content
            labels.caption = caption.map { phrases.phrase($0) }
            labels.name = caption.map { context.plainText.words(of: $0.inlines) }
            labels.data = data[index]
            return labels
        }
        frame.alternative = options.alternative.map { context.plainText.words(of: $0.inlines) }
        frame.dataTitle = context.wording.showData
        frame.attributes = context.wording.attributes
        frame.isFailure = options.expectedFailure != nil
        return OutputRenderer.render(outputs, in: frame)
    }
}
