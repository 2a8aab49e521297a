import Serialization
import Testing

@Suite struct DigestTests {
    @Test("A digest is SHA-256, as in the examples of FIPS 180-2") func isSHA256() {
        #expect(
            Digest(of: "").text == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        )
        #expect(
            Digest(of: "abc").text == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
        #expect(
            Digest(of: String(repeating: "a", count: 1_000_000)).text
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        )
    }

    /// As many times `b`, as `sha256sum` has it.
    @Test(
        "Lengths around the end of a block",
        arguments: [
            55: "eb2c86e932179f4ba13fe8715a26124b77d6bad290b9b4c1cc140cf633300c19",
            56: "a5fc6e203a4c2b657d0d153885932414b2ffc6a93f0f8bf8b3183315e5a7212c",
            63: "94e419fabac7f930810f9636354042f8c1426d2f834d4ab65c93dc1e69326b13",
            64: "a0fab1377f49a759b57f63318262ebe89fabfc990e8e93ceac2984561482b9d4",
            65: "74b128f30cf83de43ddf4aafc40c7b50a7443d3c73a89a7cfca17e15e43d51ab",
            119: "68297a9eb141ce16bbc0847da1c0c48e2858704feaa13993bde29f87a198a6e1",
        ]
    ) func padding(count: Int, digest: String) {
        #expect(Digest(of: String(repeating: "b", count: count)).text == digest)
    }
}
