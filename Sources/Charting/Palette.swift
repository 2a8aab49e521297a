/// The colors and symbols of a chart's series, and what they stand for.
package struct Palette: Sendable {
    /// The label of the values that the colors stand for, such as "Kind".
    package private(set) var label: String?
    /// The categories that have a color of their own, in the order in which they first appear.
    package private(set) var names: [String] = []
    /// The label of the values that the symbols stand for.
    package private(set) var symbolLabel: String?
    /// The categories that have a symbol of their own.
    package private(set) var symbolNames: [String] = []
    /// The colors of numbers.
    package let heat: HeatScale?
    private var places = [String: Int]()
    private var symbolPlaces = [String: Int]()

    /// - Parameters:
    ///   - layers: The marks.
    ///   - shared: The scales whose categories and numbers have their colors here, too.
    package init(_ layers: [ChartContent.Layer], _ shared: SharedScales? = nil) {
        heat = HeatScale(layers, extent: shared?.heat)
        for name in shared?.names ?? [] { add(name) }
        for name in shared?.symbolNames ?? [] { add(symbol: name) }
        for layer in layers {
            for mark in layer.marks {
                if let color = mark.color, case .category(let name) = color.datum {
                    if label == nil { label = color.label }
                    add(name)
                }
                if symbolLabel == nil { symbolLabel = mark.symbol?.label }
                if let symbol = mark.symbol { add(symbol: symbol.datum.exactText) }
            }
        }
    }

    private mutating func add(_ name: String) {
        guard places[name] == nil else { return }
        places[name] = names.count
        names.append(name)
    }

    private mutating func add(symbol name: String) {
        guard symbolPlaces[name] == nil else { return }
        symbolPlaces[name] = symbolNames.count
        symbolNames.append(name)
    }

    /// The color of a mark as CSS.
    package func color(_ mark: MarkChannels) -> String {
        if let color = mark.style.color { return color.css }
        if case .category(let name)? = mark.color?.datum { return color(of: name) }
        return ChartColor.series(0).css
    }

    /// The color of a category as CSS.
    package func color(of name: String) -> String {
        ChartColor.series(places[name] ?? 0).css
    }

    /// The symbol of a mark: that of its symbol's category, or else of its color's.
    package func symbol(_ mark: MarkChannels) -> PointSymbol {
        if let symbol = mark.symbol {
            return PointSymbol.all[(symbolPlaces[symbol.datum.exactText] ?? 0) % PointSymbol.all.count]
        }
        guard case .category(let name)? = mark.color?.datum else { return .circle }
        return PointSymbol.all[(places[name] ?? 0) % PointSymbol.all.count]
    }
}
