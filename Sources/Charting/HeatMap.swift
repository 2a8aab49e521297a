/// A matrix as colors: rows from top to bottom, columns from left to right, values written in where they fit.
///
///     HeatMap("Hidden state over time", states, rows: "Unit", columns: "Step", values: "State")
///     HeatMap("Attention", weights, rows: "Query", named: target, columns: "Key", named: source, values: "Weight")
///
/// - Shape: values [rows][columns]; all rows have the same length.
public struct HeatMap: Drawing {
    private var chart: Chart

    /// A heat map of a matrix.
    ///
    /// - Parameters:
    ///   - title: The title.
    ///   - matrix: The values, row by row.
    ///   - rows: The name of one row, such as "Unit".
    ///   - rowNames: The names of the rows, such as tokens; the numbers from 0 when there are none.
    ///   - columns: The name of one column, such as "Step".
    ///   - columnNames: The names of the columns; the numbers from 0 when there are none.
    ///   - values: The name of the values, such as "State".
    public init(
        _ title: String = "",
        _ matrix: [[some BinaryFloatingPoint & Plottable & Sendable]],
        rows: String = "Row",
        named rowNames: [String] = [],
        columns: String = "Column",
        named columnNames: [String] = [],
        values: String = "Value",
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        let problem = HeatMap.problem(matrix.map { $0.count }, rowNames.count, columnNames.count)
        require(problem == nil, problem ?? "", file: file, line: line)
        let rowNames = HeatMap.distinct(rowNames)
        let columnNames = HeatMap.distinct(columnNames)
        let digits = HeatMap.digits(matrix.flatMap { $0.map { Double($0) } })
        chart = Chart(title, file: file, line: line) {
            for (row, line) in matrix.enumerated() {
                for (column, value) in line.enumerated() {
                    RectangleMark(
                        x: HeatMap.place(columns, column, columnNames),
                        y: HeatMap.place(rows, row, rowNames)
                    )
                    .foregroundStyle(by: .value(values, value))
                    .annotation(HeatMap.text(Double(value), digits))
                }
            }
        }
        .yScale(reversed: rowNames.isEmpty)
        .plotHeight(min(max(Double(matrix.count) * 30, 90), 420))
    }

    /// The chart of the heat map.
    @_documentation(visibility: internal)
    public var charts: [Chart] { [chart] }

    /// The heat map drawn by another chart.
    @_documentation(visibility: internal)
    public func with(charts: [Chart]) -> Self {
        var copy = self
        copy.chart = charts[0]
        return copy
    }

    /// Draws the heat map.
    public func rendered(id: String) -> RenderedChart { chart.rendered(id: id) }

    private static func place(_ label: String, _ index: Int, _ names: [String]) -> PlottableValue {
        names.isEmpty ? .value(label, index) : .value(label, names[index])
    }

    /// Names that repeat get invisible marks, so that each keeps its row or column.
    private static func distinct(_ names: [String]) -> [String] {
        var seen = Set<String>()
        return names.map { name in
            var name = name
            while !seen.insert(name).inserted { name += "\u{200B}" }
            return name
        }
    }

    /// The places that show the greatest value with two digits or three.
    private static func digits(_ values: [Double]) -> Int {
        let greatest = values.filter { $0.isFinite }.map { $0.magnitude }.max() ?? 1
        let exponent = PowersOfTen.exponent(max(greatest, 1e-300))
        return greatest == 0 ? 1 : exponent < 0 ? 1 - exponent : max(0, 2 - exponent)
    }

    private static func text(_ value: Double, _ digits: Int) -> String {
        guard value.isFinite, digits <= 4, value.magnitude < 1e6 else {
            return value.isFinite ? NumberText.significant(value, 2) : ""
        }
        let unit = PowersOfTen.power(digits)
        let scaled = (value * unit).rounded()
        return NumberText(digits: Int64(scaled), exponent: -digits).plain(decimals: digits)
    }

    /// A sentence about what is wrong with the sizes.
    package static func problem(_ counts: [Int], _ rowNames: Int, _ columnNames: Int) -> String? {
        if let first = counts.first, let odd = counts.firstIndex(where: { $0 != first }) {
            return
                "HeatMap: all rows must have the same length, but row 0 has \(first) values and row \(odd) has \(counts[odd])."
        }
        if rowNames > 0 && rowNames != counts.count {
            return
                "HeatMap: there are \(rowNames) row names for \(counts.count) rows; give one for each, or none."
        }
        if columnNames > 0 && columnNames != counts.first ?? 0 {
            return """
                HeatMap: there are \(columnNames) column names for \(counts.first ?? 0) columns; give one for each, or none.
                """
        }
        return nil
    }
}
