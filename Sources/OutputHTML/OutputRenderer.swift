package import Records

/// The HTML of a cell's outputs, in their order.
package struct RenderedOutputs: Sendable {
    /// The HTML; empty without outputs.
    package fileprivate(set) var html = HTMLBuffer()
    /// The offenses of its figures, at most one each.
    package fileprivate(set) var offenses: [CheckedDrawing.Offense] = []
}

/// The words of a page around the outputs of one of its cells.
package struct OutputFrame: Sendable {
    /// The words around one output.
    package struct Labels: Sendable {
        /// The number in the caption, such as `Figure 2`.
        package var number: HTMLBuffer?
        /// The caption.
        package var caption: HTMLBuffer?
        /// The accessible name of a table; `nil` for the titles of its columns.
        package var name: String?
        /// The address of the data as a file.
        package var data: String?

        /// Makes the labels of an output without any.
        package init() {}
    }

    /// The labels of the outputs, as far as they have any.
    package var labels: [Labels] = []
    /// The accessible name of the figures; `nil` for those of the drawings themselves.
    package var alternative: String?
    /// The label of the disclosure with the data behind a figure.
    package var dataTitle = "Data behind this figure"
    /// The attributes of an element that holds that label, for a page in another language.
    package var attributes: Markup = ""
    /// Whether the outputs are those of a cell that has to fail.
    package var isFailure = false

    /// Makes a frame without labels.
    package init() {}
}

/// Writes outputs as HTML.
package struct OutputRenderer {
    private let frame: OutputFrame
    private var rendered = RenderedOutputs()

    /// Returns the HTML of outputs.
    package static func render(_ outputs: [Output], in frame: OutputFrame = OutputFrame()) -> RenderedOutputs
    {
        guard !outputs.isEmpty else { return RenderedOutputs() }
        var renderer = OutputRenderer(frame: frame)
        renderer.rendered.html.markup(
            frame.isFailure ? "<div class=\"output failure\">\n" : "<div class=\"output\">\n"
        )
        for (index, output) in outputs.enumerated() {
            let labels = index < frame.labels.count ? frame.labels[index] : OutputFrame.Labels()
            switch output {
            case .text(let text): renderer.preformatted(text, style: "printed")
            case .value(let text): renderer.preformatted(text, style: "value")
            case .table(let table): renderer.table(table, labels)
            case .figure(let figure): renderer.figure(figure, labels)
            }
        }
        renderer.rendered.html.markup("</div>\n")
        return renderer.rendered
    }

    /// The elements of outputs, besides those of drawings.
    package static let elements: Set<String> = [
        "b", "caption", "details", "div", "figcaption", "figure", "p", "pre", "samp", "summary", "table",
        "tbody", "td", "th", "thead", "tr",
    ]

    /// The attributes of these elements, besides those of drawings.
    package static let attributes: Set<String> = ["class", "lang", "role", "scope", "tabindex"]

    private init(frame: OutputFrame) {
        self.frame = frame
    }

    private mutating func preformatted(_ text: String, style: String) {
        let bytes = Array(text.utf8)
        let endsInLine = bytes.last == UInt8(ascii: "\n") && bytes.dropLast().last != UInt8(ascii: "\r")
        let shown = endsInLine ? String(decoding: bytes.dropLast(), as: UTF8.self) : text
        rendered.html.markup("<pre class=\"\(style)\"")
        // The stylesheet gives tall outputs a box that scrolls, which keyboards must be able to reach.
        let isTall = shown.utf8.count { $0 == UInt8(ascii: "\n") } > 12
        rendered.html.markup(shown.hasLongLine || isTall ? " tabindex=\"0\">" : ">")
        rendered.html.markup("<samp>")
        rendered.html.text(shown)
        rendered.html.markup("</samp></pre>\n")
    }

    private mutating func table(_ table: Table, _ labels: OutputFrame.Labels) {
        rendered.html.markup("<figure class=\"tabular\">\n")
        caption(labels)
        let titles = table.columns.filter { !$0.isEmpty }.joined(separator: ", ")
        rendered.html.table(table, label: labels.name ?? titles)
        rendered.html.markup("</figure>\n")
    }

    private mutating func figure(_ figure: Figure, _ labels: OutputFrame.Labels) {
        rendered.html.markup("<figure class=\"drawing\">\n")
        if let alternative = frame.alternative {
            rendered.html.markup("<div role=\"img\" aria-label=\"\(alternative)\">")
        }
        switch CheckedDrawing.check(figure.svg) {
        case .success(let drawing): rendered.html.drawing(drawing)
        // Seen in previews alone: a site with it is not written.
        case .failure(let offense):
            rendered.offenses.append(offense)
            rendered.html.element("samp", "This figure holds \(offense.name), which no drawing may.")
        }
        if frame.alternative != nil { rendered.html.markup("</div>") }
        rendered.html.freshLine()
        caption(labels)
        rendered.html.markup("</figure>\n")
        guard let table = figure.data else { return }
        rendered.html.markup(
            "<details class=\"data\"><summary\(frame.attributes)>\(frame.dataTitle)</summary>\n"
        )
        rendered.html.table(table, label: figure.title, caption: table.caption)
        if let address = labels.data {
            rendered.html.markup("<p><a download href=\"")
            rendered.html.address(address)
            rendered.html.markup("\">CSV</a></p>\n")
        }
        rendered.html.markup("</details>\n")
    }

    private mutating func caption(_ labels: OutputFrame.Labels) {
        guard labels.number != nil || labels.caption != nil else { return }
        rendered.html.markup("<figcaption>")
        if let number = labels.number { rendered.html.markup("<b>\(number)</b>") }
        if labels.number != nil, labels.caption != nil { rendered.html.markup(" ") }
        if let caption = labels.caption { rendered.html.append(caption) }
        rendered.html.markup("</figcaption>\n")
    }
}

