/// SHA-256 of a stretch of bytes (FIPS 180-4), in hexadecimal: names a content by itself.
package struct Digest: Sendable, Hashable {
    /// 64 hexadecimal digits.
    package let text: String

    /// Reads a digest back; no check is made.
    package init(text: String) {
        self.text = text
    }

    /// Digests bytes.
    package init(of bytes: some Collection<UInt8>) {
        var message = Array(bytes)
        let length = UInt64(message.count) * 8
        message.append(0x80)
        message += Array(repeating: 0, count: (120 - message.count % 64) % 64)
        message += (0..<8).map { UInt8(truncatingIfNeeded: length >> (56 - 8 * UInt64($0))) }

        var state = Digest.start
        let constants = Digest.constants
        message.withUnsafeBytes { message in
            withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
                for block in stride(from: 0, to: message.count, by: 64) {
                    for i in 0..<16 {
                        let word = message.loadUnaligned(fromByteOffset: block + 4 * i, as: UInt32.self)
                        schedule[i] = UInt32(bigEndian: word)
                    }
                    constants.withUnsafeBufferPointer { Digest.compress(schedule, $0, into: &state) }
                }
            }
        }
        text = state.map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }.joined()
    }

    /// Digests a text.
    package init(of text: String) {
        self.init(of: text.utf8)
    }

    private static func compress(
        _ w: UnsafeMutableBufferPointer<UInt32>,
        _ constants: UnsafeBufferPointer<UInt32>,
        into state: inout [UInt32]
    ) {
        for i in 16..<64 {
            let s0 = rotated(w[i - 15], 7) ^ rotated(w[i - 15], 18) ^ w[i - 15] >> 3
            let s1 = rotated(w[i - 2], 17) ^ rotated(w[i - 2], 19) ^ w[i - 2] >> 10
            w[i] = w[i - 16] &+ s0 &+ w[i - 7] &+ s1
        }
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        for i in 0..<64 {
            let s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
            let choice = e & f ^ ~e & g
            let t1 = h &+ s1 &+ choice &+ constants[i] &+ w[i]
            let s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
            let majority = a & b ^ a & c ^ b & c
            (h, g, f, e) = (g, f, e, d &+ t1)
            (d, c, b, a) = (c, b, a, t1 &+ s0 &+ majority)
        }
        state[0] &+= a
        state[1] &+= b
        state[2] &+= c
        state[3] &+= d
        state[4] &+= e
        state[5] &+= f
        state[6] &+= g
        state[7] &+= h
    }

    private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
        word >> count | word << (32 - count)
    }

    /// The first 32 bits of the fractions of the square roots of the first eight primes.
    private static let start = primes.prefix(8).map { fraction(ofRoot: 2, of: $0) }

    /// The first 32 bits of the fractions of the cube roots of the first 64 primes.
    private static let constants = primes.map { fraction(ofRoot: 3, of: $0) }

    private static let primes = (2...311).filter { n in !(2..<n).contains { n % $0 == 0 } }

    /// The first 32 bits of the fraction of a root: found bit by bit as that of the number times 2 to the 32 × degree.
    private static func fraction(ofRoot degree: Int, of number: Int) -> UInt32 {
        let radicand = UInt128(number) << (32 * degree)
        var root: UInt128 = 0
        for bit in (0..<38).reversed() {
            let larger = root | 1 << bit
            if (1..<degree).reduce(larger, { power, _ in power * larger }) <= radicand { root = larger }
        }
        return UInt32(truncatingIfNeeded: root)
    }
}
