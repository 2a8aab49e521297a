/// The scale, domain, title and direction that an author asked of an axis.
package struct AxisOptions: Sendable, Hashable {
    package var type = ScaleType.automatic
    package var domain: ClosedRange<Double>?
    package var title: String?
    package var isReversed = false
    /// The numbers that the axis holds besides its own.
    package var extent: ClosedRange<Double>?
}

/// The kind and range of one axis, found from all values that it must place.
package struct AxisDomain: Sendable {
    package var kind: Scale.Kind
    package var range: ClosedRange<Double>
    /// The axis's title, if the values or the author named it.
    package var title: String?
    /// Whether the values bear different names, which a legend tells.
    package var hasManyTitles: Bool
    package var isReversed: Bool
    /// Whether cells of a heat map fill the axis.
    package var isCells = false
    /// Whether all values are whole numbers.
    package var isWhole: Bool
    /// Whether no value can be placed.
    package var isEmpty: Bool
    /// The least and the greatest number that the axis must hold; `nil` for categories, without numbers, and where the
    /// author set the domain.
    package private(set) var extent: ClosedRange<Double>?
    /// Notes for the reader about values that have no place.
    package var notes: [String]

    /// - Parameters:
    ///   - values: All values of the axis.
    ///   - reaches: The ends of what marks cover beyond their values.
    ///   - isStoodOn: Whether bars or areas stand on the axis's start where it has no zero.
    ///   - titles: The labels of the values.
    ///   - steps: The number of steps of a range that grows to round values.
    package init(
        _ values: [PlottableValue],
        reaches: [Double],
        isStoodOn: Bool,
        titles: [String],
        options: AxisOptions,
        steps: Int?
    ) {
        title = options.title ?? (titles.isEmpty ? nil : Array(titles.prefix(3)).joined(separator: ", "))
        hasManyTitles = options.title == nil && titles.count > 1
        isReversed = options.isReversed
        notes = []
        isWhole = !values.isEmpty && values.allSatisfy { $0.datum.isWhole }

        let isCategory = options.type == .category || values.contains { $0.datum.number == nil }
        if isCategory {
            let names = AxisDomain.names(values)
            kind = .category(names)
            range = -0.5...(Double(max(1, names.count)) - 0.5)
            isEmpty = names.isEmpty
            return
        }
        let numbers = values.compactMap { $0.datum.number }
        let finite = numbers.filter { $0.isFinite }
        let isLog = options.type == .log
        let placed = isLog ? finite.filter { $0 > 0 } : finite
        isEmpty = placed.isEmpty
        kind = AxisDomain.kind(options.type, placed)
        let name = title ?? "Values"
        AxisDomain.note(numbers.count - finite.count, "not finite", name, &notes)
        AxisDomain.note(finite.count - placed.count, "not positive, as a log scale needs,", name, &notes)
        if let domain = options.domain {
            range = AxisDomain.widened(domain.lowerBound, domain.upperBound, isLog: isLog, isWhole: isWhole)
            AxisDomain.note(placed.count { !range.contains($0) }, "beyond the ends of the axis", name, &notes)
            return
        }
        let own = placed + reaches.filter { $0.isFinite && (!isLog || $0 > 0) }
        if let least = own.min(), let greatest = own.max() { extent = least...greatest }
        let covered = own + (options.extent.map { [$0.lowerBound, $0.upperBound] } ?? [])
        range = AxisDomain.range(covered, kind, isRounded: reaches.isEmpty, isStoodOn, steps, isWhole)
    }

    /// The range of an axis for which its author asked for none.
    ///
    /// - Parameter isRounded: Whether the range grows to round values that are close.
    private static func range(
        _ covered: [Double],
        _ kind: Scale.Kind,
        isRounded: Bool,
        _ isStoodOn: Bool,
        _ steps: Int?,
        _ isWhole: Bool
    ) -> ClosedRange<Double> {
        let isLog = kind == .log
        let (low, high) = (covered.min() ?? (isLog ? 1 : 0), covered.max() ?? 1)
        let range = widened(low, high, isLog: isLog, isWhole: isWhole)
        if isLog && isStoodOn { return roundedLog(range, isStoodOn: true) }
        if let steps { return rounded(range, kind, steps: steps, isWhole: isWhole) }
        return kind == .linear && isRounded ? completed(range, isWhole: isWhole) : range
    }

    /// A range up to the round values just beyond its ends: 0...100 for a hundred epochs counted from 0.
    private static func completed(_ range: ClosedRange<Double>, isWhole: Bool) -> ClosedRange<Double> {
        let round = rounded(range, .linear, steps: 8, isWhole: isWhole)
        let most = (range.upperBound / 2 - range.lowerBound / 2) * 0.07
        let low = range.lowerBound - round.lowerBound <= most ? round.lowerBound : range.lowerBound
        let high = round.upperBound - range.upperBound <= most ? round.upperBound : range.upperBound
        return low...high
    }

    /// The distinct names, in the order in which they first appear.
    private static func names(_ values: [PlottableValue]) -> [String] {
        var seen = Set<String>()
        return values.map { $0.datum.exactText }.filter { seen.insert($0).inserted }
    }

    private static func kind(_ type: ScaleType, _ placed: [Double]) -> Scale.Kind {
        switch type {
        case .automatic, .linear, .category: return .linear
        case .log: return .log
        case .symmetricLog(let threshold?): return .symmetricLog(threshold)
        case .symmetricLog(nil):
            let sizes = placed.map { $0.magnitude }.filter { $0 > 1e-290 }
            let least = PowersOfTen.exponent(sizes.min() ?? 1)
            let greatest = PowersOfTen.exponent(sizes.max() ?? 1)
            return .symmetricLog(PowersOfTen.power(max(least, greatest - 4)))
        }
    }

    private static func note(_ count: Int, _ what: String, _ name: String, _ notes: inout [String]) {
        guard count > 0 else { return }
        let (noun, verb) = count == 1 ? ("value", "is") : ("values", "are")
        notes.append("\(name): \(count) \(noun) \(verb) \(what) and \(verb) left out.")
    }

    /// A range that a scale can divide: values that are all but equal get some room around them.
    private static func widened(_ low: Double, _ high: Double, isLog: Bool, isWhole: Bool) -> ClosedRange<
        Double
    > {
        if isLog {
            let low = min(max(low, 1e-300), 1e300)
            let high = min(max(high, low), 1e300)
            return high / low > 1.000_000_001 ? low...high : low / 3...high * 3
        }
        let low = min(max(low, -1e300), 1e300)
        let high = min(max(high, -1e300), 1e300)
        let size = max(low.magnitude, high.magnitude)
        if high - low > size * 1e-11 && high - low > 1e-290 { return low...high }
        let margin = size < 1e-280 || isWhole && size < 10 ? 1 : size * 0.1
        return low - margin...high + margin
    }

    /// The linear range between round values around two numbers.
    package static func rounded(_ low: Double, _ high: Double, steps: Int) -> ClosedRange<Double> {
        rounded(widened(low, high, isLog: false, isWhole: false), .linear, steps: steps, isWhole: false)
    }

    /// The range between round values, so that an axis ends at ticks.
    private static func rounded(
        _ range: ClosedRange<Double>,
        _ kind: Scale.Kind,
        steps: Int,
        isWhole: Bool
    ) -> ClosedRange<Double> {
        switch kind {
        case .log where range.upperBound / range.lowerBound < 2:
            // Less than from one round value to the next: round steps, as on a linear axis.
            return rounded(range, .linear, steps: steps, isWhole: isWhole)
        case .log: return roundedLog(range, isStoodOn: false)
        case .linear, .symmetricLog:
            var wide = range
            for _ in 0..<3 {
                let step = Ticks.step(wide, count: steps, isWhole: isWhole)
                let low = (Ticks.quotient(wide.lowerBound, step) + 1e-6).rounded(.down)
                let high = (Ticks.quotient(wide.upperBound, step) - 1e-6).rounded(.up)
                let unit = { (count: Double) in
                    NumberText(digits: Int64(count) * step.digits, exponent: step.exponent).value
                }
                let wider = unit(low)...unit(high)
                if wider == wide { break }
                wide = wider
            }
            return trimmed(wide, around: range, steps: steps)
        case .category: return range
        }
    }

    /// A range between round values, less an end that would stay all but empty.
    private static func trimmed(
        _ wide: ClosedRange<Double>,
        around range: ClosedRange<Double>,
        steps: Int
    ) -> ClosedRange<Double> {
        let most = (wide.upperBound / Double(steps) - wide.lowerBound / Double(steps)) * 0.6
        let margin = (range.upperBound / 2 - range.lowerBound / 2) * 0.08
        let low = range.lowerBound - wide.lowerBound > most ? range.lowerBound - margin : wide.lowerBound
        let high = wide.upperBound - range.upperBound > most ? range.upperBound + margin : wide.upperBound
        return low...high
    }

    /// 1, 2 or 5 times a power of ten around a range; far enough below for what stands there to be seen.
    private static func roundedLog(_ range: ClosedRange<Double>, isStoodOn: Bool) -> ClosedRange<Double> {
        let mantissas: [Int64] = [1, 2, 5]
        let slack = 1 + 1e-9
        let first = PowersOfTen.exponent(range.lowerBound)
        let last = PowersOfTen.exponent(range.upperBound)
        let below = [first - 1, first].flatMap { exponent in
            mantissas.map { NumberText(digits: $0, exponent: exponent).value }
        }
        let above =
            mantissas.map { NumberText(digits: $0, exponent: last).value }
            + [NumberText(digits: 1, exponent: last + 1).value]
        let lowest = isStoodOn ? range.lowerBound * 0.8 : range.lowerBound
        let low = below.last { $0 <= lowest * slack } ?? range.lowerBound
        let high = above.first { $0 * slack >= range.upperBound } ?? range.upperBound
        return low...high
    }
}

extension AxisDomain {
    /// The scale over this domain between two places; a reversed axis swaps them.
    package func scale(from start: Double, to end: Double) -> Scale {
        var scale = Scale(kind, domain: range, start: isReversed ? end : start, end: isReversed ? start : end)
        scale.isWhole = isWhole
        return scale
    }
}
