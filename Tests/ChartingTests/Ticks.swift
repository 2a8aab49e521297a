import Charting
import Testing

@Suite struct TicksTests {
    private func ticks(_ low: Double, _ high: Double, count: Int = 5, _ kind: Scale.Kind = .linear) -> Ticks {
        Ticks(Scale(kind, domain: low...high, start: 0, end: 100), count: count)
    }

    private static let linear: [(Double, Double, [String], String?)] = [
        (0.0, 1.0, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"], nil),
        (0, 9.7, ["0", "2", "4", "6", "8"], nil),
        (-1, 1, ["−1.0", "−0.5", "0.0", "0.5", "1.0"], nil),
        (1e-8, 3e-6, ["1", "2", "3"], "×10⁻⁶"),
        (0.9999, 1.0001, ["0.99990", "0.99995", "1.00000", "1.00005", "1.00010"], nil),
        (0, 50_000, ["0", "10,000", "20,000", "30,000", "40,000", "50,000"], nil),
        (0, 5_000_000, ["0", "1", "2", "3", "4", "5"], "×10⁶"),
        (1_000_000, 1_000_039, ["1,000,000", "1,000,010", "1,000,020", "1,000,030"], nil),
        (1, 1 + 2e-9, ["0.0", "0.5", "1.0", "1.5", "2.0"], "1 + ×10⁻⁹"),
    ]

    @Test(arguments: linear)
    func `Linear ticks are those a person would choose`(
        low: Double,
        high: Double,
        labels: [String],
        note: String?
    ) {
        let ticks = ticks(low, high)
        #expect(ticks.labels == labels)
        #expect(ticks.note == note)
    }

    @Test func `Whole numbers have whole ticks`() {
        var scale = Scale(.linear, domain: 0...3, start: 0, end: 100)
        scale.isWhole = true
        #expect(Ticks(scale, count: 10).labels == ["0", "1", "2", "3"])
    }

    private static let logarithmic: [(Double, Double, Int, [String])] = [
        (1e-6, 1.0, 5, ["10⁻⁶", "10⁻⁴", "10⁻²", "10⁰"]),
        (1, 1000, 5, ["1", "10", "100", "1000"]),
        (1, 100, 8, ["1", "2", "5", "10", "20", "50", "100"]),
        (3, 7, 5, ["3", "4", "5", "6", "7"]),
        (1e-3, 1e5, 9, ["0.001", "0.01", "0.1", "1", "10", "100", "1,000", "10,000", "100,000"]),
    ]

    @Test(arguments: logarithmic)
    func `Log ticks are powers of ten, or less where there is room`(
        low: Double,
        high: Double,
        count: Int,
        labels: [String]
    ) {
        #expect(ticks(low, high, count: count, .log).labels == labels)
    }

    @Test func `Symmetric log ticks reach out from zero`() {
        #expect(
            ticks(-100, 100, count: 7, .symmetricLog(1)).labels == [
                "−100", "−10", "−1", "0", "1", "10", "100",
            ]
        )
    }

    @Test func `Every tick lies in its domain, whatever that is`() {
        var generator = Generator(seed: 7)
        for _ in 0..<20_000 {
            let low = generator.number()
            let high = low + max(generator.number().magnitude, low.magnitude * 1e-10)
            guard low < high, high.isFinite else { continue }
            let ticks = ticks(low, high, count: Int.random(in: 1...12, using: &generator))
            let slack = (high - low) * 1e-5
            #expect(ticks.values.allSatisfy { $0 >= low - slack && $0 <= high + slack })
            #expect(ticks.values.count <= 14)
            #expect(Set(ticks.labels).count == ticks.labels.count, "\(low) \(high) \(ticks)")
        }
    }
}
