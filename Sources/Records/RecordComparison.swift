/// One thing in which two records of a lesson differ.
public struct Difference: Sendable, Equatable {
    /// The cell's name, or `expression N` for one in prose.
    public var cell: String
    /// The part of its outputs, such as `output 2, line 3`; empty for the cell as a whole.
    public var part: String
    /// The words before a number on its line, such as `loss`; may be empty.
    public var label = ""
    /// The old text; `nil` for what is new.
    public var old: String?
    /// The new text; `nil` for what is gone.
    public var new: String?
    /// For numbers, (new − old) ÷ |old|, where that is a number.
    public var change: Double?
    /// The relative tolerance by which numbers were compared.
    public var allowed: Double = 0
    /// Whether both texts say the same, and are only written differently, as `0.50` and `0.5` are.
    public var isOfWriting = false
}

/// A comparison of two records of a lesson.
///
/// Texts are compared byte by byte, but for numbers that may be a little off, which are compared as numbers; charts by
/// their data, then by their drawings.
extension RunRecord {
    /// The tolerance for the numbers of a cell.
    public enum Tolerance: Sendable, Equatable {
        /// |a − b| ≤ tolerance · max(|a|, |b|); 0 asks for the same bytes.
        case relative(Double)
        /// The cell's output is never compared.
        case ignored
    }

    /// Returns the differences of this record from an older one, in the order of the lesson; none when both say the
    /// same.
    ///
    /// - Parameters:
    ///   - old: The older record.
    ///   - tolerance: The tolerance for the numbers of a cell, given by its name; asked of expressions in prose, too.
    public func differences(
        from old: RunRecord,
        tolerance: (String) -> Tolerance = { _ in .relative(0) }
    ) -> [Difference] {
        var differences: [Difference] = []
        if old.lesson != lesson {
            differences.append(Difference(cell: "", part: "lesson", old: old.lesson, new: lesson))
        }
        let names = Set(cells.map { $0.name })
        for cell in old.cells where !names.contains(cell.name) {
            differences.append(Difference(cell: cell.name, part: "", old: "the cell", new: nil))
        }
        for cell in cells {
            let former = old.cells.filter { $0.name == cell.name }
            guard let first = former.first else {
                differences.append(Difference(cell: cell.name, part: "", old: nil, new: "the cell"))
                continue
            }
            if former.count > 1 {
                let count = "\(former.count) cells"
                differences.append(Difference(cell: cell.name, part: "", old: count, new: "1 cell"))
            }
            guard case .relative(let allowed) = tolerance(cell.name) else { continue }
            differences += OutputComparison.differences(
                of: cell.outputs,
                from: first.outputs,
                cell: cell.name,
                allowed
            )
            differences += cell.shapeDifferences(from: first)
            differences += cell.liveDifferences(from: first)
            differences += cell.runsDifferences(from: first, allowed)
        }
        if differences.isEmpty, let move = move(from: old) { differences.append(move) }
        return differences + expressionDifferences(from: old, tolerance: tolerance)
    }

    /// The name of the expression in prose with this index, which stands where a cell's would.
    public static func name(ofExpression index: Int) -> String { "expression \(index + 1)" }

    /// The first cell that stands at another position among those that both records have.
    private func move(from old: RunRecord) -> Difference? {
        let (before, now) = (old.cells.map { $0.name }, cells.map { $0.name })
        let common = zip(before.filter(now.contains), now.filter(before.contains))
        return common.first { $0 != $1 }.map { former, current in
            Difference(cell: current, part: "", old: "after \(former)", new: "before it")
        }
    }

    private func expressionDifferences(
        from old: RunRecord,
        tolerance: (String) -> Tolerance
    ) -> [Difference] {
        (0..<max(old.expressions.count, expressions.count)).flatMap { index -> [Difference] in
            let name = RunRecord.name(ofExpression: index)
            guard case .relative(let allowed) = tolerance(name) else { return [] }
            let former = old.expressions.dropFirst(index).prefix(1).map { Output.value($0) }
            let value = expressions.dropFirst(index).prefix(1).map { Output.value($0) }
            return OutputComparison.differences(of: value, from: former, cell: name, allowed)
        }
    }
}

extension CellRecord {
    /// Shapes are the same or they are not: no tolerance makes two of three.
    fileprivate func shapeDifferences(from old: CellRecord) -> [Difference] {
        let (before, now) = (old.shapeList, shapeList)
        guard !before.hasBytes(of: now) else { return [] }
        let added = shapes.filter { old.shape(of: $0.name) == nil }
        let differences = (old.shapes + added).compactMap { shape -> Difference? in
            let (former, current) = (old.shape(of: shape.name), self.shape(of: shape.name))
            guard former != current else { return nil }
            return Difference(cell: name, part: "shape of \(shape.name)", old: former, new: current)
        }
        guard differences.isEmpty else { return differences }
        // In another order, or their names written differently.
        let isSame = old.shapes == shapes
        return [Difference(cell: name, part: "shapes", old: before, new: now, isOfWriting: isSame)]
    }

    private var shapeList: String { shapes.map { "\($0.name) \($0.shape)" }.joined(separator: ", ") }

    private func shape(of name: String) -> String? { shapes.first { $0.name == name }?.shape }
}
