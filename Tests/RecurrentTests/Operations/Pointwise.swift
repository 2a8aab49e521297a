internal import Foundation
import Recurrent
import Testing

@Suite("Functions of each number") struct PointwiseTests {
    private let points: [Float] = (1...500).map { Float($0) * 0.0371 }

    @Test("have the values of the mathematical functions") func values() {
        let x = Tensor(points)
        func compare(_ y: Tensor, _ f: (Double) -> Double, sourceLocation: SourceLocation = #_sourceLocation)
        {
            for (actual, point) in zip(y.scalars, points) {
                let expected = Float(f(Double(point)))
                #expect(abs(actual - expected) <= 2 * expected.ulp, sourceLocation: sourceLocation)
            }
        }
        compare(Recurrent.exp(x)) { Foundation.exp($0) }
        compare(Recurrent.log(x)) { Foundation.log($0) }
        compare(Recurrent.sqrt(x)) { $0.squareRoot() }
        compare(Recurrent.tanh(x)) { Foundation.tanh($0) }
        compare(Recurrent.sigmoid(x)) { 1 / (1 + Foundation.exp(-$0)) }
        #expect(Recurrent.abs(Tensor([-2, 0, 3])).scalars == [2, 0, 3])
        #expect(relu(Tensor([-2, 0, 3])).scalars == [0, 0, 3])
        #expect(relu(Tensor([.nan])).item.isNaN)
    }

    @Test("have the right derivatives") func derivatives() {
        checkDerivatives(scatteredParameters([3, 5])) { Recurrent.exp($0[0]) }
        checkDerivatives(scatteredParameters([3, 5])) { Recurrent.log($0[0] * $0[0]) }
        checkDerivatives(scatteredParameters([3, 5])) { Recurrent.sqrt($0[0] * $0[0] + 0.5) }
        checkDerivatives(scatteredParameters([3, 5])) { Recurrent.tanh($0[0]) }
        checkDerivatives(scatteredParameters([3, 5])) { Recurrent.sigmoid(3 * $0[0]) }
        checkDerivatives(scatteredParameters([3, 5])) { Recurrent.abs($0[0]) }
        checkDerivatives(scatteredParameters([3, 5])) { relu($0[0]) }
        checkDerivatives(scatteredParameters([3, 5])) { $0[0].pow(2) + $0[0].pow(3) + $0[0].pow(-1) }
        checkDerivatives(scatteredParameters([3, 5])) { ($0[0] + 2).pow(1.7) }
    }

    @Test("take the gradient 0 at a kink") func kinks() {
        let x = Tensor([0]).requiringGradient()
        (relu(x) + Recurrent.abs(x)).sum().backward()
        #expect(x.gradient?.item == 0)
    }
}
