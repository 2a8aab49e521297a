/// How what a cell showed differs from what it showed before.
struct OutputComparison {
    /// The differences, in order.
    private(set) var differences: [RecordComparison.Difference] = []
    private let cell: String
    private let allowed: Double

    /// Compares the outputs of a cell.
    ///
    /// - Parameters:
    ///   - cell: The cell's name.
    ///   - allowed: How far a number may be from what it was, relative to the larger of the two.
    init(_ old: [Output], _ new: [Output], of cell: String, _ allowed: Double) {
        self.cell = cell
        self.allowed = allowed
        for index in 0..<max(old.count, new.count) {
            let place = max(old.count, new.count) == 1 ? "" : "output \(index + 1)"
            guard index < new.count else {
                add(place, old[index].kind, nil)
                continue
            }
            guard index < old.count else {
                add(place, nil, new[index].kind)
                continue
            }
            compare(old[index], new[index], at: place)
        }
    }

    private mutating func compare(_ old: Output, _ new: Output, at place: String) {
        switch (old, new) {
        case (.text(let a), .text(let b)), (.value(let a), .value(let b)): compare(a, b, at: place, allowed)
        case (.table(let a), .table(let b)): compare(a, b, at: place)
        case (.figure(let a), .figure(let b)): compare(a, b, at: place)
        case (let a, let b): add(place, a.kind, b.kind)
        }
    }

    private mutating func add(_ place: String, _ old: String?, _ new: String?, isOfWriting: Bool = false) {
        differences.append(
            RecordComparison.Difference(
                cell: cell,
                place: place,
                old: old,
                new: new,
                isOfWriting: isOfWriting
            )
        )
    }

    private mutating func compareOptional(_ old: String?, _ new: String?, at place: String) {
        if let old, let new {
            compare(old, new, at: place, 0)
        } else if old != nil || new != nil {
            add(place, old, new)
        }
    }

    /// Compares texts line by line; of each line, the first thing that differs is told.
    private mutating func compare(_ old: String, _ new: String, at place: String, _ allowed: Double) {
        guard !old.hasBytes(of: new) else { return }
        let (before, now) = (old.linesOfBytes, new.linesOfBytes)
        // A print ends with a line ending, after which there is no line to count.
        let isSingle = [before, now].allSatisfy { $0.count == 1 || $0.count == 2 && $0[1].isEmpty }
        for index in 0..<max(before.count, now.count) {
            let full = isSingle ? place : OutputComparison.join(place, "line \(index + 1)")
            guard index < before.count, index < now.count else {
                let (a, b) = (before.dropFirst(index).first, now.dropFirst(index).first)
                add(full, a, b)
                continue
            }
            guard let line = LineComparison(before[index], now[index], allowed: allowed) else { continue }
            differences.append(
                RecordComparison.Difference(
                    cell: cell,
                    place: full,
                    label: line.label,
                    old: line.old,
                    new: line.new,
                    change: line.change,
                    allowed: allowed,
                    isOfWriting: line.isOfWriting
                )
            )
        }
    }

    private mutating func compare(_ old: Table, _ new: Table, at place: String) {
        guard old.columns.count == new.columns.count else {
            let columns = (old.columns.joined(separator: ", "), new.columns.joined(separator: ", "))
            return add(OutputComparison.join(place, "columns"), columns.0, columns.1)
        }
        for (column, (before, now)) in zip(old.columns, new.columns).enumerated() {
            compare(before, now, at: OutputComparison.join(place, "heading \(column + 1)"), 0)
        }
        if old.rows.count != new.rows.count {
            add(OutputComparison.join(place, "number of rows"), "\(old.rows.count)", "\(new.rows.count)")
        }
        for (row, (before, now)) in zip(old.rows, new.rows).enumerated() {
            for (column, (a, b)) in zip(before, now).enumerated() {
                let cell = "row \(row + 1), \(old.columns[column])"
                compare(a, b, at: OutputComparison.join(place, cell), allowed)
            }
        }
        compareOptional(old.caption, new.caption, at: OutputComparison.join(place, "caption"))
    }

    private mutating func compare(_ old: Figure, _ new: Figure, at place: String) {
        let count = differences.count
        func at(_ part: String) -> String { OutputComparison.join(place, part) }
        switch (old.data, new.data) {
        case (let a?, let b?): compare(a, b, at: at("data"))
        case (nil, nil): break
        case (let a, _): add(at("data"), a == nil ? nil : "a table", a == nil ? "a table" : nil)
        }
        // Other data make another drawing; that is told once.
        guard differences.count == count else { return }
        compare(old.title, new.title, at: at("title"), 0)
        compareOptional(old.caption, new.caption, at: at("caption"))
        // Where data may differ, so may rounded numbers in words, and places in the drawing.
        let isMoved = allowed > 0 && old.data != new.data
        if !isMoved || old.summary.withoutNumbers != new.summary.withoutNumbers {
            compare(old.summary, new.summary, at: at("summary"), 0)
        }
        if !old.svg.hasBytes(of: new.svg), !isMoved || old.svg.withoutNumbers != new.svg.withoutNumbers {
            addDrawing(old.svg, new.svg, at: at("drawing"))
        }
    }

    /// Tells the first stretch in which two drawings differ, not all of them.
    private mutating func addDrawing(_ old: String, _ new: String, at place: String) {
        let start = zip(old.utf8, new.utf8).prefix { $0 == $1 }.count
        func stretch(_ text: String) -> String {
            "…" + String(decoding: text.utf8.dropFirst(max(0, start - 16)).prefix(48), as: UTF8.self) + "…"
        }
        add(place, stretch(old), stretch(new), isOfWriting: old == new)
    }

    private static func join(_ place: String, _ part: String) -> String {
        place.isEmpty ? part : "\(place), \(part)"
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
    /// The lines; what ends them is a byte, whatever mark Unicode joins to it.
    fileprivate var linesOfBytes: [String] {
        utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
            String(Substring($0))
        }
    }

    /// The text with each number, wherever it stands, as one sign.
    fileprivate var withoutNumbers: [UInt8] {
        var kept: [UInt8] = []
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"):
                if kept.last != UInt8(ascii: "#") { kept.append(UInt8(ascii: "#")) }
            default: kept.append(byte)
            }
        }
        return kept
    }
}
