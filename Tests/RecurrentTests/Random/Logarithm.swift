import Recurrent
import Testing

@Suite struct LogarithmTests {
    /// Correctly rounded values, from 1,400-bit arithmetic.
    @Test(arguments: [
        (0x1p-1, -0x1.62e42fefa39efp-1), (0x1.8p-1, -0x1.269621134db92p-2),
        (0x1.fffffffffffffp-1, -0x1p-53), (0x1.0000000000001p+0, 0x1.fffffffffffffp-53),
        (0x1.6a09e667f3bcdp+0, 0x1.62e42fefa39f0p-2), (0x1p+1, 0x1.62e42fefa39efp-1),
        (0x1.4p+3, 0x1.26bb1bbb55516p+1), (0x1.56e1fc2f8f359p-997, -0x1.5963447f87fb5p+9),
        (0x1p-1074, -0x1.74385446d71c3p+9), (0x1.fffffffffffffp+1023, 0x1.62e42fefa39efp+9),
    ])
    func `logarithms are correctly rounded`(x: Double, logarithm: Double) {
        #expect(Logarithm.natural(of: x) == logarithm)
    }

    @Test(arguments: [
        (-0x1.fffffffffffffp-1, -0x1.25e4f7b2737fap+5), (-0x1p-1, -0x1.62e42fefa39efp-1),
        (-0x1.b7cdfd9d7bdbbp-34, -0x1.b7cdfd9dda4e3p-34), (-0x1p-53, -0x1p-53),
        (0x1.79ca10c924223p-67, 0x1.79ca10c924223p-67), (0x1p-2, 0x1.c8ff7c79a9a22p-3),
        (0x1.8p+1, 0x1.62e42fefa39efp+0),
    ])
    func `logarithms near one keep their digits`(x: Double, logarithm: Double) {
        #expect(Logarithm.natural(ofOnePlus: x) == logarithm)
    }

    @Test func `the ends of the range are as in IEEE 754`() {
        #expect(Logarithm.natural(of: 0) == -.infinity)
        #expect(Logarithm.natural(of: .infinity) == .infinity)
        #expect(Logarithm.natural(of: -1).isNaN)
        #expect(Logarithm.natural(of: .nan).isNaN)
    }
}
