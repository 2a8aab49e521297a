/// A comparison of what a cell showed with what it showed before.
struct OutputComparison {
    private let cell: String
    private let allowed: Double
    private var differences: [Difference] = []

    private init(cell: String, allowed: Double) {
        self.cell = cell
        self.allowed = allowed
    }

    /// Returns the differences of a cell's outputs from older ones, in order.
    ///
    /// - Parameters:
    ///   - new: The outputs.
    ///   - old: The older outputs.
    ///   - cell: The cell's name.
    ///   - allowed: The relative tolerance for numbers.
    static func differences(
        of new: [Output],
        from old: [Output],
        cell: String,
        _ allowed: Double
    ) -> [Difference] {
        var comparison = OutputComparison(cell: cell, allowed: allowed)
        let count = max(old.count, new.count)
        for index in 0..<count {
            let part = count == 1 ? "" : "output \(index + 1)"
            if index >= new.count {
                comparison.add(part, old[index].kind, nil)
            } else if index >= old.count {
                comparison.add(part, nil, new[index].kind)
            } else {
                comparison.compare(old[index], new[index], at: part)
            }
        }
        return comparison.differences
    }

    private mutating func compare(_ old: Output, _ new: Output, at part: String) {
        switch (old, new) {
        case (.text(let a), .text(let b)), (.value(let a), .value(let b)): compare(a, b, at: part, allowed)
        case (.table(let a), .table(let b)): compare(a, b, at: part)
        case (.figure(let a), .figure(let b)): compare(a, b, at: part)
        case (let a, let b): add(part, a.kind, b.kind)
        }
    }

    private mutating func add(_ part: String, _ old: String?, _ new: String?, isOfWriting: Bool = false) {
        differences.append(Difference(cell: cell, part: part, old: old, new: new, isOfWriting: isOfWriting))
    }

    private mutating func compareOptional(_ old: String?, _ new: String?, at part: String) {
        if let old, let new {
            compare(old, new, at: part, 0)
        } else if old != nil || new != nil {
            add(part, old, new)
        }
    }

    /// Compares texts line by line; of each line, the first difference counts.
    private mutating func compare(_ old: String, _ new: String, at part: String, _ allowed: Double) {
        guard !old.hasBytes(of: new) else { return }
        let (before, now) = (old.linesOfBytes, new.linesOfBytes)
        // A print ends with a line ending, after which there is no line to count.
        let isSingle = [before, now].allSatisfy { $0.count == 1 || $0.count == 2 && $0[1].isEmpty }
        for index in 0..<max(before.count, now.count) {
            let line = isSingle ? part : OutputComparison.join(part, "line \(index + 1)")
            guard index < before.count, index < now.count else {
                add(line, before.dropFirst(index).first, now.dropFirst(index).first)
                continue
            }
            let found = LineComparison.difference(of: now[index], from: before[index], allowed: allowed)
            guard var found else { continue }
            (found.cell, found.part, found.allowed) = (cell, line, allowed)
            differences.append(found)
        }
    }

    private mutating func compare(_ old: Table, _ new: Table, at part: String) {
        guard old.columns.count == new.columns.count else {
            let columns = (old.columns.joined(separator: ", "), new.columns.joined(separator: ", "))
            return add(OutputComparison.join(part, "columns"), columns.0, columns.1)
        }
        for (column, (before, now)) in zip(old.columns, new.columns).enumerated() {
            compare(before, now, at: OutputComparison.join(part, "heading \(column + 1)"), 0)
        }
        if old.rows.count != new.rows.count {
            add(OutputComparison.join(part, "number of rows"), "\(old.rows.count)", "\(new.rows.count)")
        }
        for (row, (before, now)) in zip(old.rows, new.rows).enumerated() {
            for (column, (a, b)) in zip(before, now).enumerated() {
                let cell = "row \(row + 1), \(old.columns[column])"
                compare(a, b, at: OutputComparison.join(part, cell), allowed)
            }
        }
        compareOptional(old.caption, new.caption, at: OutputComparison.join(part, "caption"))
    }

    private mutating func compare(_ old: Figure, _ new: Figure, at part: String) {
        let count = differences.count
        func at(_ detail: String) -> String { OutputComparison.join(part, detail) }
        switch (old.data, new.data) {
        case (let a?, let b?): compare(a, b, at: at("data"))
        case (nil, nil): break
        case (let a, _): add(at("data"), a == nil ? nil : "a table", a == nil ? "a table" : nil)
        }
        // Other data make another drawing; that counts once.
        guard differences.count == count else { return }
        compare(old.title, new.title, at: at("title"), 0)
        compareOptional(old.caption, new.caption, at: at("caption"))
        // Where data may differ, so may rounded numbers in words, and positions in the drawing.
        let isMoved = allowed > 0 && old.data != new.data
        if !isMoved || old.summary.withoutNumbers != new.summary.withoutNumbers {
            compare(old.summary, new.summary, at: at("summary"), 0)
        }
        if !old.svg.hasBytes(of: new.svg), !isMoved || old.svg.withoutNumbers != new.svg.withoutNumbers {
            addDrawing(old.svg, new.svg, at: at("drawing"))
        }
    }

    /// Adds the first stretch in which two drawings differ, not all of them.
    private mutating func addDrawing(_ old: String, _ new: String, at part: String) {
        let start = zip(old.utf8, new.utf8).prefix { $0 == $1 }.count
        func stretch(_ text: String) -> String {
            "…" + String(decoding: text.utf8.dropFirst(max(0, start - 16)).prefix(48), as: UTF8.self) + "…"
        }
        add(part, stretch(old), stretch(new), isOfWriting: old == new)
    }

    private static func join(_ whole: String, _ part: String) -> String {
        whole.isEmpty ? part : "\(whole), \(part)"
    }
}

extension Output {
    /// The kind of output, in words.
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
