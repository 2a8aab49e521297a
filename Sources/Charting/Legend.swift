/// The names of the series with their colors and symbols, in rows above the plot.
package struct Legend: Sendable {
    /// The swatches and names.
    package private(set) var elements: [SVGElement] = []
    /// The room for all rows.
    package let height: Double

    /// - Parameters:
    ///   - top: The upper end of the first row.
    ///   - width: The right end of the rows.
    package init(_ scene: ChartScene, top: Double, width: Double) {
        let palette = scene.palette
        let names = palette.names.count > 1 || palette.label?.isEmpty == false ? palette.names : []
        let colors = Legend.colors(names, scene)
        let symbols = palette.symbolNames == names ? [] : Legend.symbols(palette)
        var items = colors + symbols
        if !colors.isEmpty && !symbols.isEmpty {
            // Two things are told, so each is named.
            items = Legend.title(palette.label) + colors + Legend.title(palette.symbolLabel) + symbols
        }
        var place = Point(x: 2, y: top + Typography.line / 2)
        for item in items {
            let indent = item.isTitle ? 0.0 : 26
            let fitting = TextFitting.truncated(item.name, to: (width - 40) / Typography.roomy)
            let room = indent + TextLabel.width(fitting) + (item.isTitle ? 8 : 16)
            if place.x > 2 && place.x + room - 16 > width {
                place = Point(x: 2, y: place.y + Typography.line + 2)
            }
            var label = TextLabel(fitting, at: Point(x: place.x + indent, y: place.y))
            if item.isTitle { label.color = ChartColor.muted.css }
            elements += item.examples.map { $0.element(at: place, palette) } + [label.element]
            place.x += room
        }
        height = items.isEmpty ? 0 : place.y - top + Typography.line / 2 + 4
    }

    /// A name with what stands for it, or the title of the names that follow.
    private struct Item {
        var name: String
        var examples: [Example] = []
        var isTitle = false
    }

    private static func title(_ label: String?) -> [Item] {
        label.flatMap { $0.isEmpty ? nil : [Item(name: $0, isTitle: true)] } ?? []
    }

    /// The symbols that stand for something else than the colors do, in a color that stands for nothing.
    private static func symbols(_ palette: Palette) -> [Item] {
        palette.symbolNames.map { name in
            var mark = MarkChannels()
            mark.symbol = .value("", name)
            mark.style.color = .muted
            return Item(name: name, examples: [Example(swatch: .symbol, mark: mark)])
        }
    }

    /// A mark of each kind for each series.
    private struct Example {
        var swatch: Swatch
        var mark: MarkChannels

        func element(at place: Point, _ palette: Palette) -> SVGElement {
            let color = palette.color(mark)
            switch swatch {
            case .line:
                let path = SVGPath(through: [place, Point(x: place.x + 18, y: place.y)])
                return SVGElement("path", [("d", path.text)] + mark.style.stroke(color))
            case .symbol:
                let center = Point(x: place.x + 9, y: place.y)
                return palette.symbol(mark).element(at: center, radius: 4.25, attributes: [("fill", color)])
            case .square:
                let box = [("x", place.x + 3), ("y", place.y - 6), ("width", 12), ("height", 12)]
                var attributes = box.map { ($0, SVGNumber.text($1)) } + [("rx", "2"), ("fill", color)]
                if let opacity = mark.style.opacity {
                    attributes.append(("opacity", SVGNumber.text(opacity)))
                }
                return SVGElement("rect", attributes)
            }
        }
    }

    /// The names that colors stand for, with the marks of each.
    private static func colors(_ names: [String], _ scene: ChartScene) -> [Item] {
        var items = names.map { Item(name: $0) }
        var places = [String: Int]()
        for (place, name) in names.enumerated() { places[name] = place }
        for layer in scene.layers {
            var seen = Set<String>()
            for mark in layer.marks {
                guard case .category(let name)? = mark.color?.datum, let place = places[name],
                    seen.insert(name).inserted
                else { continue }
                items[place].examples.append(Example(swatch: layer.kind.swatch, mark: mark))
            }
        }
        return items
    }
}
