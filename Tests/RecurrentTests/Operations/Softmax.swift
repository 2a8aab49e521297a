import Recurrent
import Testing

@Suite("Softmax") struct SoftmaxTests {
    @Test("gives shares that add up to 1") func shares() {
        let y = softmax(Tensor([[1, 2, 3], [1000, 1000, -1000]]))
        let e = [-2.0, -1, 0].map { Recurrent.exp($0) }
        for (actual, expected) in zip(y[0].scalars, e.map { $0 / (e[0] + e[1] + e[2]) }) {
            #expect(abs(Double(actual) - expected) < 1e-7)
        }
        #expect(y[1].scalars == [0.5, 0.5, 0])
        #expect(softmax(Tensor([[1, 2], [1, 2]]), axis: 0).scalars == [0.5, 0.5, 0.5, 0.5])
    }

    @Test("gives a single number all") func singleNumber() {
        let x = Tensor(3).requiringGradient()
        #expect(softmax(x).item == 1 && softmax(x, axis: 0).shape == [])
        #expect(logSoftmax(x).item == 0)
        softmax(x).backward()
        #expect(x.gradient?.item == 0)
    }

    @Test("has a logarithm that keeps small shares") func logarithm() {
        let y = logSoftmax(Tensor([0, 200]))
        #expect(y.scalars == [-200, 0])
        #expect(
            logSoftmax(Tensor([[5, 5], [5, 5]]), axis: 0).scalars.allSatisfy { abs($0 + 0.6931472) < 1e-7 }
        )
    }

    @Test("has the right derivatives, along any axis") func derivatives() {
        for axis in [0, 1, -1] {
            checkDerivatives(scatteredParameters([2, 3, 4])) { softmax(2 * $0[0], axis: axis) }
            checkDerivatives(scatteredParameters([2, 3, 4])) { logSoftmax(2 * $0[0], axis: axis) }
        }
    }
}
