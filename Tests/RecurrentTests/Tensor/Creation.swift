import Recurrent
import Testing

@Suite("Creating tensors") struct CreationTests {
    @Test("from nested arrays") func nested() {
        #expect(Tensor(1.5).shape == [])
        #expect(Tensor([1, 2, 3]).shape == [3])
        #expect(Tensor([[1, 2, 3], [4, 5, 6]]).shape == [2, 3])
        let block = Tensor([[[1], [2]], [[3], [4]], [[5], [6]]])
        #expect(block.shape == [3, 2, 1])
        #expect(block.scalars == [1, 2, 3, 4, 5, 6])
        #expect(Tensor([[Float]]()).shape == [0, 0])
    }

    @Test("filled with one number") func filled() {
        #expect(Tensor.zeros([2, 2]).scalars == [0, 0, 0, 0])
        #expect(Tensor.ones([3]).scalars == [1, 1, 1])
        #expect(Tensor.full([2], -2.5).scalars == [-2.5, -2.5])
        #expect(Tensor.full([], 7).item == 7)
        #expect(Tensor.zeros([4, 0, 2]).count == 0)
        #expect(Tensor.ones(like: Tensor([[1, 2]])).shape == [1, 2])
    }

    @Test("in equal steps") func steps() {
        #expect(Tensor.arange(0, 5).scalars == [0, 1, 2, 3, 4])
        #expect(Tensor.arange(1, 2, step: 0.3).scalars == [1, 1.3, 1.6, 1.9])
        #expect(Tensor.arange(3, 0, step: -1).scalars == [3, 2, 1])
        #expect(Tensor.linspace(0, 1, count: 5).scalars == [0, 0.25, 0.5, 0.75, 1])
        #expect(Tensor.linspace(2, 7, count: 20).scalars.last == 7)
        #expect(Tensor.linspace(2, 7, count: 1).scalars == [2])
    }
}
