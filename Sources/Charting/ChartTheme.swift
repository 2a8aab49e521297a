/// A color of the theme, which has a value for light pages and one for dark ones.
public enum ChartColor: Sendable, Hashable {
    /// The color of the nth series, counted from 0; they repeat after the eighth.
    case series(Int)
    /// The color of text.
    case text
    /// The color of what stands back: axes' titles, rules.
    case muted
    /// The color of the page behind a chart.
    case surface

    /// Blue, the color of the first series.
    public static let blue = ChartColor.series(0)
    /// Orange, the color of the second series.
    public static let orange = ChartColor.series(1)
    /// Green, the color of the third series.
    public static let green = ChartColor.series(2)
    /// Magenta, the color of the fourth series.
    public static let magenta = ChartColor.series(3)

    /// The color as CSS: a variable, and its value for light pages where no stylesheet defines it.
    public var css: String {
        let (name, light, _) = ChartTheme.entry(self)
        return "var(--\(name), \(light))"
    }
}

/// The colors and the type of charts.
public enum ChartTheme {
    /// The style rules that charts expect of a page: the colors, light and dark, larger type on narrow screens, and
    /// values that show on hover and focus.
    ///
    /// A page that lets its reader choose sets `data-theme` to `light` or `dark` on its root element. On paper it is light
    /// whatever the reader chose for the screen.
    public static let css = """
        :root {
          color-scheme: light dark;
        \(declarations)}
        :root[data-theme="light"] { color-scheme: light; }
        :root[data-theme="dark"] { color-scheme: dark; }
        @media print { :root:root { color-scheme: light; } }
        .chart { display: block; width: 100%; max-width: 600px; height: auto; font-size: 12px; overflow: visible; }
        @media (max-width: 500px) { .chart { font-size: 16px; } }
        .chart .tip { visibility: hidden; pointer-events: none; }
        .chart .datum:hover > .tip, .chart .datum:focus > .tip { visibility: visible; }
        .chart .datum:focus { outline: none; }
        .chart .datum:hover > .target, .chart .datum:focus > .target { opacity: 1; }

        """

    package typealias Entry = (name: String, light: String, dark: String)

    package static let series: [Entry] = [
        ("series-1", "#384fa7", "#7298f7"),
        ("series-2", "#a6661f", "#ef7e3e"),
        ("series-3", "#15806c", "#42d19b"),
        ("series-4", "#8a236f", "#c478ac"),
        ("series-5", "#7a45e6", "#bab2f6"),
        ("series-6", "#6a5314", "#e3d149"),
        ("series-7", "#0d7a8c", "#4cc5d8"),
        ("series-8", "#b3333b", "#f58a8c"),
    ]
    package static let text: Entry = ("chart-text", "#1f2328", "#e6e8eb")
    package static let muted: Entry = ("chart-muted", "#59626d", "#a3abb5")
    package static let grid: Entry = ("chart-grid", "#e4e7eb", "#30363d")
    package static let axis: Entry = ("chart-axis", "#9aa3ad", "#6b747f")
    /// The fill of numbers above zero.
    package static let hot: Entry = ("heat-hot", "#0b498e", "#569ade")
    /// The fill of numbers below zero.
    package static let cold: Entry = ("heat-cold", "#803304", "#dd8037")
    /// Text on a weak fill.
    package static let ink: Entry = ("heat-ink", "#000000", "#ffffff")
    /// Text on a strong fill.
    package static let paper: Entry = ("heat-paper", "#ffffff", "#000000")
    package static let surface: Entry = ("chart-surface", "#ffffff", "#16191d")

    package static func entry(_ color: ChartColor) -> Entry {
        switch color {
        case .series(let index): series[(index % series.count + series.count) % series.count]
        case .text: text
        case .muted: muted
        case .surface: surface
        }
    }

    package static func css(_ entry: Entry) -> String { "var(--\(entry.name), \(entry.light))" }

    private static var declarations: String {
        (series + [text, muted, grid, axis, surface, hot, cold, ink, paper]).map {
            "  --\($0.name): light-dark(\($0.light), \($0.dark));\n"
        }
        .joined()
    }

    /// The typeface, unless the page sets `--chart-font`.
    package static let font =
        "var(--chart-font, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif)"
}
