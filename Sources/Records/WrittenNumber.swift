/// A number together with its text.
struct WrittenNumber: Sendable, Equatable {
    /// The number as it stands in a text.
    let text: String
    /// The nearest `Double`.
    let value: Double

    /// The minus sign of typography.
    static let minus = "\u{2212}"

    /// Reads a number, with commas between thousands if it has them; `nil` if the text is none.
    init?(_ text: String) {
        let plain = text.hasPrefix(WrittenNumber.minus) ? "-" + text.dropFirst() : text
        guard let value = Double(plain.filter { $0 != "," }) else { return nil }
        self.text = text
        self.value = value
    }

    /// Whether both say the same, however they are written: `0.25` and `2.50e-1` do. Unlike their values, two whole
    /// numbers of twenty digits that differ in the last one do not.
    func isSame(as other: WrittenNumber) -> Bool {
        if isHeld, other.isHeld { return value == other.value && digits == other.digits }
        let areWords = digits.isEmpty && other.digits.isEmpty
        return isWritten(as: other) || areWords && (value == other.value || value.isNaN && other.value.isNaN)
    }

    /// Whether both are within a relative distance: |a − b| ≤ allowed · max(|a|, |b|). Numbers that no `Double` holds
    /// have none, and must be written alike.
    func isNear(_ other: WrittenNumber, within allowed: Double) -> Bool {
        guard isHeld, other.isHeld else { return isWritten(as: other) }
        return value == other.value
            || abs(value - other.value) / max(abs(value), abs(other.value)) <= allowed
    }

    /// Whether both are the same bytes.
    func isWritten(as other: WrittenNumber) -> Bool { text.hasBytes(of: other.text) }

    /// Whether a `Double` holds it: it is finite, and not too small.
    private var isHeld: Bool { value.isFinite && (value != 0 || digits.isEmpty) }

    /// The digits from the first that is not 0 to the last; none in words such as `inf`. Equal values that differ in
    /// them differ beyond what a `Double` holds.
    private var digits: [UInt8] {
        let mantissa = text.utf8.prefix { $0 | 0x20 != UInt8(ascii: "e") }
        let all = mantissa.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let zero = UInt8(ascii: "0")
        guard let first = all.firstIndex(where: { $0 != zero }),
            let last = all.lastIndex(where: { $0 != zero })
        else { return [] }
        return Array(all[first...last])
    }
}
