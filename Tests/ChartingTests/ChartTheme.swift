import Charting
import Testing

@Suite struct ChartThemeTests {
    /// Text needs 4.5 : 1, and names of lines are written in their series's color.
    @Test(arguments: [false, true])
    func `Colors have the contrast that text needs`(isDark: Bool) {
        let surface = Hue(hex: isDark ? ChartTheme.surface.dark : ChartTheme.surface.light)
        for entry in ChartTheme.series + [ChartTheme.text, ChartTheme.muted] {
            let contrast = Hue(hex: isDark ? entry.dark : entry.light).contrast(to: surface)
            #expect(contrast >= 4.5, "\(entry.name) \(contrast)")
        }
    }

    @Test(arguments: [false, true])
    func `Text upon a heat map's cells can be read at every strength`(isDark: Bool) {
        let surface = Hue(hex: isDark ? ChartTheme.surface.dark : ChartTheme.surface.light)
        let texts = [ChartTheme.ink, ChartTheme.paper].map { Hue(hex: isDark ? $0.dark : $0.light) }
        for entry in [ChartTheme.hot, ChartTheme.cold] {
            let full = Hue(hex: isDark ? entry.dark : entry.light)
            for percent in 0...100 {
                let strength = Double(percent) / 100
                let text = strength < HeatScale.turn ? texts[0] : texts[1]
                let contrast = text.contrast(to: surface.mixed(with: full, strength))
                #expect(contrast >= 4.4, "\(entry.name) at \(strength): \(contrast)")
            }
        }
    }

    /// The first six series differ for everyone; beyond that, shapes and names at the lines tell them apart.
    @Test(arguments: [false, true], Vision.allCases)
    func `Series can be told apart`(isDark: Bool, vision: Vision) {
        let colors = ChartTheme.series.prefix(6).map { entry in
            vision.sees(Hue(hex: isDark ? entry.dark : entry.light))
        }
        for first in colors.indices {
            for second in colors.indices where second > first {
                let difference = colors[first].difference(from: colors[second])
                #expect(
                    difference >= 9,
                    "\(vision) \(isDark ? "dark" : "light"): \(first + 1) and \(second + 1), \(difference)"
                )
            }
        }
    }

    @Test func `The stylesheet defines every color, light and dark`() {
        for entry in ChartTheme.series + [ChartTheme.text, ChartTheme.surface, ChartTheme.hot] {
            #expect(ChartTheme.css.contains("--\(entry.name): light-dark(\(entry.light), \(entry.dark));"))
        }
    }
}

/// Ways to see colors.
enum Vision: CaseIterable {
    case full, protan, deutan, tritan

    /// The color as it is seen: Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color
    /// vision deficiency", 2009, at full severity.
    func sees(_ hue: Hue) -> Hue {
        let rows: [[Double]] =
            switch self {
            case .full: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
            case .protan:
                [
                    [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                    [-0.003882, -0.048116, 1.051998],
                ]
            case .deutan:
                [
                    [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                    [-0.011820, 0.042940, 0.968881],
                ]
            case .tritan:
                [
                    [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                    [0.004733, 0.691367, 0.303900],
                ]
            }
        let linear = hue.linear
        return Hue(
            linear: rows.map { row in min(1, max(0, zip(row, linear).reduce(0) { $0 + $1.0 * $1.1 })) }
        )
    }
}
