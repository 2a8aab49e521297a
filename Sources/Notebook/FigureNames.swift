/// The names of the figures of a cell: `train`, then `train-2`, `train-3`.
struct FigureNames: Sendable {
    private let cell: String
    private var count = 0

    /// The names of a cell's figures.
    init(cell: String = "figure") {
        self.cell = cell
    }

    /// Returns the next name.
    mutating func next() -> String {
        count += 1
        return count == 1 ? cell : "\(cell)-\(count)"
    }

    /// Returns the one that has given more names.
    static func further(_ a: FigureNames, _ b: FigureNames) -> FigureNames { a.count > b.count ? a : b }
}
