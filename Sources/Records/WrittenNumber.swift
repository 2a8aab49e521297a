/// A number together with how it is written.
struct WrittenNumber: Sendable, Hashable {
    /// The number as it stands in a text.
    let text: String
    /// The nearest `Double`.
    let value: Double

    /// The sign that typographers write.
    static let minus = "\u{2212}"

    /// Reads a number; `nil` if the text is none.
    init?(_ text: String) {
        guard let value = Double(WrittenNumber.withPlainSign(text)) else { return nil }
        self.text = text
        self.value = value
    }

    /// Whether both say the same, however they say it: `0.25` and `2.50e-1` do. Unlike their values, two whole numbers
    /// of twenty digits that differ in the last one do not.
    func isSame(as other: WrittenNumber) -> Bool {
        if text == other.text { return true }
        guard value.isFinite, other.value.isFinite else {
            return value == other.value || value.isNaN && other.value.isNaN
        }
        return value == other.value && digits == other.digits
    }

    /// |a − b| ÷ max(|a|, |b|): 0 for equal numbers, two of them that are no numbers included.
    func distance(to other: WrittenNumber) -> Double {
        if value == other.value || value.isNaN && other.value.isNaN { return 0 }
        guard value.isFinite, other.value.isFinite else { return .infinity }
        return abs(value - other.value) / max(abs(value), abs(other.value))
    }

    /// The digits from the first that is not 0 to the last; equal values that differ in them differ beyond what a
    /// `Double` holds.
    private var digits: [UInt8] {
        let mantissa = text.utf8.prefix { $0 | 0x20 != UInt8(ascii: "e") }
        let all = mantissa.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let zero = UInt8(ascii: "0")
        guard let first = all.firstIndex(where: { $0 != zero }),
            let last = all.lastIndex(where: { $0 != zero })
        else { return [] }
        return Array(all[first...last])
    }

    private static func withPlainSign(_ text: String) -> String {
        text.hasPrefix(minus) ? "-" + text.dropFirst() : text
    }
}
