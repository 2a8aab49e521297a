/// The values an axis names, chosen as a person would: round, even, few.
package struct Ticks: Sendable, Equatable {
    package var values: [Double]
    package var labels: [String]
    /// The factor or sum that all labels leave out, such as `×10⁻⁶`.
    package var note: String?
    /// Values between those that have a label, which show the course of a log scale.
    package var minor: [Double] = []

    /// Ticks for a scale with about `count` steps.
    package init(_ scale: Scale, count: Int) {
        switch scale.kind {
        case .linear: self.init(linear: scale.domain, count: count, isWhole: scale.isWhole)
        case .log: self.init(log: scale.domain, count: count)
        case .symmetricLog(let threshold):
            self.init(symmetricLog: scale.domain, threshold: threshold, count: count)
        case .category(let names): self.init(values: names.indices.map(Double.init), labels: names)
        }
    }

    package init(values: [Double], labels: [String], note: String? = nil, minor: [Double] = []) {
        self.values = values
        self.labels = labels
        self.note = note
        self.minor = minor
    }

    /// The most ticks whose labels keep apart along a width.
    package init(fitting scale: Scale, width: Double) {
        var count = max(2, Int(width / (width < 200 ? 40 : 46)))
        while count > 1 {
            let ticks = Ticks(scale, count: count)
            let places = ticks.values.map { scale.position($0) }
            let halves = ticks.labels.map { TextLabel.width($0) / 2 }
            let gaps = zip(places, places.dropFirst()).map { ($1 - $0).magnitude }
            let needs = zip(halves, halves.dropFirst()).map { $0 + $1 + 12 }
            if zip(gaps, needs).allSatisfy({ $0 >= $1 }) {
                self = ticks
                return
            }
            count -= 1
        }
        self.init(scale, count: 1)
    }

    /// The round step, 1, 2 or 5 times a power of ten, that divides `domain` into at most `count` parts;
    /// no fraction where all values are whole.
    package static func step(_ domain: ClosedRange<Double>, count: Int, isWhole: Bool = false) -> NumberText {
        let raw = domain.upperBound / Double(max(1, count)) - domain.lowerBound / Double(max(1, count))
        var exponent = PowersOfTen.exponent(raw)
        let mantissa = raw / PowersOfTen.power(exponent)
        let digits: Int64 =
            mantissa <= 1.000001 ? 1 : mantissa <= 2.000001 ? 2 : mantissa <= 5.000001 ? 5 : 10
        if digits == 10 { exponent += 1 }
        if isWhole && exponent < 0 { return NumberText(digits: 1, exponent: 0) }
        return NumberText(digits: digits == 10 ? 1 : digits, exponent: exponent)
    }

    /// Multiples of a round step within `domain`.
    private init(linear domain: ClosedRange<Double>, count: Int, isWhole: Bool) {
        let step = Ticks.step(domain, count: count, isWhole: isWhole)
        let first = (Ticks.quotient(domain.lowerBound, step) - 1e-6).rounded(.up)
        let last = (Ticks.quotient(domain.upperBound, step) + 1e-6).rounded(.down)
        let numbers =
            first <= last
            ? (Int64(first)...Int64(last)).map {
                NumberText(digits: $0 * step.digits, exponent: step.exponent)
            } : []
        values = numbers.map { $0.value }
        (labels, note) = Ticks.labels(numbers, step: step)
    }

    /// `value` / `step`, without overflow on the way.
    package static func quotient(_ value: Double, _ step: NumberText) -> Double {
        value / PowersOfTen.power(step.exponent) / Double(step.digits)
    }

    /// Labels with the same number of places; what is too small, too large or too long moves into a note.
    private static func labels(_ numbers: [NumberText], step: NumberText) -> ([String], String?) {
        guard let greatest = numbers.map({ $0.digits.magnitude }).max() else { return ([], nil) }
        let leading = String(greatest).utf8.count - 1 + step.exponent
        if leading - step.exponent >= 7, let base = numbers.first {
            let rest = numbers.map { NumberText(digits: $0.digits - base.digits, exponent: step.exponent) }
            let (labels, note) = labels(rest, step: step)
            return (
                labels,
                [NumberText.significant(base.value, 15) + " +", note].compactMap { $0 }.joined(
                    separator: " "
                )
            )
        }
        var shift = 0
        let isLarge = leading >= 6 && step.exponent >= leading - 3
        if greatest > 0 && (isLarge || leading < -2 && step.exponent < -4 || step.exponent < -6) {
            shift = Int((Double(leading) / 3).rounded(.down)) * 3
        }
        let decimals = max(0, shift - step.exponent)
        let texts = numbers.map { number in
            NumberText(digits: number.digits, exponent: number.exponent - shift)
                .plain(decimals: decimals, grouped: leading - shift >= 4)
        }
        return (texts, shift == 0 ? nil : "×10" + superscript(shift))
    }

    /// Every so many of the ticks.
    package func thinned(every count: Int) -> Ticks {
        keeping(values.indices.filter { $0 % count == 0 })
    }

    /// The ticks at some places.
    package func keeping(_ kept: [Int]) -> Ticks {
        Ticks(values: kept.map { values[$0] }, labels: kept.map { labels[$0] }, note: note, minor: minor)
    }

    /// A whole number in raised digits.
    package static func superscript(_ number: Int) -> String {
        let raised = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
        let digits = Array(String(number.magnitude).utf8).map { raised[Int($0 - UInt8(ascii: "0"))] }
        return (number < 0 ? "⁻" : "") + digits.joined(separator: "")
    }
}

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
