/// Charts side by side, for comparing them.
///
///     ChartRow("Two learning rates") {
///         Chart("0.1") { … }
///         Chart("0.01") { … }
///     }
///
/// Two stand in a row; more go on below, and one that is left over has a row to itself.
public struct ChartRow: Drawing {
    private static let gap = 20.0

    private let title: String
    /// The charts, in their order.
    @_documentation(visibility: internal)
    public private(set) var charts: [Chart]

    /// Charts side by side under a title.
    public init(_ title: String = "", @ChartRowBuilder charts: () -> [Chart]) {
        self.title = title
        self.charts = charts()
    }

    /// The row of other charts.
    @_documentation(visibility: internal)
    public func with(charts: [Chart]) -> ChartRow {
        var copy = self
        copy.charts = charts
        return copy
    }

    /// Draws the charts.
    @export(interface)
    public func rendered(id: String) -> RenderedChart {
        let heading = Heading(title, width: ChartLayout.width)
        let half = ((ChartLayout.width - ChartRow.gap) / 2).rounded(.down)
        let scenes = charts.map { $0.scene }
        var elements = heading.elements
        var top = heading.height
        for row in stride(from: 0, to: scenes.count, by: 2) {
            let inRow = scenes[row..<min(row + 2, scenes.count)]
            let width = inRow.count == 1 ? ChartLayout.width : half
            let layouts = inRow.map { ChartLayout($0, width: width) }
            for (column, layout) in layouts.enumerated() {
                let x = SVGNumber.text(Double(column) * (width + ChartRow.gap))
                let place = "translate(\(x) \(SVGNumber.text(top)))"
                elements.append(SVGElement("g", [("transform", place)], layout.elements))
            }
            top += (layouts.map { $0.height }.max() ?? 0) + 12
        }
        let name = title.isEmpty ? scenes.map { $0.name }.joined(separator: " · ") : title
        let summaries = scenes.map { "\($0.name): \(Summary($0).text)" }
        let summary = charts.isEmpty ? "No charts." : summaries.joined(separator: " ")
        return RenderedChart(
            id: id,
            title: name,
            summary: summary,
            data: table(scenes),
            height: max(top - 12, 20),
            elements
        )
    }

    /// The tables of all charts with a column that names the chart.
    private func table(_ scenes: [ChartScene]) -> RenderedChart.Table? {
        var columns = ["Chart"]
        var rows: [[String]] = []
        for scene in scenes {
            guard let table = DataTable(scene).table else { continue }
            for column in table.columns where !columns.contains(column) { columns.append(column) }
            let places = table.columns.map { columns.firstIndex(of: $0)! }
            for row in table.rows {
                var wide = Array(repeating: "", count: columns.count)
                wide[0] = scene.name
                for (place, text) in zip(places, row) { wide[place] = text }
                rows.append(wide)
            }
        }
        for index in rows.indices {
            rows[index] += Array(repeating: "", count: columns.count - rows[index].count)
        }
        return rows.isEmpty ? nil : DataTable.limited(RenderedChart.Table(columns: columns, rows: rows))
    }
}

/// Collects the charts of a row from statements.
@resultBuilder
public enum ChartRowBuilder {
    /// A chart.
    public static func buildExpression(_ chart: Chart) -> [Chart] { [chart] }
    /// No charts.
    public static func buildBlock() -> [Chart] { [] }
    /// The first statement.
    public static func buildPartialBlock(first: [Chart]) -> [Chart] { first }
    /// The statements so far and one more.
    public static func buildPartialBlock(accumulated: [Chart], next: [Chart]) -> [Chart] {
        accumulated + next
    }
    /// The charts of a loop.
    public static func buildArray(_ charts: [[Chart]]) -> [Chart] { charts.flatMap { $0 } }
    /// The charts under a condition that may not hold.
    public static func buildOptional(_ charts: [Chart]?) -> [Chart] { charts ?? [] }
    /// The charts of the first branch.
    public static func buildEither(first charts: [Chart]) -> [Chart] { charts }
    /// The charts of the second branch.
    public static func buildEither(second charts: [Chart]) -> [Chart] { charts }
}
