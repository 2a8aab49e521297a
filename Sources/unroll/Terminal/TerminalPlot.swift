internal import Foundation
internal import Records

/// The data of a chart as dots in a terminal: each character is two dots wide and four high.
struct TerminalPlot {
    /// The plot, with its scales, line by line.
    let lines: [String]

    private static let (width, height) = (60, 10)

    /// A curve or a set of points.
    private struct Series {
        var points: [(x: Double, y: Double)] = []

        /// Whether it reads as a curve: from left to right.
        var isCurve: Bool {
            points.count > 2 && zip(points, points.dropFirst()).allSatisfy { $0.x <= $1.x }
        }
    }

    /// Plots a table whose first column of numbers is the horizontal one; `nil` if it has no numbers to plot.
    init?(_ table: Table) {
        let numeric = table.columns.indices.filter { column in
            let texts = table.rows.map { $0[column] }.filter { !$0.isEmpty }
            return !texts.isEmpty && texts.allSatisfy { Double($0) != nil }
        }
        guard let last = numeric.last else { return nil }
        let across = numeric.count > 1 ? numeric[0] : nil
        let series = TerminalPlot.series(of: table, across: across, up: numeric.filter { $0 != across })
        let points = series.flatMap(\.points)
        guard let x = TerminalPlot.extent(points.map(\.x)), let y = TerminalPlot.extent(points.map(\.y))
        else {
            return nil
        }
        var canvas = DotCanvas(width: TerminalPlot.width, height: TerminalPlot.height)
        for series in series {
            let dots = series.points.map { canvas.dot(at: ($0.x - x.low) / x.size, ($0.y - y.low) / y.size) }
            for (index, dot) in dots.enumerated() {
                canvas.draw(from: series.isCurve && index > 0 ? dots[index - 1] : dot, to: dot)
            }
        }
        let up = numeric.count > 2 ? "" : table.columns[last]
        lines = TerminalPlot.frame(canvas, x, y, across: across.map { table.columns[$0] } ?? "", up: up)
    }

    private static func series(of table: Table, across: Int?, up: [Int]) -> [Series] {
        let numeric = Set(up + (across.map { [$0] } ?? []))
        var order: [[String]] = []
        var series: [[String]: Series] = [:]
        for (number, row) in table.rows.enumerated() {
            for column in up {
                guard let y = Double(row[column]), y.isFinite,
                    let x = across.map({ Double(row[$0]) }) ?? Double(number), x.isFinite
                else { continue }
                let key = row.indices.filter { !numeric.contains($0) }.map { row[$0] } + ["\(column)"]
                // Where rows are named, and not numbered, each name is a place of its own.
                let name = across == nil ? ["\(column)"] : key
                if series[name] == nil { order.append(name) }
                series[name, default: Series()].points.append((x, y))
            }
        }
        return order.compactMap { series[$0] }
    }

    private static func extent(_ values: [Double]) -> (low: Double, high: Double, size: Double)? {
        guard let low = values.min(), let high = values.max() else { return nil }
        return (low, high, high > low ? high - low : 1)
    }

    private static func frame(
        _ canvas: DotCanvas,
        _ x: (low: Double, high: Double, size: Double),
        _ y: (low: Double, high: Double, size: Double),
        across: String,
        up: String
    ) -> [String] {
        let (top, bottom) = (String(format: "%.3g", y.high), String(format: "%.3g", y.low))
        let margin = max(top.count, bottom.count)
        func padded(_ text: String) -> String { String(repeating: " ", count: margin - text.count) + text }
        var lines = canvas.lines.enumerated().map { row, dots in
            let label = row == 0 ? top : row == height - 1 ? bottom : ""
            return "\(padded(label)) \(label.isEmpty ? "│" : "┤")\(dots)"
        }
        let (left, right) = (String(format: "%.3g", x.low), String(format: "%.3g", x.high))
        let gap = max(1, width - left.count - right.count)
        lines.append("\(padded(""))  \(left)\(String(repeating: " ", count: gap))\(right)  \(across)")
        return up.isEmpty ? lines : ["\(padded(""))  \(up)"] + lines
    }
}

/// Dots, eight to a character of Braille.
private struct DotCanvas {
    private let width: Int
    private let height: Int
    private var cells: [UInt32]

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        cells = Array(repeating: 0, count: width * height)
    }

    /// The dot at a place, from (0, 0) at the lower left to (1, 1) at the upper right.
    func dot(at x: Double, _ y: Double) -> (column: Int, row: Int) {
        (
            Int((x * Double(2 * width - 1)).rounded()),
            4 * height - 1 - Int((y * Double(4 * height - 1)).rounded())
        )
    }

    mutating func draw(from start: (column: Int, row: Int), to end: (column: Int, row: Int)) {
        let (across, down) = (end.column - start.column, end.row - start.row)
        let steps = max(abs(across), abs(down), 1)
        for step in 0...steps {
            set(start.column + across * step / steps, start.row + down * step / steps)
        }
    }

    private mutating func set(_ column: Int, _ row: Int) {
        // Unicode numbers the dots 1, 2, 3, 7 on the left and 4, 5, 6, 8 on the right.
        let bits: [UInt32] = column % 2 == 0 ? [0x01, 0x02, 0x04, 0x40] : [0x08, 0x10, 0x20, 0x80]
        cells[row / 4 * width + column / 2] |= bits[row % 4]
    }

    var lines: [String] {
        (0..<height).map { row in
            var line = ""
            for cell in cells[(row * width)..<((row + 1) * width)] {
                line.unicodeScalars.append(Unicode.Scalar(0x2800 + cell)!)
            }
            while line.last == "\u{2800}" { line.removeLast() }
            return line
        }
    }
}
