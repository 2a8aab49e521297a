import Recurrent
import Testing

@Suite("Selecting by integers") struct RowSelectionTests {
    let table = Tensor([[0, 1], [10, 11], [20, 21]])

    @Test("takes rows in any order, again and again") func rows() {
        let y = table[IntTensor([[2, 0], [2, 1]])]
        #expect(y.shape == [2, 2, 2])
        #expect(y.scalars == [20, 21, 0, 1, 20, 21, 10, 11])
        #expect(table[IntTensor(1)].scalars == [10, 11])
        #expect(table[IntTensor([[Int]]())].shape == [0, 0, 2])
    }

    @Test("picks one entry of each line") func entries() {
        #expect(table.picking(IntTensor([1, 0, 1])).scalars == [1, 10, 21])
        #expect(table.picking(IntTensor([2, 0]), axis: 0).scalars == [20, 1])
        let x = Tensor.arange(0, 12).reshaped(2, 3, 2)
        #expect(x.picking(IntTensor([[0, 2], [1, 1]]), axis: 1).scalars == [0, 5, 8, 9])
    }

    @Test("adds up the gradients of copies") func gradients() {
        let w = table.requiringGradient()
        w[IntTensor([2, 0, 2])].backward(Tensor([[1, 2], [3, 4], [10, 20]]))
        #expect(w.gradient?.scalars == [3, 4, 0, 0, 11, 22])
    }

    @Test("has the right derivatives") func derivatives() {
        checkDerivatives(scatteredParameters([3, 4])) { $0[0][IntTensor([2, 0, 2])] }
        checkDerivatives(scatteredParameters([2, 3, 4])) {
            $0[0].picking(IntTensor([[0, 1, 2, 0], [2, 2, 1, 1]]), axis: 1)
        }
    }
}
