import Charting
import Testing
import Turns

@Suite(.inTurns) struct FuzzTests {
    /// Random charts of every mark, scale and size, with numbers of every kind and texts of every script.
    @Test(arguments: 0..<4)
    func `Twenty thousand random charts are well-formed and stay inside their view box`(seed: UInt64) async {
        var generator = Generator(seed: seed)
        for index in 0..<5_000 {
            if index.isMultiple(of: 50) { await Task.yield() }  // other tests want to go on meanwhile
            let chart = FuzzTests.chart(using: &generator)
            guard ChartScene(chart).problem == nil else { continue }
            let rendered = chart.rendered(id: "fuzz")
            do { try WellFormed.check(rendered.svg) } catch {
                Issue.record("chart \(index): \(error)")
                return
            }
        }
    }

    private static let texts = [
        "Loss", "", "a < b & \"c\"", "循环神经网络", "شبكة", "👩‍👩‍👧",
        "a rather long label that will not fit anywhere at all", "\u{0}\u{FFFE}",
    ]

    private static func chart(using generator: inout Generator) -> Chart {
        var content = ChartContent()
        for _ in 0..<Int.random(in: 0...2, using: &generator) {
            content = ChartBuilder.buildPartialBlock(accumulated: content, next: layer(using: &generator))
        }
        let made = content
        let types: [ScaleType] = [.automatic, .automatic, .automatic, .log, .symmetricLog(), .linear]
        var chart = Chart(texts.randomElement(using: &generator)!) { made }
            .xScale(
                types.randomElement(using: &generator)!,
                domain: domain(using: &generator),
                reversed: .random(using: &generator)
            )
            .yScale(
                types.randomElement(using: &generator)!,
                domain: domain(using: &generator),
                reversed: .random(using: &generator)
            )
        if Int.random(in: 0..<10, using: &generator) == 0 { chart = chart.inset(x: 0...1) }
        return chart
    }

    private static func domain(using generator: inout Generator) -> ClosedRange<Double>? {
        guard Int.random(in: 0..<5, using: &generator) == 0 else { return nil }
        let (a, b) = (generator.number(), generator.number())
        return min(a, b)...max(a, b)
    }

    private static func layer(using generator: inout Generator) -> ChartContent {
        let kind = Int.random(in: 0..<8, using: &generator)
        let isNamed = (
            x: Int.random(in: 0..<6, using: &generator) == 0, y: Int.random(in: 0..<6, using: &generator) == 0
        )
        let labels = (texts.randomElement(using: &generator)!, texts.randomElement(using: &generator)!)
        let color = Int.random(in: 0..<4, using: &generator)
        let hasFacets = Int.random(in: 0..<12, using: &generator) == 0
        let marks = (0..<Int.random(in: 0...8, using: &generator)).map { index -> ChartContent in
            let x = value(labels.0, isNamed.x, using: &generator)
            let y = value(labels.1, isNamed.y, using: &generator)
            let end = value(labels.1, false, using: &generator)
            var channels =
                switch kind {
                case 0:
                    LineMark(x: x, y: y).interpolationMethod([.monotone, .linear, .stepCenter][index % 3])
                        .channels
                case 1: PointMark(x: x, y: y).annotation("a").channels
                case 2: BarMark(x: x, y: y).channels
                case 3: AreaMark(x: x, y: y).channels
                case 4: AreaMark(x: x, yStart: y, yEnd: end).channels
                case 5: RuleMark(y: y).channels
                case 6: RectangleMark(x: x, y: y).annotation("0.5").channels
                default: TextMark(labels.0, x: x, y: y).channels
                }
            if color == 1 { channels.color = .value("Kind", texts.randomElement(using: &generator)!) }
            if color == 2 { channels.color = .value("Number", generator.anyNumber()) }
            if hasFacets { channels.facet = .value("Facet", index % 3) }
            return content(kind, channels)
        }
        return ChartBuilder.buildArray(marks)
    }

    private static func content(_ kind: Int, _ channels: MarkChannels) -> ChartContent {
        func made<Kind: Mark>(_ mark: Kind) -> ChartContent {
            var mark = mark
            mark.channels = channels
            return ChartBuilder.buildExpression(mark)
        }
        let value = PlottableValue.value("", 0)
        switch kind {
        case 0: return made(LineMark(x: value, y: value))
        case 1: return made(PointMark(x: value, y: value))
        case 2: return made(BarMark(x: value, y: value))
        case 3, 4: return made(AreaMark(x: value, y: value))
        case 5: return made(RuleMark(y: value))
        case 6: return made(RectangleMark(x: value, y: value))
        default: return made(TextMark("", x: value, y: value))
        }
    }

    private static func value(_ label: String, _ isNamed: Bool, using generator: inout Generator)
        -> PlottableValue
    {
        isNamed
            ? .value(label, texts.randomElement(using: &generator)!)
            : Bool.random(using: &generator)
                ? .value(label, Int.random(in: -20...20, using: &generator))
                : .value(label, generator.anyNumber())
    }
}

extension Generator {
    /// A number of any size and sign, now and then none.
    fileprivate mutating func anyNumber() -> Double {
        switch Int.random(in: 0..<20, using: &self) {
        case 0: .nan
        case 1: .infinity
        case 2: -.infinity
        case 3: .greatestFiniteMagnitude
        case 4: .leastNonzeroMagnitude
        default: number()
        }
    }
}
