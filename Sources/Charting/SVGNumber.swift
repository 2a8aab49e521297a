/// A coordinate as text: two decimals at most, no trailing zeros, never an exponent or a negative zero.
public enum SVGNumber {
    /// The text of `value`, which must be finite.
    public static func text(_ value: Double) -> String {
        var bytes: [UInt8] = []
        append(value, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the text of `value` to `bytes`.
    package static func append(_ value: Double, to bytes: inout [UInt8]) {
        append(hundredths: hundredths(value), to: &bytes)
    }

    /// A coordinate as a whole number of hundredths.
    package static func hundredths(_ value: Double) -> Int64 { Int64((value * 100).rounded()) }

    /// Appends the text of a number of hundredths to `bytes`.
    package static func append(hundredths: Int64, to bytes: inout [UInt8]) {
        if hundredths < 0 { bytes.append(UInt8(ascii: "-")) }
        appendDigits(hundredths.magnitude / 100, to: &bytes)
        let fraction = UInt8(hundredths.magnitude % 100)
        guard fraction > 0 else { return }
        bytes.append(UInt8(ascii: "."))
        bytes.append(UInt8(ascii: "0") + fraction / 10)
        if fraction % 10 > 0 { bytes.append(UInt8(ascii: "0") + fraction % 10) }
    }

    private static func appendDigits(_ number: UInt64, to bytes: inout [UInt8]) {
        if number >= 10 { appendDigits(number / 10, to: &bytes) }
        bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
    }
}
