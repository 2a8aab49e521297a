import Recurrent
import Testing

@Suite("Concatenation") struct ConcatenationTests {
    @Test("joins along any axis and hands each part its gradient") func joins() {
        let a = Tensor([[1, 2], [3, 4]]).requiringGradient()
        let b = Tensor([[5], [6]]).requiringGradient()
        let y = concatenated([a, b], axis: 1)
        #expect(y.shape == [2, 3])
        #expect(y.scalars == [1, 2, 5, 3, 4, 6])
        y.backward(Tensor([[1, 2, 3], [4, 5, 6]]))
        #expect(a.gradient?.scalars == [1, 2, 4, 5])
        #expect(b.gradient?.scalars == [3, 6])
        #expect(concatenated([a, a]).scalars == [1, 2, 3, 4, 1, 2, 3, 4])
        #expect(concatenated([a, b], axis: -1).scalars == y.scalars)
    }

    @Test("adds up for a part that stands twice") func twice() {
        let a = Tensor([1, 2]).requiringGradient()
        concatenated([a, Tensor([9]), a]).backward(Tensor([1, 2, 3, 4, 5]))
        #expect(a.gradient?.scalars == [5, 7])
    }
}
