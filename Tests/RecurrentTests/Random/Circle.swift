import Recurrent
import Testing

@Suite struct CircleTests {
    /// Correctly rounded values, from 1,400-bit arithmetic; the last but one argument is the double that
    /// comes nearest to an odd multiple of π/2.
    @Test(arguments: [
        (0x1.12e0be826d695p-30, 0x1.12e0be826d695p-30, 0x1p+0),
        (0x1p-1, 0x1.eaee8744b05f0p-2, 0x1.c1528065b7d50p-1),
        (0x1.921fb54442d18p-1, 0x1.6a09e667f3bccp-1, 0x1.6a09e667f3bcdp-1),
        (0x1.921fb54442d18p+0, 0x1p+0, 0x1.1a62633145c07p-54),
        (0x1.921fb54442d18p+1, 0x1.1a62633145c07p-53, -0x1p+0),
        (-0x1p+1, -0x1.d18f6ead1b446p-1, -0x1.aa22657537205p-2),
        (0x1.921fb54442d18p+2, -0x1.1a62633145c07p-52, 0x1p+0),
        (0x1.888p+10, -0x1.6df93b44c0536p-1, 0x1.660f7fca2568bp-1),
        (0x1.63p+8, -0x1.f9bd0307d1de3p-16, -0x1.fffffffc18e4cp-1),
        (0x1.0f0cf064dd592p+73, -0x1.b453ab76bf397p-1, 0x1.0be2cef01c8f4p-1),
        (0x1.6ac5b262ca1ffp+849, 0x1p+0, -0x1.14ae72e6ba22fp-61),
        (0x1.fffffffffffffp+1023, 0x1.452fc98b34e97p-8, -0x1.fffe62ecfab75p-1),
    ])
    func `sines and cosines are correctly rounded`(angle: Double, sine: Double, cosine: Double) {
        #expect(Circle.sineAndCosine(of: angle) == (sine, cosine))
        #expect(Circle.sineAndCosine(of: -angle) == (-sine, cosine))
    }

    @Test func `there is no angle at infinity`() {
        #expect(Circle.sineAndCosine(of: .infinity).sine.isNaN)
        #expect(Circle.sineAndCosine(of: .nan).cosine.isNaN)
    }
}
