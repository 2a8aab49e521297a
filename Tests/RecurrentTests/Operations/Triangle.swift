import Recurrent
import Testing

@Suite("Triangles") struct TriangleTests {
    @Test("cut off what lies on the other side of a diagonal, whatever it is") func values() {
        let x = Tensor([[1, .nan, 3], [4, 5, .infinity]])
        #expect(x.lowerTriangle().scalars == [1, 0, 0, 4, 5, 0])
        #expect(x.upperTriangle(diagonal: 2).scalars == [0, 0, 3, 0, 0, 0])
        #expect(x.lowerTriangle(diagonal: -9).scalars == [0, 0, 0, 0, 0, 0])
        #expect(x.upperTriangle(diagonal: .max).scalars == [0, 0, 0, 0, 0, 0])
        #expect(Tensor([[1, 2], [3, 4]]).upperTriangle(diagonal: .min).scalars == [1, 2, 3, 4])
        #expect(Tensor.zeros([2, 0, 3]).lowerTriangle().shape == [2, 0, 3])
    }

    @Test("mask what comes later in a sequence") func masks() {
        #expect(Tensor.lowerTriangle(2, 3).scalars == [1, 0, 0, 1, 1, 0])
        #expect(Tensor.upperTriangle(2).scalars == [1, 1, 0, 1])
        let scores = Tensor.zeros([3, 3])
        let weights = softmax(scores.replacing(with: -.infinity, where: .upperTriangle(3, diagonal: 1)))
        #expect(weights[0].scalars == [1, 0, 0])
        #expect(weights[1].scalars == [0.5, 0.5, 0])
    }

    @Test("stand beside products of stacks of matrices") func batches() {
        let (a, b) = (Tensor.arange(0, 12).reshaped(2, 2, 3), Tensor.arange(0, 6).reshaped(2, 3, 1))
        let products = a.batchedProduct(b)
        #expect(products.shape == [2, 2, 1])
        for batch in 0..<2 { #expect(products[batch].scalars == a[batch].matmul(b[batch]).scalars) }
    }
}
