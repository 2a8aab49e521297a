import Recurrent
import Testing

@Suite("Sums and means") struct ReductionTests {
    let x = Tensor.arange(0, 24).reshaped(2, 3, 4)

    @Test("run over any axes") func values() {
        #expect(x.sum().item == 276)
        #expect(x.sum().shape == [])
        #expect(x.sum(axis: 0).shape == [3, 4])
        #expect(x.sum(axis: 0).scalars == [12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34])
        #expect(x.sum(axis: 1).scalars == [12, 15, 18, 21, 48, 51, 54, 57])
        #expect(x.sum(axis: -1).scalars == [6, 22, 38, 54, 70, 86])
        #expect(x.sum(axis: 1, keepingDimensions: true).shape == [2, 1, 4])
        #expect(x.sum(axes: [0, 2]).scalars == [60, 92, 124])
        #expect(x.sum(axes: [0, 1, 2]).shape == [])
        #expect(x.sum(axes: [0, 1, 2]).item == 276)
        #expect(x.sum(axes: []).scalars == x.scalars)
        #expect(x.mean().item == 11.5)
        #expect(x.mean(axis: 2).scalars == [1.5, 5.5, 9.5, 13.5, 17.5, 21.5])
        #expect(x.mean(axes: [0, 1], keepingDimensions: true).shape == [1, 1, 4])
    }

    @Test("of single numbers are numbers of their own") func copies() {
        let w = Tensor([[1], [2]])
        let sums = [
            w.sum(axis: 1), w.sum(axes: []), w.mean(axis: 1), w.sum(axis: 1, keepingDimensions: true),
        ]
        w.data = Tensor([[10], [20]])
        for sum in sums { #expect(sum.scalars == [1, 2]) }
    }

    @Test("over nothing are zero and not a number") func empty() {
        let nothing = Tensor.zeros([0, 3])
        #expect(nothing.sum().item == 0)
        #expect(nothing.sum(axis: 0).scalars == [0, 0, 0])
        #expect(nothing.mean().item.isNaN)
    }

    @Test("have the right derivatives") func derivatives() {
        checkDerivatives(scatteredParameters([2, 3, 4])) { ($0[0] * $0[0]).sum() }
        checkDerivatives(scatteredParameters([2, 3, 4])) { ($0[0] * $0[0]).mean(axis: 1) }
        checkDerivatives(scatteredParameters([2, 3, 4])) { ($0[0] * $0[0]).sum(axes: [0, 2]) }
        checkDerivatives(scatteredParameters([2, 3, 4])) {
            $0[0] * $0[0].mean(axis: -1, keepingDimensions: true)
        }
    }
}

@Suite("The largest and the smallest") struct ExtremumTests {
    let x = Tensor([[3, -1, 7], [7, 0, 2]])

    @Test("are found, with their places") func values() {
        #expect(x.max().item == 7)
        #expect(x.min().item == -1)
        #expect(x.argmax() == 2)
        #expect(x.argmin() == 1)
        let rows = x.max(axis: 1)
        #expect(rows.values.scalars == [7, 7])
        #expect(rows.indices == IntTensor([2, 0]))
        let columns = x.min(axis: 0, keepingDimensions: true)
        #expect(columns.values.shape == [1, 3])
        #expect(columns.values.scalars == [3, -1, 2])
        #expect(columns.indices == IntTensor([[0, 0, 1]]))
        #expect(x.argmax(axis: 0) == IntTensor([1, 1, 0]))
        #expect(x.argmin(axis: -1) == IntTensor([1, 1]))
    }

    @Test("are not a number where one is none") func notANumber() {
        let y = Tensor([[1, .nan, 3], [1, 2, 3]])
        #expect(y.max().item.isNaN)
        #expect(y.argmax() == 1)
        #expect(y.argmin() == 1)
        #expect(y.max(axis: 1).values.scalars[1] == 3)
        #expect(y.max(axis: 1).values.scalars[0].isNaN)
    }

    @Test("share their gradient among equals, or give it to the first along an axis") func gradients() {
        let w = x.requiringGradient()
        w.max().backward()
        #expect(w.gradient?.scalars == [0, 0, 0.5, 0.5, 0, 0])
        let v = Tensor([[1, 1], [0, 2]]).requiringGradient()
        v.max(axis: 1).values.sum().backward()
        #expect(v.gradient?.scalars == [1, 0, 0, 1])
    }

    @Test("have the right derivatives") func derivatives() {
        checkDerivatives(scatteredParameters([2, 3, 4])) { $0[0].max() * $0[0].min() }
        checkDerivatives(scatteredParameters([2, 3, 4])) { $0[0].max(axis: 1).values }
        checkDerivatives(scatteredParameters([2, 3, 4])) {
            $0[0].min(axis: 0, keepingDimensions: true).values
        }
    }
}
