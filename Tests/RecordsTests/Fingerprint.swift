import Records
import Testing

@Suite("A fingerprint") struct FingerprintTests {
    private func bytes(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) } }

    @Test(
        "is another for every length, and for every bit",
        arguments: [0, 1, 7, 8, 9, 15, 16, 17, 31, 32, 100]
    )
    func bits(length: Int) {
        let bytes = bytes(length)
        var seen: Set = [
            Fingerprint(of: bytes), Fingerprint(of: bytes + [0]), Fingerprint(of: bytes + [0, 0]),
        ]
        #expect(seen.count == 3)
        for bit in 0..<8 * length {
            var other = bytes
            other[bit / 8] ^= 1 << (bit % 8)
            #expect(seen.insert(Fingerprint(of: other)).inserted, "bit \(bit)")
        }
        #expect(Fingerprint(of: bytes) == Fingerprint(of: Array(bytes)))
        #expect(Fingerprint(of: bytes).text.count == 16)
    }

    @Test("tells what changed places")
    func places() {
        let (a, b) = (bytes(16), bytes(16).map { $0 ^ 1 })
        #expect(Fingerprint(of: a + b) != Fingerprint(of: b + a))
        #expect(Fingerprint(of: a + a) != Fingerprint(of: a))
        #expect(Fingerprint(of: [0] + a) != Fingerprint(of: a + [0]))
    }
}
