import Charting
import Testing

@Suite struct PositionTests {
    /// Widths of the cells at some numbers, from left to right, without those that are the same.
    private func widths(_ numbers: [any Plottable]) -> [Double] {
        let values = numbers.map { PlottableValue.value("", $0) }
        let positions = Positions(values)
        var starts: [Double: Double] = [:]
        for reach in values.compactMap({ positions.reach($0) }) {
            starts[reach.start] = reach.end - reach.start
        }
        return starts.sorted { $0.key < $1.key }.map(\.value)
    }

    private func isNear(_ widths: [Double], _ width: Double, count: Int, within error: Double = 1e-6) -> Bool
    {
        widths.count == count && widths.allSatisfy { ($0 / width - 1).magnitude < error }
    }

    /// The numbers from one whole number to another, through a function.
    private func numbers<Number>(_ range: ClosedRange<Int>, _ number: (Double) -> Number) -> [Number] {
        range.map { number(Double($0)) }
    }

    @Test func `Numbers that were computed in two ways stand at one place`() {
        var sum = 0.0
        let sums: [Double] = numbers(0...999) { _ in
            defer { sum += 0.001 }
            return sum
        }
        #expect(isNear(widths(sums + numbers(0...999) { $0 / 1000 }), 0.001, count: 1000))
        let tenths = numbers(-20...20) { $0 * 0.1 } + numbers(-20...20) { $0 / 10 }
        #expect(isNear(widths(tenths), 0.1, count: 41))
        // What is left of a difference that should be zero.
        let left: Double = 0.1 * 3 - 0.3
        let around: [Double] = [-0.1, left, 0, 0.1]
        #expect(left != 0 && isNear(widths(around), 0.1, count: 3))
        let singles = numbers(0...299) { Float($0) * 0.1 } + numbers(0...299) { Float($0) / 10 }
        #expect(isNear(widths(singles), 0.1, count: 300, within: 1e-4))
        let doubles: [Double] = numbers(0...299) { $0 / 10 }
        #expect(
            isNear(
                widths((singles as [any Plottable]) + (doubles as [any Plottable])),
                0.1,
                count: 300,
                within: 1e-4
            )
        )
        // Far from zero a number has few digits behind the point.
        let far = numbers(0...8) { 1e9 + $0 * 0.1 } + numbers(0...8) { 1e9 + $0 / 10 }
        #expect(widths(far).count == 9)
        let mixed: [any Plottable] = [1, 1.0, 2, 2.0, Float(3)]
        #expect(isNear(widths(mixed), 1, count: 3))
    }

    @Test func `Numbers that are close stay apart`() {
        #expect(isNear(widths(numbers(0...99_999) { $0 * 1e-6 }), 1e-6, count: 100_000))
        #expect(isNear(widths(numbers(0...99) { 1e12 + $0 }), 1, count: 100))
        #expect(isNear(widths(numbers(0...99) { Float(16_000_000 + $0) }), 1, count: 100))
        #expect(isNear(widths(numbers(0...99) { Int($0) + 1 << 50 }), 1, count: 100))
        #expect(isNear(widths(numbers(0...9) { $0 * 1e-300 }), 1e-300, count: 10))
        let close: [Double] = [0, 1, 1.0001]
        #expect(isNear(widths(close), 0.0001, count: 3))
        // On a log axis, say.
        #expect(widths(numbers(0...9) { PowersOfTen.power(Int(-$0)) }).count == 10)
        let huge: [Double] = [-1.7e308, 0, 1.7e308]
        #expect(widths(huge).count == 3)
        let odd: [Double] = [.nan, .infinity, 5]
        #expect(widths(odd) == [1])
        #expect(widths(["a", "b"]).isEmpty)
    }

    @Test func `Bars stand upon those whose places differ by rounding only`() {
        let chart = Chart {
            for place in [0.1, 0.2, 0.1 + 0.2, 0.3] {
                BarMark(x: .value("Value", place), y: .value("Count", 2))
            }
        }
        let reaches = ChartScene(chart).layers[0].marks.map { ($0.yReach!.start, $0.yReach!.end) }
        #expect(reaches.map(\.0) == [0, 0, 0, 2])
        #expect(reaches.map(\.1) == [2, 2, 2, 4])
    }

    @Test func `Lying bars are as thick as their places are apart`() {
        let chart = Chart {
            for place in [0.1, 0.2, 0.1 + 0.2, 0.3] {
                BarMark(xStart: .value("From", 0), xEnd: .value("To", 1), y: .value("Value", place))
            }
        }
        let thicknesses = ChartScene(chart).layers[0].marks.map { $0.yReach!.end - $0.yReach!.start }
        #expect(isNear(thicknesses, 0.1, count: 4))
    }
}
