import Recurrent
import Testing

@Suite("Axes") struct AxesTests {
    let x = Tensor.arange(0, 24).reshaped(2, 3, 4)

    @Test("can be exchanged") func transposed() {
        let matrix = Tensor([[1, 2, 3], [4, 5, 6]])
        #expect(matrix.transposed().shape == [3, 2])
        #expect(matrix.transposed().scalars == [1, 4, 2, 5, 3, 6])
        #expect(x.transposed(0, 1).shape == [3, 2, 4])
        #expect(x.transposed(0, 1)[2, 1].scalars == [20, 21, 22, 23])
        #expect(x.permuted([2, 0, 1]).shape == [4, 2, 3])
        #expect(x.permuted([2, 0, -2])[3].scalars == [3, 7, 11, 15, 19, 23])
        #expect(x.permuted([0, 1, 2]).scalars == x.scalars)
    }

    @Test("can be run backward") func flipped() {
        let x = x[0]
        #expect(x.flipped(axis: 0).scalars == [8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3])
        #expect(x.flipped(axis: -1)[0].scalars == [3, 2, 1, 0])
        #expect(Tensor.zeros([0, 2]).flipped(axis: 0).shape == [0, 2])
    }

    @Test("of length 1 come, go, and are repeated") func lengthOne() {
        let y = Tensor([1, 2, 3])
        #expect(y.unsqueezed(axis: 0).shape == [1, 3])
        #expect(y.unsqueezed(axis: -1).shape == [3, 1])
        #expect(y.unsqueezed(axis: -2).shape == [1, 3])
        #expect(Tensor.zeros([3, 1, 2]).squeezed(axis: 1).shape == [3, 2])
        #expect(Tensor.zeros([1, 3, 1, 2, 1]).squeezed().shape == [3, 2])
        #expect(y.broadcast(to: [2, 3]).scalars == [1, 2, 3, 1, 2, 3])
        #expect(y.unsqueezed(axis: 1).broadcast(to: [2, 3, 2])[1].scalars == [1, 1, 2, 2, 3, 3])
    }

    @Test("are reshaped, with one length found") func reshaped() {
        #expect(x.reshaped(6, -1).shape == [6, 4])
        #expect(x.reshaped([-1]).shape == [24])
        #expect(x.flattened().scalars == x.scalars)
        #expect(Tensor(5).reshaped(1, 1).shape == [1, 1])
    }

    @Test("have the right derivatives") func derivatives() {
        checkDerivatives(scatteredParameters([2, 3, 4])) { $0[0].permuted([2, 0, 1]) }
        checkDerivatives(scatteredParameters([2, 3, 4])) { $0[0].transposed(0, 1) * 2 }
        checkDerivatives(scatteredParameters([2, 3, 4])) { $0[0].flipped(axis: 1) }
        checkDerivatives(scatteredParameters([3, 1])) { $0[0].broadcast(to: [2, 3, 4]) }
        checkDerivatives(scatteredParameters([2, 3, 4])) {
            $0[0].reshaped(6, 4).squeezed().unsqueezed(axis: 1)
        }
        checkDerivatives(scatteredParameters([4, 3, 2])) { x in
            let last = x[0][.all, -1]
            let middle = x[0][1..<3, 0...1, stride(from: 1, through: 0, by: -1)]
            return concatenated([
                last.flattened(), middle.flattened(), x[0][2].flattened(), x[0][1...].flattened(),
            ])
        }
    }
}
