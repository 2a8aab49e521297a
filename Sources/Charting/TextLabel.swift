/// A line of text at a place of a drawing.
package struct TextLabel: Sendable {
    /// The part of a text that stands at its place.
    package enum Anchor: String, Sendable {
        case start
        case middle
        case end
    }

    /// The direction of a text.
    package enum Slant: Sendable {
        case level
        /// A slanted text, up to its anchor from the lower left.
        case rising
        /// An upright text, straight up to its anchor.
        case upright

        /// The depth to which a text reaches below its anchor, as a share of its length.
        package var depth: Double {
            switch self {
            case .level: 0
            case .rising: 0.5.squareRoot()
            case .upright: 1
            }
        }

        /// The share of its length that a text reaches to the left of its anchor.
        package var reach: Double { self == .rising ? 0.5.squareRoot() : 0 }
    }

    package var text: String
    /// The index that stands lower and smaller behind the text.
    package var index = ""
    /// The place of the anchor, in the middle of the line's height.
    package var place: Point
    package var anchor: Anchor
    /// The direction of the text; `box` is that of a level one.
    package var slant = Slant.level
    /// The size as a factor of the drawing's.
    package var size: Double
    package var color: String
    package var isBold: Bool
    /// Whether a rim in the page's color sets the text off from what is behind it.
    package var hasHalo = false

    package init(
        _ text: String,
        at place: Point,
        anchor: Anchor = .start,
        size: Double = 1,
        color: String = ChartColor.text.css,
        isBold: Bool = false
    ) {
        self.text = text
        self.place = place
        self.anchor = anchor
        self.size = size
        self.color = color
        self.isBold = isBold
    }

    private static let indexSize = 0.75

    /// A symbol with an index, written `h_t`.
    package init(symbol: String, at place: Point, anchor: Anchor = .middle) {
        let parts = symbol.split(separator: "_", maxSplits: 1)
        self.init(parts.first.map { String($0) } ?? "", at: place, anchor: anchor)
        index = parts.count > 1 ? String(parts[1]) : ""
    }

    /// The greatest width of a text on any screen.
    package static func width(_ text: String, size: Double = 1, isBold: Bool = false) -> Double {
        TextMetrics.width(text, bold: isBold) * size * Typography.roomy
    }

    /// The place the text may need, on any screen.
    package var box: Box {
        let width =
            TextLabel.width(text, size: size, isBold: isBold)
            + TextLabel.width(index, size: size * TextLabel.indexSize, isBold: isBold)
        let height = Typography.roomy * size * 1.2
        let left =
            switch anchor {
            case .start: place.x
            case .middle: place.x - width / 2
            case .end: place.x - width
            }
        return Box(x: left, y: place.y - height / 2, width: width, height: height)
    }

    /// The text element.
    package var element: SVGElement {
        var attributes = [("x", SVGNumber.text(place.x)), ("y", SVGNumber.text(place.y)), ("dy", "0.35em")]
        if slant != .level {
            let turn = "rotate(\(slant == .upright ? -90 : -45) \(attributes[0].1) \(attributes[1].1))"
            attributes.append(("transform", turn))
        }
        if anchor != .start { attributes.append(("text-anchor", anchor.rawValue)) }
        if size != 1 { attributes.append(("font-size", SVGNumber.text(size) + "em")) }
        if isBold { attributes.append(("font-weight", "600")) }
        if color != ChartColor.text.css { attributes.append(("fill", color)) }
        if hasHalo {
            attributes += [
                ("stroke", ChartTheme.css(ChartTheme.surface)), ("stroke-width", "4"),
                ("stroke-linejoin", "round"),
                ("style", "paint-order: stroke"),
            ]
        }
        guard !index.isEmpty else { return SVGElement("text", attributes, text: text) }
        let lower = [("dy", "0.35em"), ("font-size", SVGNumber.text(TextLabel.indexSize) + "em")]
        return SVGElement(
            "text",
            attributes,
            [SVGElement("tspan", text: text), SVGElement("tspan", lower, text: index)]
        )
    }
}

/// The sizes of type, in the drawing's units.
///
/// On a wide screen type has the size `drawn`. On a phone the stylesheet makes it as large as `roomy`, since the
/// drawing shrinks: to 350 of its 480 units in a page 390 wide, where `roomy` is then 11.7 pixels high. So everything is
/// laid out for that.
package enum Typography {
    /// The size of type as drawn.
    package static let drawn = 12.0
    /// The size of type for which there is room.
    package static let roomy = 16.0
    /// The height of a line of text.
    package static let line = 20.0
    /// The size of a title, as a factor.
    package static let title = 1.2
    /// The size of small print, as a factor.
    package static let small = 0.95
}
