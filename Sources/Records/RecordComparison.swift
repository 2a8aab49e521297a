/// How two records of a lesson differ: what was, and what is.
///
/// Texts are compared exactly but for the numbers in them, which are compared as numbers; charts by their data, then
/// by what they are drawn of.
public struct RecordComparison: Sendable, Hashable {
    /// How far a cell's numbers may be from what they were.
    public enum Tolerance: Sendable, Hashable {
        /// |a − b| ≤ tolerance · max(|a|, |b|); 0 asks for equal numbers.
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
        /// What was; `nil` for what is new.
        public var old: String?
        /// What is; `nil` for what is gone.
        public var new: String?
        /// For numbers, |a − b| ÷ max(|a|, |b|).
        public var relativeDifference: Double?
    }

    /// The differences, in the order of the lesson; none when the records say the same.
    public private(set) var differences: [Difference] = []

    /// Compares two records of a lesson.
    ///
    /// - Parameters:
    ///   - old: What was.
    ///   - new: What is.
    ///   - tolerance: How far the numbers of a cell, given by its name, may be from what they were.
    public init(
        of old: RunRecord,
        with new: RunRecord,
        tolerance: (String) -> Tolerance = { _ in .relative(0) }
    ) {
        let before = Dictionary(old.cells.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let now = Set(new.cells.map(\.name))
        for cell in old.cells where !now.contains(cell.name) {
            add(cell.name, "", "the cell", nil)
        }
        for cell in new.cells {
            guard let former = before[cell.name] else {
                add(cell.name, "", nil, "the cell")
                continue
            }
            if case .relative(let allowed) = tolerance(cell.name) {
                compare(former.outputs, cell.outputs, of: cell.name, allowed)
            }
        }
        let kept = old.cells.map(\.name).filter(now.contains)
        let order = new.cells.map(\.name).filter { before[$0] != nil }
        if differences.isEmpty, kept != order, let moved = zip(kept, order).first(where: { $0 != $1 }) {
            add(moved.1, "", "after \(moved.0)", "before it")
        }
        for index in 0..<max(old.expressions.count, new.expressions.count) {
            let former = old.expressions.indices.contains(index) ? old.expressions[index] : nil
            let value = new.expressions.indices.contains(index) ? new.expressions[index] : nil
            compareOptional(former, value, of: "expression \(index + 1)", at: "", 0)
        }
    }

    private mutating func add(
        _ cell: String,
        _ place: String,
        _ old: String?,
        _ new: String?,
        relative: Double? = nil
    ) {
        differences.append(
            Difference(cell: cell, place: place, old: old, new: new, relativeDifference: relative)
        )
    }

    private mutating func compare(_ old: [Output], _ new: [Output], of cell: String, _ allowed: Double) {
        for index in 0..<max(old.count, new.count) {
            let place = "output \(index + 1)"
            guard index < new.count else {
                add(cell, place, old[index].kind, nil)
                continue
            }
            guard index < old.count else {
                add(cell, place, nil, new[index].kind)
                continue
            }
            switch (old[index], new[index]) {
            case (.text(let a), .text(let b)), (.value(let a), .value(let b)):
                compare(a, b, of: cell, at: place, allowed)
            case (.table(let a), .table(let b)):
                compare(a, b, of: cell, at: place, allowed)
            case (.figure(let a), .figure(let b)):
                compare(a, b, of: cell, at: place, allowed)
            case (let a, let b):
                add(cell, place, a.kind, b.kind)
            }
        }
    }

    private mutating func compareOptional(
        _ old: String?,
        _ new: String?,
        of cell: String,
        at place: String,
        _ allowed: Double
    ) {
        if let old, let new {
            compare(old, new, of: cell, at: place, allowed)
        } else if old != new {
            add(cell, place, old, new)
        }
    }

    /// Compares texts line by line; of each line, the first thing that differs is told.
    private mutating func compare(
        _ old: String,
        _ new: String,
        of cell: String,
        at place: String,
        _ allowed: Double
    ) {
        guard old != new else { return }
        let before = old.split(separator: "\n", omittingEmptySubsequences: false)
        let now = new.split(separator: "\n", omittingEmptySubsequences: false)
        for index in 0..<max(before.count, now.count) {
            let line = before.count == 1 && now.count == 1 ? "" : "line \(index + 1)"
            let full = [place, line].filter { !$0.isEmpty }.joined(separator: ", ")
            guard index < before.count, index < now.count else {
                add(
                    cell,
                    full,
                    index < before.count ? String(before[index]) : nil,
                    index < now.count ? String(now[index]) : nil
                )
                continue
            }
            compareLine(before[index], now[index], of: cell, at: full, allowed)
        }
    }

    private mutating func compareLine(
        _ old: Substring,
        _ new: Substring,
        of cell: String,
        at place: String,
        _ allowed: Double
    ) {
        guard old != new else { return }
        let (before, now) = (NumberedText(old).parts, NumberedText(new).parts)
        guard before.count == now.count else { return add(cell, place, String(old), String(new)) }
        for (a, b) in zip(before, now) {
            switch (a, b) {
            case (.number(let written, let x), .number(let rewritten, let y)):
                let distance = RecordComparison.distance(x, y)
                if distance > allowed { return add(cell, place, written, rewritten, relative: distance) }
            case (.text(let x), .text(let y)):
                // Columns are aligned with blanks, of which a number with one digit more takes one.
                let isSame = x == y || allowed > 0 && x.withoutBlanks == y.withoutBlanks
                if !isSame { return add(cell, place, String(old), String(new)) }
            default:
                return add(cell, place, String(old), String(new))
            }
        }
    }

    /// |a − b| ÷ max(|a|, |b|): 0 for equal numbers, two of them that are no numbers included.
    private static func distance(_ a: Double, _ b: Double) -> Double {
        if a == b || a.isNaN && b.isNaN { return 0 }
        guard a.isFinite, b.isFinite else { return .infinity }
        return abs(a - b) / max(abs(a), abs(b))
    }

    private mutating func compare(
        _ old: Table,
        _ new: Table,
        of cell: String,
        at place: String,
        _ allowed: Double
    ) {
        guard old.columns == new.columns else {
            let columns = (old.columns.joined(separator: ", "), new.columns.joined(separator: ", "))
            return add(cell, "\(place), columns", columns.0, columns.1)
        }
        if old.rows.count != new.rows.count {
            add(cell, "\(place), rows", "\(old.rows.count)", "\(new.rows.count)")
        }
        for (row, (before, now)) in zip(old.rows, new.rows).enumerated() {
            for (column, (a, b)) in zip(before, now).enumerated() {
                compare(a, b, of: cell, at: "\(place), row \(row + 1), \(old.columns[column])", allowed)
            }
        }
        compareOptional(old.caption, new.caption, of: cell, at: "\(place), caption", 0)
    }

    private mutating func compare(
        _ old: Figure,
        _ new: Figure,
        of cell: String,
        at place: String,
        _ allowed: Double
    ) {
        let count = differences.count
        switch (old.data, new.data) {
        case (let a?, let b?): compare(a, b, of: cell, at: "\(place), data", allowed)
        case (nil, nil): break
        case (let a, _): add(cell, "\(place), data", a == nil ? nil : "a table", a == nil ? "a table" : nil)
        }
        // Other data make another drawing; that is told once.
        guard differences.count == count else { return }
        compare(old.title, new.title, of: cell, at: "\(place), title", 0)
        compare(old.summary, new.summary, of: cell, at: "\(place), summary", allowed)
        compareOptional(old.caption, new.caption, of: cell, at: "\(place), caption", 0)
        compareDrawing(old.svg, new.svg, of: cell, at: "\(place), drawing", allowed)
    }

    /// Where numbers may differ, places in the drawing may, too, by as much as the scales make of it; of such drawings
    /// only what they are made of is compared.
    private mutating func compareDrawing(
        _ old: String,
        _ new: String,
        of cell: String,
        at place: String,
        _ allowed: Double
    ) {
        guard allowed > 0 else { return compare(old, new, of: cell, at: place, 0) }
        compare(old, new, of: cell, at: place, .infinity)
    }
}

extension Output {
    /// What sort of output it is, in words.
    fileprivate var kind: String {
        switch self {
        case .text: "a text"
        case .value: "a value"
        case .table: "a table"
        case .figure: "a figure"
        }
    }
}

extension String {
    fileprivate var withoutBlanks: String { filter { $0 != " " } }
}
