import Recurrent
import Testing

@Suite("Indexing") struct IndexingTests {
    // x[i, j, k] = 100 i + 10 j + k
    let x = Tensor.arange(0, 3).reshaped(3, 1) * 10 + Tensor.arange(0, 4) + Tensor([[[0]], [[100]]])

    @Test("with a number takes the axis away") func numbers() {
        #expect(x[1].shape == [3, 4])
        #expect(x[1].scalars == [100, 101, 102, 103, 110, 111, 112, 113, 120, 121, 122, 123])
        #expect(x[1, 2, 3].item == 123)
        #expect(x[-1, -3].scalars == [100, 101, 102, 103])
    }

    @Test("with ranges keeps the axis") func ranges() {
        let y = Tensor([0, 1, 2, 3, 4])
        #expect(y[1..<3].scalars == [1, 2])
        #expect(y[1...3].scalars == [1, 2, 3])
        #expect(y[3...].scalars == [3, 4])
        #expect(y[(-2)...].scalars == [3, 4])
        #expect(y[..<2].scalars == [0, 1])
        #expect(y[..<(-1)].scalars == [0, 1, 2, 3])
        #expect(y[...(-2)].scalars == [0, 1, 2, 3])
        #expect(y[...(-1)].scalars == [0, 1, 2, 3, 4])
        #expect(y[(-4)..<(-1)].scalars == [1, 2, 3])
        #expect(y[2..<2].shape == [0])
        #expect(y[5...].shape == [0])
        #expect(y[..<(-5)].shape == [0])
    }

    @Test("with strides, forward and backward") func strides() {
        let y = Tensor([0, 1, 2, 3, 4])
        #expect(y[stride(from: 0, to: 5, by: 2)].scalars == [0, 2, 4])
        #expect(y[stride(from: 1, through: 4, by: 3)].scalars == [1, 4])
        #expect(y[stride(from: 4, through: 0, by: -1)].scalars == [4, 3, 2, 1, 0])
        #expect(y[stride(from: 0, to: 0, by: 1)].shape == [0])
    }

    @Test("mixes all kinds over several axes") func mixed() {
        let last = x[.all, -1]
        #expect(last.shape == [2, 4])
        #expect(last.scalars == [20, 21, 22, 23, 120, 121, 122, 123])
        let column = x[.all, 1..<3, 0]
        #expect(column.scalars == [10, 20, 110, 120])
        let backward = x[0, .all, stride(from: 3, through: 0, by: -3)]
        #expect(backward.scalars == [3, 0, 13, 10, 23, 20])
    }

    @Test("sends gradients back to the places that were read") func gradients() {
        let w = Tensor([[1, 2, 3], [4, 5, 6]]).requiringGradient()
        (w[.all, 1] * Tensor([10, 20]) + w[0, stride(from: 2, through: 0, by: -2)]).sum().backward()
        #expect(w.gradient?.scalars == [1, 10, 1, 0, 20, 0])
    }
}
