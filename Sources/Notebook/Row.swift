/// A row of a table, made of the values of its columns.
///
///     Row("loss", 0.26)
///     Row("weights") + layers.map { $0.parameterCount }
///
/// A row of texts alone is an array of them as well: `["epoch", "\(epoch)"]`.
public struct Row: Sendable, Hashable {
    /// The texts, one a column.
    package let texts: [String]

    private init(_ texts: [String]) {
        self.texts = texts
    }

    /// Returns a row with columns added at its end.
    public static func + (row: Row, values: [some Showable]) -> Row {
        Row(row.texts + values.map { $0.shown })
    }
}

// An initializer for each number of columns: Embedded Swift knows no parameter packs.
extension Row {
    /// Makes a row of 1 column.
    public init(_ a: some Showable) {
        self.init([a.shown])
    }

    /// Makes a row of 2 columns.
    public init(_ a: some Showable, _ b: some Showable) {
        self.init([a.shown, b.shown])
    }

    /// Makes a row of 3 columns.
    public init(_ a: some Showable, _ b: some Showable, _ c: some Showable) {
        self.init([a.shown, b.shown, c.shown])
    }

    /// Makes a row of 4 columns.
    public init(_ a: some Showable, _ b: some Showable, _ c: some Showable, _ d: some Showable) {
        self.init([a.shown, b.shown, c.shown, d.shown])
    }

    /// Makes a row of 5 columns.
    public init(
        _ a: some Showable,
        _ b: some Showable,
        _ c: some Showable,
        _ d: some Showable,
        _ e: some Showable
    ) {
        self.init([a.shown, b.shown, c.shown, d.shown, e.shown])
    }

    /// Makes a row of 6 columns; more are added with `+`.
    public init(
        _ a: some Showable,
        _ b: some Showable,
        _ c: some Showable,
        _ d: some Showable,
        _ e: some Showable,
        _ f: some Showable
    ) {
        self.init([a.shown, b.shown, c.shown, d.shown, e.shown, f.shown])
    }
}
