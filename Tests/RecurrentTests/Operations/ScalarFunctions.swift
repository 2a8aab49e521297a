internal import Foundation
import Recurrent
import Testing

@Suite("Functions of one number") struct ScalarFunctionTests {
    @Test("agree with Foundation's, and give way to them")
    func scalars() {
        for x in stride(from: 0.01, through: 30, by: 0.173) {
            #expect(abs(Recurrent.sin(x) - sin(x)) <= sin(x).ulp)
            #expect(abs(Recurrent.cos(x) - cos(x)) <= cos(x).ulp)
            #expect(abs(Recurrent.exp(x) - exp(x)) <= 3 * exp(x).ulp)
            #expect(abs(Recurrent.log(x) - log(x)) <= 3 * max(log(x).ulp, 1e-17))
            #expect(Recurrent.sqrt(x) == x.squareRoot())
        }
    }
}
