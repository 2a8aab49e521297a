internal import Foundation
import Recurrent
import Testing
internal import Turns

@Suite("Elementary functions", .inTurns) struct ElementaryTests {
    private static let points = (-4000...4000).map { Double($0) * 0.0217 + 0.001 }

    /// The distance in units in the last place of the expected number.
    private func ulps(_ actual: Double, _ expected: Double) -> Double {
        if actual == expected || (actual.isNaN && expected.isNaN) { return 0 }
        return abs(actual - expected) / expected.ulp
    }

    @Test("agree with the system's in double precision to a few units") func doubles() {
        var worst = (exp: 0.0, tanh: 0.0, log: 0.0, sigmoid: 0.0)
        for x in Self.points {
            worst.exp = max(worst.exp, ulps(Double.exp(x), Foundation.exp(x)))
            worst.tanh = max(worst.tanh, ulps(Double.tanh(x / 20), Foundation.tanh(x / 20)))
            worst.log = max(worst.log, ulps(Double.log(abs(x)), Foundation.log(abs(x))))
            worst.sigmoid = max(worst.sigmoid, ulps(Double.sigmoid(x), 1 / (1 + Foundation.exp(-x))))
        }
        #expect(worst.exp <= 3)
        #expect(worst.tanh <= 20)
        #expect(worst.log <= 3)
        #expect(worst.sigmoid <= 3)
    }

    @Test("know the ends of the scale") func limits() {
        #expect(Double.exp(710) == .infinity)
        #expect(Double.exp(-746) == 0)
        #expect(Double.exp(-745) == Foundation.exp(-745))
        #expect(Double.exp(709.5) / Foundation.exp(709.5) - 1 < 1e-15)
        #expect(Double.tanh(-100) == -1)
        #expect(Double.tanh(1e-300) == 1e-300)
        #expect(Double.exp(.nan).isNaN)
        #expect(Float.power(2, 10) == 1024)
        #expect(Float.power(9, 1.5) == 27)
        #expect(Float.power(-2, -2) == 0.25)
    }

    @Test("of tensors have their derivatives") func derivatives() {
        let x = Tensor([0, 0.5, -2]).requiringGradient()
        let y = tanh(x)
        y.sum().backward()
        #expect(y.scalars == [0, 0.46211717, -0.9640276])
        #expect(x.gradient?.scalars == y.scalars.map { 1 - $0 * $0 })
    }
}
