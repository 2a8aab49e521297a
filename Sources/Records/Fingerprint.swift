/// A 64-bit hash of a content, computed far sooner than its `Digest`.
///
/// Two contents have one fingerprint only by intent, which it does not resist.
package struct Fingerprint: Sendable, Hashable {
    /// 16 hexadecimal digits.
    package let text: String

    /// Computes the fingerprint of bytes: 16 at a time are multiplied to 128 bits and folded, as in wyhash (Wang Yi,
    /// 2019).
    package init(of bytes: [UInt8]) {
        let number = bytes.withUnsafeBytes { bytes in
            var state = Fingerprint.folded(UInt64(bytes.count) ^ Fingerprint.odd.0, Fingerprint.odd.1)
            var index = 0
            while index + 16 <= bytes.count {
                let low = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                let high = bytes.loadUnaligned(fromByteOffset: index + 8, as: UInt64.self)
                state = Fingerprint.folded(
                    UInt64(littleEndian: low) ^ Fingerprint.odd.0,
                    UInt64(littleEndian: high) ^ state
                )
                index += 16
            }
            var rest: (UInt64, UInt64) = (0, 0)
            for byte in bytes[index...] {
                rest.1 = rest.1 << 8 | rest.0 >> 56
                rest.0 = rest.0 << 8 | UInt64(byte)
            }
            state = Fingerprint.folded(rest.0 ^ Fingerprint.odd.1, rest.1 ^ state)
            return Fingerprint.folded(state, Fingerprint.odd.0)
        }
        let digits = String(number, radix: 16)
        text = String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Random odd numbers with as many ones as zeros.
    private static let odd: (UInt64, UInt64) = (0xA076_1D64_78BD_642F, 0xE703_7ED1_A0B4_28DB)

    private static func folded(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}
