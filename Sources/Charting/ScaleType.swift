/// How an axis turns values into places.
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
