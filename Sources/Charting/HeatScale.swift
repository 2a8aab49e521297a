/// The colors of numbers: the page's color for the least, the full color for the greatest.
///
/// Numbers on both sides of zero have two colors, which fade toward zero. A color fades by becoming see-through, so
/// it suits light and dark pages alike.
package struct HeatScale: Sendable {
    /// The label of the values that the colors stand for.
    package let label: String
    /// The least and the greatest number; with numbers on both sides of zero, equally far from it.
    package let domain: ClosedRange<Double>
    private let isDiverging: Bool
    /// Notes for the reader about numbers without a color.
    package let notes: [String]

    /// - Parameters:
    ///   - layers: The marks.
    ///   - extent: The least and the greatest number that the colors hold besides those of the marks.
    package init?(_ layers: [ChartContent.Layer], extent: ClosedRange<Double>? = nil) {
        var first: String?
        var numbers: [Double] = []
        for layer in layers {
            for mark in layer.marks {
                guard let color = mark.color, let number = color.datum.number else { continue }
                if first == nil { first = color.label }
                numbers.append(number)
            }
        }
        guard let first else { return nil }
        label = first
        let finite = numbers.filter { $0.isFinite }
        let missing = numbers.count - finite.count
        notes =
            missing == 0
            ? []
            : ["\(label): \(missing) \(missing == 1 ? "value is" : "values are") not finite, crossed out."]
        let held = finite + (extent.map { [$0.lowerBound, $0.upperBound] } ?? [])
        var low = held.min() ?? 0
        let high = held.max() ?? 1
        // Shares and weights start at nothing, though none of them is nothing.
        if low > 0 && low < high * 0.05 { low = 0 }
        isDiverging = low < 0 && high > 0
        let greatest = max(-low, high)
        domain = isDiverging ? -greatest...greatest : low...high
    }

    /// The attributes of an area that stands for a number.
    package func fill(_ number: Double) -> [(String, String)] {
        let color = isDiverging && number < 0 || domain.upperBound <= 0 ? ChartTheme.cold : ChartTheme.hot
        return [("fill", ChartTheme.css(color)), ("fill-opacity", SVGNumber.text(strength(number)))]
    }

    /// The color of text upon an area that stands for a number.
    package func ink(_ number: Double) -> String {
        ChartTheme.css(strength(number) < HeatScale.turn ? ChartTheme.ink : ChartTheme.paper)
    }

    /// The strength from which text must be light on light pages and dark on dark ones.
    package static let turn = 0.74

    /// The strength of a color from 0.04, barely there, to 1.
    private func strength(_ number: Double) -> Double {
        let (low, high) = (domain.lowerBound, domain.upperBound)
        let size = isDiverging ? high : high / 2 - low / 2
        let distance =
            isDiverging ? number.magnitude : high <= 0 ? high / 2 - number / 2 : number / 2 - low / 2
        let share = size > 0 ? min(max(distance / size, 0), 1) : 0.5
        return isDiverging ? share : 0.04 + 0.96 * share
    }
}
