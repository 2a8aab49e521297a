internal import Foundation

/// Bytes are looked for by the C library, which is fast where this module is compiled without optimization, too: of
/// thousands of lessons most lines hold nothing special, and all are asked.
extension [UInt8] {
    /// Whether a byte is among these.
    func hold(_ byte: UInt8) -> Bool {
        withUnsafeBytes { bytes in
            bytes.baseAddress.map { memchr($0, Int32(byte), bytes.count) != nil } ?? false
        }
    }

    /// Whether one of some bytes is among these.
    func hold(oneOf others: [UInt8]) -> Bool {
        others.contains { hold($0) }
    }

    /// Whether the UTF-8 of a text stands at an offset.
    func hold(_ text: Substring.UTF8View, at offset: Int) -> Bool {
        let wanted = ContiguousArray(text)
        guard offset >= 0, offset + wanted.count <= count else { return false }
        return withUnsafeBytes { bytes in
            wanted.withUnsafeBytes { wanted in
                guard let start = bytes.baseAddress, let other = wanted.baseAddress else { return true }
                return memcmp(start + offset, other, wanted.count) == 0
            }
        }
    }
}