extension HTMLBuffer {
    /// Writes a table in a box of its own, which scrolls when the screen is narrow.
    ///
    /// - Parameters:
    ///   - table: The table.
    ///   - label: The accessible name of the box.
    ///   - caption: The caption above the columns.
    fileprivate mutating func table(_ table: Table, label: String, caption: String? = nil) {
        markup("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"\(label)\">\n<table>\n")
        if let caption { element("caption", caption) }
        let isNumeric = table.columns.indices.map { column in
            !table.rows.isEmpty && table.rows.allSatisfy { column < $0.count && $0[column].readsAsNumber }
        }
        markup("<thead><tr>")
        for (column, title) in table.columns.enumerated() {
            guard !title.isEmpty else {
                markup("<td></td>")  // a heading that says nothing heads nothing
                continue
            }
            markup(isNumeric[column] ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">")
            text(title)
            markup("</th>")
        }
        markup("</tr></thead>\n<tbody>\n")
        for row in table.rows {
            markup("<tr>")
            for (column, cell) in row.enumerated() {
                markup(column < isNumeric.count && isNumeric[column] ? "<td class=\"number\">" : "<td>")
                text(cell)
                markup("</td>")
            }
            markup("</tr>\n")
        }
        markup("</tbody>\n</table>\n</div>\n")
    }
}

extension String {
    /// Whether a line is so long that a narrow screen has to scroll it, for which keyboards need a focus.
    package var hasLongLine: Bool {
        var length = 0
        for byte in utf8 {
            length = byte == UInt8(ascii: "\n") ? 0 : length + 1
            if length > 36 { return true }
        }
        return false
    }

    /// Whether the text is a number or a stroke that stands for none, so that its column is set flush right.
    fileprivate var readsAsNumber: Bool {
        var bytes = Array(utf8)[...]
        if bytes.prefix(3).elementsEqual("−".utf8) {
            bytes = bytes.dropFirst(2)
            bytes[bytes.startIndex] = UInt8(ascii: "-")
        }
        return ["", "–", "—"].contains(self) || bytes.isNumber
    }
}

extension ArraySlice<UInt8> {
    /// Whether the bytes are a number in decimals, with a sign and an exponent if it has them, or a word for none.
    ///
    /// `Double(_:)` would know as well, but asks more of the system than a page has.
    fileprivate var isNumber: Bool {
        var rest = self
        rest.dropSign()
        if ["nan", "inf"].contains(where: { rest.elementsEqual($0.utf8) }) { return true }
        var digits = rest.dropDigits()
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            digits += rest.dropDigits()
        }
        guard digits > 0 else { return false }
        if let byte = rest.first, byte | 0x20 == UInt8(ascii: "e") {
            rest.removeFirst()
            rest.dropSign()
            guard rest.dropDigits() > 0 else { return false }
        }
        return rest.isEmpty
    }

    private mutating func dropSign() {
        if first == UInt8(ascii: "-") || first == UInt8(ascii: "+") { removeFirst() }
    }

    /// Drops the digits at the beginning, and returns their number.
    private mutating func dropDigits() -> Int {
        let count = prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
        removeFirst(count)
        return count
    }
}
