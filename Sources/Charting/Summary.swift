/// The description of a chart in words made from its data.
package struct Summary: Sendable {
    /// The words: "Loss against epoch, 200 points, falls from 0.261 to 1.3e-06."
    package let text: String

    package init(_ scene: ChartScene) {
        let subject = Summary.subject(scene)
        guard !scene.isEmpty else {
            text = (["\(subject), no data."] + scene.notes).joined(separator: " ")
            return
        }
        let parts = Summary.series(scene) + Summary.cells(scene)
        var sentences: [String] = []
        if parts.count == 1 {
            sentences = ["\(subject), \(parts[0].phrase)."]
        } else if parts.count > 1 {
            let places = scene.isFaceted ? " in \(scene.facets.count) plots" : ""
            sentences = ["\(subject), \(parts.count) series\(places)."]
            sentences += parts.prefix(8).map { "\($0.name): \($0.phrase)." }
            if parts.count > 8 { sentences.append("And \(parts.count - 8) more.") }
        } else {
            sentences = [subject + "."]
        }
        text = (sentences + scene.layers.flatMap { $0.kind.sentences($0.marks) } + scene.notes).joined(
            separator: " "
        )
    }

    /// The titles of the axes as a subject: "Loss against epoch", "Count by letter".
    private static func subject(_ scene: ChartScene) -> String {
        var titles = [scene.y, scene.x].map { axis in
            (title: TextFitting.truncated(axis.title ?? "", to: 30), kind: axis.kind)
        }
        if let heat = scene.palette.heat, scene.layers.contains(where: { $0.kind.form == .cells }) {
            let axes = titles.reversed().map { $0.title }.filter { !$0.isEmpty }.map(lowercased)
            return [heat.label, axes.joined(separator: " and ")].filter { !$0.isEmpty }.joined(
                separator: " by "
            )
        }
        if case .category = titles[0].kind, scene.layers.contains(where: { $0.kind.form == .bars }) {
            titles.swapAt(0, 1)
        }
        let named = titles.filter { !$0.title.isEmpty }
        guard named.count == 2 else { return named.first?.title ?? "A chart" }
        if case .category = named[1].kind { return "\(named[0].title) by \(lowercased(named[1].title))" }
        return "\(named[0].title) against \(lowercased(named[1].title))"
    }

    /// A series by name and what is said of it.
    private typealias Part = (name: String, phrase: String)

    private static func series(_ scene: ChartScene) -> [Part] {
        var names: [String] = []
        var kinds: [MarkKind] = []
        var series: [[MarkChannels]] = []
        var places = [String: Int]()
        var seen = Set<[PlottableValue?]>()
        let layers = scene.layers.filter { $0.kind.isSeries }
        if layers.count == 1, layers[0].marks.allSatisfy({ $0.isPlain }) {
            return [("", phrase(layers[0].marks, layers[0].kind))]
        }
        for layer in layers {
            for mark in layer.marks where mark.xEnd == nil && mark.yEnd == nil {
                let values = [mark.facet, mark.x, mark.y, mark.color, mark.position, mark.series]
                // A line and the points upon it are one series.
                if layers.count > 1 && !seen.insert(values).inserted { continue }
                let color = mark.color.flatMap { $0.datum.number == nil ? $0.datum.shortText : nil }
                let words = [mark.facet?.datum.shortText, color, mark.series?.datum.shortText]
                    .compactMap { $0 }
                let name = words.joined(separator: ", ")
                if let place = places[name] {
                    series[place].append(mark)
                } else {
                    places[name] = names.count
                    names.append(name)
                    kinds.append(layer.kind)
                    series.append([mark])
                }
            }
        }
        return names.indices.map { (names[$0], phrase(series[$0], kinds[$0])) }
    }

    /// The number of some marks and their course.
    private static func phrase(_ marks: [MarkChannels], _ kind: MarkKind) -> String {
        let count = count(marks.count, kind.noun)
        let isLying = marks.allSatisfy { $0.y?.datum.number == nil }
        let values = marks.compactMap { mark -> (value: Double, place: String?)? in
            let (value, place) = isLying ? (mark.x, mark.y) : (mark.y, mark.x)
            guard let number = value?.datum.number, number.isFinite else { return nil }
            return (number, place?.datum.number == nil ? place?.datum.shortText : nil)
        }
        guard let first = values.first, let last = values.last,
            let low = values.min(by: { $0.value < $1.value }),
            let high = values.max(by: { $0.value < $1.value })
        else { return count }
        let digits = NumberText.digitsToTell(low.value, from: high.value)
        let text = { NumberText.significant($0, digits) }
        if low.value == high.value {
            return "\(count)\(marks.count == 1 ? "" : ", constant") at \(text(low.value))"
        }
        if let least = low.place, let greatest = high.place {
            return "\(count), from \(text(low.value)) (\(least)) to \(text(high.value)) (\(greatest))"
        }
        let xs = marks.compactMap { $0.x?.datum.number }
        guard kind.form != .scattered || zip(xs, xs.dropFirst()).allSatisfy({ $0 <= $1 }) else {
            return "\(count) between \(text(low.value)) and \(text(high.value))"
        }
        let ends = "from \(text(first.value)) to \(text(last.value))"
        if first.value == high.value && last.value == low.value { return "\(count), falls \(ends)" }
        if first.value == low.value && last.value == high.value { return "\(count), rises \(ends)" }
        return "\(count), \(ends), between \(text(low.value)) and \(text(high.value))"
    }

    /// The cells of a heat map.
    private static func cells(_ scene: ChartScene) -> [Part] {
        let numbers = scene.layers.filter { $0.kind.form == .cells }.flatMap { $0.marks }
            .compactMap { $0.color?.datum.number }
        guard let low = numbers.filter({ $0.isFinite }).min(),
            let high = numbers.filter({ $0.isFinite }).max()
        else {
            return []
        }
        let text = { NumberText.significant($0, NumberText.digitsToTell(low, from: high)) }
        let count = count(numbers.count, "cell")
        return [
            (
                "Cells",
                low == high ? "\(count), all \(text(low))" : "\(count) from \(text(low)) to \(text(high))"
            )
        ]
    }

    private static func count(_ count: Int, _ noun: String) -> String {
        count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
    }

    /// A label as it stands within a sentence: a first capital goes unless the word has more of them.
    private static func lowercased(_ label: String) -> String {
        guard let first = label.unicodeScalars.first, let small = first.smallLetter,
            label.dropFirst().first?.unicodeScalars.first?.isSmallLetter == true
        else { return label }
        return String(Character(small)) + String(label.unicodeScalars.dropFirst())
    }
}

// Swift's own tables of letters are 20 kB of each program for the browser.
extension Unicode.Scalar {
    /// Whether the scalar is a small letter of Latin, Greek or Cyrillic.
    fileprivate var isSmallLetter: Bool {
        switch value {
        case 0x61...0x7A, 0xDF...0xF6, 0xF8...0x24F, 0x370...0x52F: !TextMetrics.isCapital(self)
        default: false
        }
    }

    /// The small letter of a capital of these scripts; `nil` for the rare ones that stand at no fixed distance from it.
    fileprivate var smallLetter: Unicode.Scalar? {
        switch value {
        case 0x41...0x5A, 0xC0...0xD6, 0xD8...0xDE, 0x391...0x3AB, 0x410...0x42F: Unicode.Scalar(value + 0x20)
        case 0x400...0x40F: Unicode.Scalar(value + 0x50)
        case 0x100...0x12F, 0x132...0x177, 0x179...0x17E, 0x460...0x4BF, 0x4D0...0x52F:
            TextMetrics.isCapital(self) ? Unicode.Scalar(value + 1) : nil
        default: nil
        }
    }
}
