/// The names of the series with their colors and symbols, in rows above the plot.
package struct Legend: Sendable {
    private struct Entry: Sendable {
        var name: String
        var place: Point
        var swatches: [SVGElement]
    }

    private let entries: [Entry]
    /// The room for all rows.
    package let height: Double

    /// - Parameters:
    ///   - top: Where the first row starts.
    ///   - width: Where a row must end.
    package init(_ scene: ChartScene, top: Double, width: Double) {
        let palette = scene.palette
        let examples = Legend.examples(scene)
        let names = palette.names.count > 1 || palette.label?.isEmpty == false ? palette.names : []
        var items = names.map { name in (name: name, swatches: examples[name] ?? []) }
        if palette.symbolNames != names { items += Legend.symbols(scene) }
        var entries: [Entry] = []
        var place = Point(x: 2, y: top + Typography.line / 2)
        for item in items {
            let fitting = TextFitting.truncated(item.name, to: (width - 40) / Typography.roomy)
            let room = 26 + TextLabel.width(fitting) + 16
            if place.x > 2 && place.x + room - 16 > width {
                place = Point(x: 2, y: place.y + Typography.line + 2)
            }
            let swatches = item.swatches.map { $0.element(at: place, palette) }
            entries.append(Entry(name: fitting, place: place, swatches: swatches))
            place.x += room
        }
        self.entries = entries
        height = entries.isEmpty ? 0 : place.y - top + Typography.line / 2 + 4
    }

    /// The symbols that stand for something else than the colors do, in a color that stands for nothing.
    private static func symbols(_ scene: ChartScene) -> [(name: String, swatches: [Example])] {
        scene.palette.symbolNames.map { name in
            var mark = MarkChannels()
            mark.symbol = .value("", name)
            mark.style.color = .muted
            return (name, [Example(swatch: .symbol, mark: mark)])
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
                var path = SVGPath()
                path.move(to: Point(x: place.x, y: place.y))
                path.line(to: Point(x: place.x + 18, y: place.y))
                return SVGElement("path", [("d", path.text)] + LineMark.stroke(mark.style, color: color))
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

    private static func examples(_ scene: ChartScene) -> [String: [Example]] {
        var examples: [String: [Example]] = [:]
        for layer in scene.layers {
            var seen: Set<String> = []
            for mark in layer.marks {
                guard case .category(let name)? = mark.color?.datum, seen.insert(name).inserted else {
                    continue
                }
                examples[name, default: []].append(Example(swatch: layer.kind.swatch, mark: mark))
            }
        }
        return examples
    }

    /// The swatches and names.
    package var elements: [SVGElement] {
        entries.flatMap { entry in
            entry.swatches + [
                TextLabel(entry.name, at: Point(x: entry.place.x + 26, y: entry.place.y)).element
            ]
        }
    }
}
