/// A map from the values of one axis to places in a drawing.
public struct Scale: Sendable {
    /// The way in which values become places; a symmetric log scale has the half-width of its linear part.
    package enum Kind: Sendable, Hashable {
        case linear
        case log
        case symmetricLog(Double)
        case category([String])
    }

    package var kind: Kind
    package var domain: ClosedRange<Double>
    /// The places in the drawing where the domain starts and ends.
    package var start: Double
    package var end: Double
    /// Whether all values are whole, so that fractions are no ticks.
    package var isWhole = false
    private var places = [String: Int]()
    private var origin = 0.0
    private var span = 1.0

    package init(_ kind: Kind, domain: ClosedRange<Double>, start: Double, end: Double) {
        self.kind = kind
        self.domain = domain
        self.start = start
        self.end = end
        if case .category(let names) = kind {
            for (index, name) in names.enumerated() where places[name] == nil { places[name] = index }
        }
        origin = transformed(domain.lowerBound)
        span = transformed(domain.upperBound) / 2 - origin / 2
    }

    /// The place of a value, or nothing when the scale has no place for it.
    public func position(_ datum: Datum) -> Double? {
        switch datum {
        case .category(let name): places[name].map { position(Double($0)) }
        default: datum.number.flatMap { accepts($0) ? position($0) : nil }
        }
    }

    /// The place of a number that the scale accepts.
    ///
    /// What lies far beyond the domain is placed so near that coordinates stay finite.
    package func position(_ value: Double) -> Double {
        let place = start + (transformed(value) / 2 - origin / 2) / span * (end - start)
        return place.isNaN ? start : min(max(place, -1e6), 1e6)
    }

    /// The place of a number that may lie beyond the scale, on its nearest end then.
    package func clamped(_ value: Double) -> Double {
        let place =
            accepts(value) ? position(value) : value.isNaN || value <= 0 ? low : position(domain.upperBound)
        return min(max(place, min(start, end)), max(start, end))
    }

    private var low: Double { position(domain.lowerBound) }

    /// Whether a number has a place: it is finite and, on a log scale, positive.
    package func accepts(_ value: Double) -> Bool {
        value.isFinite && (kind != .log || value > 0)
    }

    /// The distance between two categories, or nothing on a scale of numbers.
    package var band: Double? {
        guard case .category(let names) = kind else { return nil }
        return (end - start).magnitude / Double(max(1, names.count))
    }

    private func transformed(_ value: Double) -> Double {
        switch kind {
        case .linear, .category: value
        case .log: PowersOfTen.log10(value)
        case .symmetricLog(let threshold):
            (value < 0 ? -1 : 1) * PowersOfTen.log10(plusOne: value.magnitude / threshold)
        }
    }
}

/// The way in which an axis turns values into places.
public enum ScaleType: Sendable, Hashable {
    /// Categories when the values are names, otherwise linear.
    case automatic
    /// Equal steps for equal differences.
    case linear
    /// Equal steps for equal ratios; values that are not positive have no place and are stated.
    case log
    /// Logarithmic in both directions from zero and linear within `threshold` of it; without a threshold, a power
    /// of ten that suits the data.
    case symmetricLog(threshold: Double? = nil)
    /// Names at equal distances, in the order in which they first appear.
    case category
}
