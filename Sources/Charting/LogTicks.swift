extension Ticks {
    /// Powers of ten, with 2 and 5 between them when there is room; round steps within less than a decade.
    package init(log domain: ClosedRange<Double>, count: Int) {
        let first = PowersOfTen.exponent(domain.lowerBound)
        let last = PowersOfTen.exponent(domain.upperBound)
        let decades = last - first + 1
        let mantissas: [Int64] = decades * 3 <= count + 2 ? [1, 2, 5] : [1]
        let stride = max(1, (decades + count - 1) / max(1, count))
        var numbers: [NumberText] = []
        for exponent in first...last where exponent % stride == 0 {
            numbers += mantissas.map { NumberText(digits: $0, exponent: exponent) }
        }
        let slack = 1 + 1e-9
        numbers = numbers.filter {
            $0.value >= domain.lowerBound / slack && $0.value <= domain.upperBound * slack
        }
        guard numbers.count > 1, domain.upperBound / domain.lowerBound > 2 * slack else {
            let linear = Ticks(Scale(.linear, domain: domain, start: 0, end: 1), count: count)
            self = linear.keeping(linear.values.indices.filter { linear.values[$0] > 0 })
            return
        }
        let between: [Int64] = stride > 1 ? [1] : decades * 3 <= count * 2 ? Array(2...9) : [2, 5]
        let minor = (first...last).flatMap { exponent in
            between.map { NumberText(digits: $0, exponent: exponent).value }
        }
        self.init(
            values: numbers.map { $0.value },
            labels: Ticks.labels(ofPowers: numbers),
            minor: minor.filter { domain.contains($0) && !numbers.map { $0.value }.contains($0) }
        )
    }

    /// Zero, and powers of ten from the threshold on in both directions.
    package init(symmetricLog domain: ClosedRange<Double>, threshold: Double, count: Int) {
        let first = PowersOfTen.exponent(threshold * (1 + 1e-9))
        let last = PowersOfTen.exponent(max(domain.upperBound, -domain.lowerBound))
        let sides = domain.lowerBound < 0 && domain.upperBound > 0 ? 2 : 1
        let powersNeeded = max(0, last - first + 1) * sides
        let stride = max(1, (powersNeeded + count) / (count + 1))
        let powers = Swift.stride(from: last, through: min(first, last), by: -stride).map {
            NumberText(digits: 1, exponent: $0)
        }
        let negative = powers.map { NumberText(digits: -$0.digits, exponent: $0.exponent) }
        let numbers = (negative + [NumberText(digits: 0, exponent: 0)] + powers.reversed()).filter {
            domain.contains($0.value)
        }
        guard numbers.count > 1 else {
            self.init(Scale(.linear, domain: domain, start: 0, end: 1), count: count)
            return
        }
        self.init(values: numbers.map { $0.value }, labels: Ticks.labels(ofPowers: numbers))
    }

    /// Plain numbers while all are short, otherwise all as powers of ten: `10⁻⁶`, `2×10⁻⁶`.
    private static func labels(ofPowers numbers: [NumberText]) -> [String] {
        let short = numbers.allSatisfy { $0.digits == 0 || (-3...5).contains($0.exponent) }
        let isLong = numbers.contains { $0.value.magnitude >= 10_000 }
        return numbers.map { number in
            if short { return number.plain(decimals: max(0, -number.exponent), grouped: isLong) }
            if number.digits == 0 { return "0" }
            let power = "10" + superscript(number.exponent)
            let mantissa = number.digits.magnitude == 1 ? power : "\(number.digits.magnitude)×\(power)"
            return (number.digits < 0 ? "−" : "") + mantissa
        }
    }
}
