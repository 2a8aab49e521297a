/// How two records of a lesson differ: what was, and what is.
///
/// Texts are compared byte by byte, but for numbers that may be a little off, which are compared as numbers; charts by
/// their data, then by what they are drawn of.
public struct RecordComparison: Sendable, Hashable {
    /// How far a cell's numbers may be from what they were.
    public enum Tolerance: Sendable, Hashable {
        /// |a − b| ≤ tolerance · max(|a|, |b|); 0 asks for the same bytes.
        case relative(Double)
        /// The cell's output is never compared.
        case ignored
    }

    /// One thing that is not as it was.
    public struct Difference: Sendable, Hashable {
        /// The cell's name, or `expression N` for one in prose.
        public var cell: String
        /// Where in its outputs, such as `output 2, line 3`; empty for the cell as a whole.
        public var place: String
        /// What stands before a number on its line, such as `loss`; may be empty.
        public var label = ""
        /// What was; `nil` for what is new.
        public var old: String?
        /// What is; `nil` for what is gone.
        public var new: String?
        /// For numbers, (new − old) ÷ |old|, where that is a number.
        public var change: Double?
        /// How far a number might have been from what it was.
        public var allowed: Double = 0
        /// Whether both say the same, and are only written differently, as `0.50` and `0.5` are.
        public var isOfWriting = false
    }

    /// The differences, in the order of the lesson; none when the records say the same.
    public private(set) var differences: [Difference] = []

    /// Compares two records of a lesson.
    ///
    /// - Parameters:
    ///   - old: What was.
    ///   - new: What is.
    ///   - tolerance: How far the numbers of a cell, given by its name, may be from what they were; asked of
    ///     expressions in prose, too.
    public init(
        of old: RunRecord,
        with new: RunRecord,
        tolerance: (String) -> Tolerance = { _ in .relative(0) }
    ) {
        if old.lesson != new.lesson {
            add(Difference(cell: "", place: "lesson", old: old.lesson, new: new.lesson))
        }
        let before = Dictionary(grouping: old.cells, by: \.name)
        let now = Set(new.cells.map(\.name))
        for cell in old.cells where !now.contains(cell.name) {
            add(Difference(cell: cell.name, place: "", old: "the cell", new: nil))
        }
        for cell in new.cells {
            guard let former = before[cell.name] else {
                add(Difference(cell: cell.name, place: "", old: nil, new: "the cell"))
                continue
            }
            if former.count > 1 {
                add(Difference(cell: cell.name, place: "", old: "\(former.count) cells", new: "1 cell"))
            }
            if case .relative(let allowed) = tolerance(cell.name) {
                differences +=
                    OutputComparison(former[0].outputs, cell.outputs, of: cell.name, allowed)
                    .differences
                compareShapes(former[0].shapes, cell.shapes, of: cell.name)
            }
        }
        let kept = old.cells.map(\.name).filter(now.contains)
        let order = new.cells.map(\.name).filter { before[$0] != nil }
        if differences.isEmpty, kept != order, let moved = zip(kept, order).first(where: { $0 != $1 }) {
            add(Difference(cell: moved.1, place: "", old: "after \(moved.0)", new: "before it"))
        }
        for index in 0..<max(old.expressions.count, new.expressions.count) {
            compareExpressions(old.expressions, new.expressions, index, tolerance)
        }
    }

    /// Shapes are the same or they are not: no tolerance makes two of three.
    private mutating func compareShapes(_ old: [TensorShape], _ new: [TensorShape], of cell: String) {
        func text(_ shapes: [TensorShape]) -> String {
            shapes.map { "\($0.name) \($0.shape)" }.joined(separator: ", ")
        }
        guard !text(old).hasBytes(of: text(new)) else { return }
        let count = differences.count
        let before = Dictionary(old.map { ($0.name, $0.shape) }, uniquingKeysWith: { first, _ in first })
        let now = Dictionary(new.map { ($0.name, $0.shape) }, uniquingKeysWith: { first, _ in first })
        let names = old.map(\.name) + new.map(\.name).filter { before[$0] == nil }
        for name in names where before[name] != now[name] {
            add(Difference(cell: cell, place: "shape of \(name)", old: before[name], new: now[name]))
        }
        guard differences.count == count else { return }
        // In another order, or their names written differently.
        add(
            Difference(cell: cell, place: "shapes", old: text(old), new: text(new), isOfWriting: old == new)
        )
    }

    private mutating func compareExpressions(
        _ old: [String],
        _ new: [String],
        _ index: Int,
        _ tolerance: (String) -> Tolerance
    ) {
        let name = RecordComparison.expression(index)
        guard case .relative(let allowed) = tolerance(name) else { return }
        let former = old.indices.contains(index) ? [Output.value(old[index])] : []
        let value = new.indices.contains(index) ? [Output.value(new[index])] : []
        differences += OutputComparison(former, value, of: name, allowed).differences
    }

    /// What the expression in prose with this index is called among cells.
    public static func expression(_ index: Int) -> String { "expression \(index + 1)" }

    private mutating func add(_ difference: Difference) {
        differences.append(difference)
    }
}
