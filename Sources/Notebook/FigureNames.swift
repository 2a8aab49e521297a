/// The names of the figures of a cell: `train`, then `train-2`, `train-3`.
struct FigureNames {
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
}
