/// An output of a cell.
public enum Output: Sendable, Hashable {
    /// Text that `print` wrote.
    case text(String)
    /// A value, as its description.
    case value(String)
    /// A table.
    case table(Table)
    /// A chart or a diagram.
    case figure(Figure)
}

/// A table of texts with a row of headings.
public struct Table: Sendable, Hashable {
    /// The headings, one a column.
    public var columns: [String]
    /// The rows; each has one cell a column.
    public var rows: [[String]]
    /// The caption, if the author gave one.
    public var caption: String?

    /// Makes a table.
    public init(columns: [String], rows: [[String]], caption: String? = nil) {
        self.columns = columns
        self.rows = rows
        self.caption = caption
    }
}

/// A drawing with the words and the data that stand behind it.
public struct Figure: Sendable, Hashable {
    /// The drawing, as one `<svg>` element.
    public var svg: String
    /// The title, which the drawing holds, too.
    public var title: String
    /// A summary of the drawing in words, made from the data.
    public var summary: String
    /// The data behind the drawing, for those who cannot see it and for comparisons.
    public var data: Table?
    /// The caption, if the author gave one.
    public var caption: String?

    /// Makes a figure.
    public init(svg: String, title: String, summary: String, data: Table? = nil, caption: String? = nil) {
        self.svg = svg
        self.title = title
        self.summary = summary
        self.data = data
        self.caption = caption
    }
}
