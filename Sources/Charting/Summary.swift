/// What a chart shows, in words made from its data.
package struct Summary: Sendable {
    /// The words: "Loss against epoch, 200 points, falls from 0.261 to 1.3e-06."
    package let text: String

    package init(_ scene: ChartScene) {
        let titles = [scene.y.title, scene.x.title].compactMap(\.self).filter { !$0.isEmpty }
        let subject =
            titles.count == 2 ? "\(titles[0]) against \(Summary.lowercased(titles[1]))" : titles.first
        guard !scene.isEmpty else {
            text = [(subject ?? "A chart") + ", no data.", scene.notes.joined(separator: " ")]
                .filter { !$0.isEmpty }.joined(separator: " ")
            return
        }
        let series = Summary.series(scene)
        var sentences: [String]
        if series.count == 1 {
            sentences = [(subject.map { $0 + ", " } ?? "") + series[0].phrase + "."]
        } else {
            sentences = [(subject ?? "A chart") + ", \(series.count) series."]
            sentences += series.prefix(8).map { "\($0.name): \($0.phrase)." }
            if series.count > 8 { sentences.append("And \(series.count - 8) more.") }
        }
        text = (sentences + scene.notes).joined(separator: " ")
    }

    /// A series by name and what is said of it.
    private typealias Part = (name: String, phrase: String)

    private static func series(_ scene: ChartScene) -> [Part] {
        var names: [String] = []
        var values: [String: [PlottableValue]] = [:]
        var seen: Set<[PlottableValue?]> = []
        for layer in scene.layers where layer.kind.isSeries {
            for mark in layer.marks {
                guard let y = mark.y, seen.insert([mark.x, mark.y, mark.color]).inserted else { continue }
                let name = mark.color?.datum.shortText ?? ""
                if values[name] == nil { names.append(name) }
                values[name, default: []].append(y)
            }
        }
        return names.map { ($0, phrase(values[$0]!)) }
    }

    /// How many points there are and how they go.
    private static func phrase(_ values: [PlottableValue]) -> String {
        let count = values.count == 1 ? "1 point" : "\(values.count) points"
        let numbers = values.compactMap(\.datum.number).filter(\.isFinite)
        guard let first = numbers.first, let last = numbers.last, let low = numbers.min(),
            let high = numbers.max()
        else { return count }
        let text = { NumberText.significant($0, NumberText.digitsToTell(low, from: high)) }
        if low == high { return "\(count), \(values.count == 1 ? "" : "constant ")at \(text(low))" }
        if first > last && high == first && low == last {
            return "\(count), falls from \(text(first)) to \(text(last))"
        }
        if first < last && low == first && high == last {
            return "\(count), rises from \(text(first)) to \(text(last))"
        }
        return "\(count), between \(text(low)) and \(text(high)), from \(text(first)) to \(text(last))"
    }

    /// A label as it stands within a sentence: a first capital goes unless the word has more of them.
    private static func lowercased(_ label: String) -> String {
        guard let first = label.first, label.dropFirst().first?.isLowercase == true else { return label }
        return first.lowercased() + label.dropFirst()
    }
}
