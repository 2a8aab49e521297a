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

    @Test("begins with nothing, whatever shape comes then") func nothing() {
        let a = Tensor([[1, 2], [3, 4]]).requiringGradient()
        let nothing = Tensor.zeros([0])
        for parts in [[nothing, a, a], [a, nothing, a], [nothing, a, nothing, a, nothing]] {
            #expect(concatenated(parts).shape == [4, 2])
            #expect(concatenated(parts, axis: 1).scalars == [1, 2, 1, 2, 3, 4, 3, 4])
        }
        concatenated([nothing, a]).sum().backward()
        #expect(a.gradient?.scalars == [1, 1, 1, 1])
        #expect(concatenated([nothing, nothing]).shape == [0])
        #expect(concatenated([nothing, Tensor([5])]).scalars == [5])
    }

    @Test("adds up for a part that stands twice") func twice() {
        let a = Tensor([1, 2]).requiringGradient()
        concatenated([a, Tensor([9]), a]).backward(Tensor([1, 2, 3, 4, 5]))
        #expect(a.gradient?.scalars == [5, 7])
    }

    @Test("stacks along a new axis") func stacks() {
        let (a, b) = (Tensor([[1, 2], [3, 4]]), Tensor([[5, 6], [7, 8]]))
        #expect(stacked([a, b]).shape == [2, 2, 2])
        #expect(stacked([a, b]).scalars == [1, 2, 3, 4, 5, 6, 7, 8])
        #expect(stacked([a, b], axis: 1).scalars == [1, 2, 5, 6, 3, 4, 7, 8])
        #expect(stacked([a, b], axis: -1).scalars == [1, 5, 2, 6, 3, 7, 4, 8])
        #expect(stacked([Tensor(1), Tensor(2)]).scalars == [1, 2])
    }

    @Test("has the right derivatives") func derivatives() {
        for axis in [0, 1, -1] {
            checkDerivatives(scatteredParameters([2, 3], [2, 3])) { concatenated($0, axis: axis) }
            checkDerivatives(scatteredParameters([2, 3], [2, 3])) { stacked($0, axis: axis) }
        }
    }
}
