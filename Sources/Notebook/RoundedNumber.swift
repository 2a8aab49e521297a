internal import Charting

/// Returns a number as prose names it: rounded to a few significant digits, without trailing zeros.
///
///     about(0.026059)     // 0.0261
///
/// Rounds as the labels and the descriptions of charts do.
///
/// - Parameters:
///   - value: The number.
///   - digits: The number of significant digits, from 1 to 15.
/// - Returns: `0.0261`, `−12` or `1.31e-06`; words for what is not finite.
public func about(_ value: some BinaryFloatingPoint, digits: Int = 3) -> String {
    NumberText.significant(Double(value), digits)
}
