/// A number in decimal, `digits` × 10^`exponent`, from which every text of a number for a reader is made.
///
/// Rounding is done on the shortest decimal that names the binary number, half away from zero: 0.15 to one place
/// is 0.2, as a reader would do it.
package struct NumberText: Sendable, Equatable {
    package var digits: Int64
    package var exponent: Int

    /// A number from its parts.
    package init(digits: Int64, exponent: Int) {
        self.digits = digits
        self.exponent = exponent
    }

    /// The shortest decimal that names `value`, which must be finite.
    package init(_ value: Double) {
        self.init(decimal: value.magnitude.description, isNegative: value < 0)
    }

    /// The shortest decimal that names `value`, which must be finite.
    package init(_ value: Float) {
        self.init(decimal: value.magnitude.description, isNegative: value < 0)
    }

    private init(decimal: String, isNegative: Bool) {
        var digits: Int64 = 0
        var decimals = 0
        var power = 0
        var (isFraction, isPower, isSmall) = (false, false, false)
        for byte in decimal.utf8 {
            let digit = Int(byte) - Int(UInt8(ascii: "0"))
            switch byte {
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "e"): isPower = true
            case UInt8(ascii: "-"): isSmall = true
            case UInt8(ascii: "+"): break
            case _ where isPower: power = power * 10 + digit
            default:
                digits = digits * 10 + Int64(digit)
                if isFraction { decimals += 1 }
            }
        }
        // Of 3.0 the zero is no digit.
        if decimals == 1 && digits % 10 == 0 { (digits, decimals) = (digits / 10, 0) }
        self.init(
            digits: isNegative ? -digits : digits,
            exponent: (isSmall ? -power : power) - decimals
        )
    }

    /// The value with three significant digits, as sentences and labels name it: `0.261`, `−12`, `1.3e-06`.
    package static func short(_ value: Double) -> String {
        significant(value, 3)
    }

    /// The value with `count` significant digits and no trailing zeros; words for what is not finite.
    @export(interface)
    package static func significant(_ value: Double, _ count: Int) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "−∞" : "∞" }
        var number = NumberText(value)
        number.round(digits: count)
        return number.text
    }

    /// The shortest text that names `value`, which must be finite.
    package static func exact(_ value: Float) -> String {
        var number = NumberText(value)
        number.round(digits: 9)
        return number.text
    }

    /// The number as it is written best: in full, or with an exponent where that is long.
    package var text: String {
        let leading = digitCount - 1 + exponent
        return digits == 0 || (-4..<6).contains(leading) ? plain : scientific
    }

    /// The number of significant digits that tell two numbers apart, and the numbers between them: at least three.
    package static func digitsToTell(_ low: Double, from high: Double) -> Int {
        let size = max(low.magnitude, high.magnitude)
        let span = high - low
        guard span > 0, span.isFinite, size > 0 else { return 3 }
        return min(15, max(3, PowersOfTen.exponent(size) - PowersOfTen.exponent(span) + 2))
    }

    /// The number as a double.
    package var value: Double {
        exponent < 0
            ? Double(digits) / PowersOfTen.power(-exponent) : Double(digits) * PowersOfTen.power(exponent)
    }

    /// The number in full, without an exponent: `−1250`, `0.0025`.
    package var plain: String {
        plain(decimals: max(0, -exponent))
    }

    /// The number with exactly `decimals` places, no fewer than it has, and with groups of three digits
    /// set apart or not: an axis sets them apart when one of its numbers has five digits.
    package func plain(decimals: Int, grouped: Bool = false) -> String {
        var text = Array(String(digits.magnitude).utf8)
        let zero = UInt8(ascii: "0")
        if digits != 0 || exponent < 0 {
            text += Array(repeating: zero, count: max(0, exponent) + decimals + min(0, exponent))
        } else {
            text += Array(repeating: zero, count: decimals)
        }
        if text.count <= decimals {
            text.insert(contentsOf: Array(repeating: zero, count: decimals + 1 - text.count), at: 0)
        }
        var whole = Array(text.dropLast(decimals))
        if grouped && whole.count > 3 {
            for place in stride(from: whole.count - 3, to: 0, by: -3) {
                whole.insert(UInt8(ascii: ","), at: place)
            }
        }
        let fraction = decimals > 0 ? "." + String(decoding: text.suffix(decimals), as: UTF8.self) : ""
        return (digits < 0 ? "−" : "") + String(decoding: whole, as: UTF8.self) + fraction
    }

    /// The number with an exponent of at least two digits, as programs print it: `1.3e-06`.
    package var scientific: String {
        let text = Array(String(digits.magnitude).utf8)
        let leading = text.count - 1 + exponent
        let first = String(decoding: text.prefix(1), as: UTF8.self)
        let fraction = String(decoding: text.dropFirst(), as: UTF8.self)
        let power = leading.magnitude < 10 ? "0\(leading.magnitude)" : "\(leading.magnitude)"
        return (digits < 0 ? "−" : "") + first + (fraction.isEmpty ? "" : "." + fraction)
            + (leading < 0 ? "e-" : "e+") + power
    }

    /// Rounds to `count` significant digits and drops trailing zeros.
    package mutating func round(digits count: Int) {
        while digitCount > count {
            let surplus = digitCount - count
            let unit = NumberText.powers[min(surplus, 18)]
            digits = (digits + (digits < 0 ? -unit / 2 : unit / 2)) / unit
            exponent += surplus
        }
        while digits != 0 && digits % 10 == 0 {
            digits /= 10
            exponent += 1
        }
        if digits == 0 { exponent = 0 }
    }

    private var digitCount: Int { String(digits.magnitude).utf8.count }

    private static let powers: [Int64] = (0...18).map { (0..<$0).reduce(1) { power, _ in power * 10 } }
}
