import Recurrent
import Testing

@Suite("Sorting") struct SortingTests {
    private let x = Tensor([3, .nan, 1, 3, .nan, -.infinity, .infinity])

    @Test("keeps the order of equals, and takes NaN for the largest, as PyTorch") func order() {
        let (up, upPlaces) = x.sorted()
        #expect(upPlaces.scalars == [5, 2, 0, 3, 6, 1, 4])
        #expect(Array(up.scalars.prefix(5)) == [-.infinity, 1, 3, 3, .infinity])
        let last = up.scalars.suffix(2)
        #expect(last.allSatisfy { $0.isNaN })
        #expect(x.sorted(descending: true).indices.scalars == [1, 4, 6, 0, 3, 2, 5])
        #expect(x.argsort() == upPlaces)
        #expect(x.topK(3).indices.scalars == [1, 4, 6])
        #expect(x.topK(3, largest: false).values.scalars == [-.infinity, 1, 3])
        #expect(Tensor([0, -0.0, 0]).argsort().scalars == [0, 1, 2])
    }

    @Test("goes along any axis") func axes() {
        let matrix = Tensor([[3, 1, 2], [0, 5, 4]])
        #expect(matrix.sorted(axis: 0).values.scalars == [0, 1, 2, 3, 5, 4])
        #expect(matrix.sorted(axis: 0).indices == IntTensor([[1, 0, 0], [0, 1, 1]]))
        #expect(matrix.argsort(axis: 1, descending: true) == IntTensor([[0, 2, 1], [1, 2, 0]]))
        #expect(matrix.topK(2, axis: 1).values.scalars == [3, 2, 5, 4])
        #expect(matrix.topK(0, axis: 0).values.shape == [0, 3])
        #expect(Tensor(7).sorted().values.shape == [])
        #expect(Tensor.zeros([0, 3]).argsort(axis: 0).shape == [0, 3])
    }

    @Test("sends gradients back to where the numbers stood") func gradients() {
        let w = Tensor([2, 3, 1]).requiringGradient()
        (w.sorted().values * Tensor([10, 20, 30])).sum().backward()
        #expect(w.gradient?.scalars == [20, 30, 10])
        w.zeroGradient()
        (w.topK(2).values * Tensor([10, 20])).sum().backward()
        #expect(w.gradient?.scalars == [20, 10, 0])
    }
}
