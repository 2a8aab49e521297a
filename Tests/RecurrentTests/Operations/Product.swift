import Recurrent
import Testing

@Suite("Products, cumulative sums and spreads") struct ProductTests {
    @Test("of numbers with zeros have the right gradients") func zeros() {
        func gradient(_ numbers: [Float]) -> [Float]? {
            let w = Tensor(numbers).requiringGradient()
            w.product().backward()
            return w.gradient?.scalars
        }
        #expect(gradient([2, 3, 4]) == [12, 8, 6])
        #expect(gradient([5, 3, 0]) == [0, 0, 15])
        #expect(gradient([0, 3, 0]) == [0, 0, 0])
        let w = Tensor([[2, 0], [5, 7]]).requiringGradient()
        (w.product(axis: 0) * Tensor([1, 10])).sum().backward()
        #expect(w.gradient?.scalars == [5, 70, 2, 0])
    }

    @Test("of nothing are 1, and have their shapes") func shapes() {
        #expect(Tensor.zeros([0]).product().item == 1)
        #expect(Tensor.zeros([0, 2]).product(axis: 0).scalars == [1, 1])
        #expect(Tensor.ones([2, 3]).product(axis: 1, keepingDimensions: true).shape == [2, 1])
        #expect(Tensor([1e30, 1e30, 1e-30]).product().item == 1e30)
    }

    @Test("of sums are rounded once, from double precision") func cumulativeSums() {
        let x = Tensor([[1, 2, 3], [4, 5, 6]])
        #expect(x.cumulativeSum(axis: 1).scalars == [1, 3, 6, 4, 9, 15])
        #expect(x.cumulativeSum(axis: 0).scalars == [1, 2, 3, 5, 7, 9])
        #expect(
            Tensor([16_777_216, 1, 1]).cumulativeSum(axis: 0).scalars == [16_777_216, 16_777_216, 16_777_218]
        )
        let w = Tensor([1, 2, 3]).requiringGradient()
        (w.cumulativeSum(axis: 0) * Tensor([1, 10, 100])).sum().backward()
        #expect(w.gradient?.scalars == [111, 110, 100])
    }

    @Test("of spreads are PyTorch's in their corners, too") func spreads() {
        let x = Tensor([[1, 2, 3], [4, 6, 8]])
        #expect(x.variance(axis: 1).scalars == [1, 4])
        #expect(x.standardDeviation(axis: 1, keepingDimensions: true).scalars == [1, 2])
        #expect(x.variance(axes: [0, 1], correction: 0).item == x.variance(correction: 0).item)
        #expect(Tensor([2, 3]).variance(correction: 3).item == .infinity)
        #expect(Tensor([2]).standardDeviation().item.isNaN)
        #expect(Tensor(2).variance().item.isNaN)
        let equal = Tensor([2, 2, 2]).requiringGradient()
        equal.standardDeviation().backward()
        #expect(equal.gradient?.scalars == [0, 0, 0])
    }
}
