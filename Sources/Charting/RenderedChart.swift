/// A drawing, and the words and data that stand behind it.
public struct RenderedChart: Sendable, Hashable {
    /// A table of the values that a drawing shows.
    public struct Table: Sendable, Hashable {
        /// The headings, one a column.
        public var columns: [String]
        /// The rows; each has one text a column. Numbers are written in full.
        public var rows: [[String]]
        /// A note about the rows that the table leaves out, if any.
        public var note: String?
    }

    /// The drawing, as one `<svg>` element.
    public var svg: String
    /// The title, which the drawing holds too.
    public var title: String
    /// The description of the drawing in words made from the data.
    public var summary: String
    /// The values, unless the drawing shows none.
    public var data: Table?
}

/// Something that can be drawn: a chart, charts side by side, a diagram.
public protocol Drawing: Sendable {
    /// The drawing as SVG with the words and data behind it.
    ///
    /// - Parameter id: A name that is unique on the page; the drawing's ids start with it.
    func rendered(id: String) -> RenderedChart

    /// The charts that it is made of, which share their scales with those of the other frames of an animation; none by
    /// default.
    @_documentation(visibility: internal)
    var charts: [Chart] { get }

    /// Returns the same drawing made of other charts, one for each of its own.
    @_documentation(visibility: internal)
    func with(charts: [Chart]) -> Self
}

extension Drawing {
    /// No charts.
    @_documentation(visibility: internal)
    public var charts: [Chart] { [] }

    /// The drawing itself.
    @_documentation(visibility: internal)
    public func with(charts: [Chart]) -> Self { self }

    /// The drawing as SVG with the words and data behind it; its ids are made of its title.
    public func rendered() -> RenderedChart { rendered(id: "") }
}

extension RenderedChart {
    /// A drawing of a size with its title and its description, which screen readers read.
    package init(
        id: String,
        title: String,
        summary: String,
        data: Table?,
        width: Double = ChartLayout.width,
        height: Double,
        _ content: [SVGElement]
    ) {
        let name = RenderedChart.identifier(id.isEmpty ? title : id)
        let size = (SVGNumber.text(width), SVGNumber.text(height))
        let attributes = [
            ("xmlns", "http://www.w3.org/2000/svg"), ("class", "chart"), ("role", "img"),
            ("aria-labelledby", "\(name)-title \(name)-summary"), ("viewBox", "0 0 \(size.0) \(size.1)"),
            ("width", size.0), ("height", size.1), ("font-family", ChartTheme.font),
            ("font-size", SVGNumber.text(Typography.drawn)), ("fill", ChartTheme.css(ChartTheme.text)),
        ]
        let words = [
            SVGElement("title", [("id", "\(name)-title")], text: title),
            SVGElement("desc", [("id", "\(name)-summary")], text: summary),
        ]
        svg = SVGElement("svg", attributes, words + content).text
        self.title = title
        self.summary = summary
        self.data = data
    }

    /// `id` with what an id of XML must not hold spelled out.
    private static func identifier(_ id: String) -> String {
        var name = ""
        for scalar in id.unicodeScalars {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-": name.unicodeScalars.append(scalar)
            default: name += "_" + String(scalar.value, radix: 16) + "_"
            }
        }
        let first = name.unicodeScalars.first ?? "-"
        return first > "9" && first != "_" ? name : "chart-" + name
    }
}
