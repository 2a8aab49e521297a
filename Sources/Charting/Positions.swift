/// The numbers that bars, cells or areas stand at. Those that differ by rounding only are one: 0.3 and 3 · 0.1.
package struct Positions {
    /// The least number of each position, in order.
    private let starts: [Double]
    /// The least distance of two positions; 1 when there is but one.
    private let pitch: Double

    package init(_ values: [PlottableValue]) {
        let numbers = values.compactMap { $0.datum.number }.filter { $0.isFinite }.sorted()
        let rounding = Rounding(numbers, isSingle: values.contains { $0.datum.isSingle })
        var starts: [Double] = []
        for number in numbers where starts.last.map({ !rounding.explains($0, number) }) ?? true {
            starts.append(number)
        }
        self.starts = starts
        pitch = zip(starts, starts.dropFirst()).map { $1 - $0 }.filter { $0.isFinite }.min() ?? 1
    }

    /// The number that all values at a position have in common; the value itself where it is no finite number.
    package func datum(_ value: PlottableValue?) -> Datum? {
        guard let value, let number = number(value) else { return value?.datum }
        return .double(number)
    }

    /// Half the distance to both sides of a position; nothing for a category, which has a band.
    package func reach(_ value: PlottableValue?) -> Reach? {
        guard let number = value.flatMap(number) else { return nil }
        return Reach(start: number - pitch / 2, end: number + pitch / 2)
    }

    /// The position of a value.
    private func number(_ value: PlottableValue) -> Double? {
        guard let number = value.datum.number, number.isFinite else { return nil }
        var (low, high) = (0, starts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= number { low = middle } else { high = middle }
        }
        return starts.isEmpty ? number : starts[low]
    }
}

/// The distance at which two numbers are still the same, computed in two ways.
private struct Rounding {
    private let isSingle: Bool
    private let halfSpan: Double
    private let greatest: Double

    init(_ numbers: [Double], isSingle: Bool) {
        self.isSingle = isSingle
        let (low, high) = (numbers.first ?? 0, numbers.last ?? 0)
        halfSpan = high / 2 - low / 2
        greatest = max(low.magnitude, high.magnitude)
    }

    /// Whether two numbers, the less one first, differ no more than that.
    ///
    /// Of a double's 16 digits some thousand additions leave 9, of a float's 7 they leave 5; near zero what counts is the
    /// size of the others. Whole numbers are exact, and next to each other where they are as large as a format allows.
    func explains(_ low: Double, _ high: Double) -> Bool {
        if low == high { return true }
        if low == low.rounded(), high == high.rounded() { return false }
        let (relative, least) = isSingle ? (1e-5, 1e-6) : (1e-9, 1e-12)
        let size = min(max(low.magnitude, high.magnitude), 2 * halfSpan)
        let single = Float(min(greatest, Double(Float.greatestFiniteMagnitude)))
        let place = isSingle ? Double(single.ulp) : greatest.ulp
        return high - low <= max(size * relative, halfSpan * least, 1.5 * place)
    }
}
