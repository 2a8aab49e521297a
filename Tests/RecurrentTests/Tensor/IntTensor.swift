import Recurrent
import Testing

@Suite("An integer tensor") struct IntTensorTests {
    let x = IntTensor([[1, 2, 3], [4, 5, 6]])

    @Test("is a value") func values() {
        #expect(x.shape == [2, 3])
        #expect(x.scalars == [1, 2, 3, 4, 5, 6])
        #expect(x == IntTensor(shape: [2, 3], scalars: [1, 2, 3, 4, 5, 6]))
        #expect(x != x.reshaped(3, 2))
        #expect(x.reshaped(3, -1).shape == [3, 2])
        #expect(IntTensor(7).item == 7)
        #expect(IntTensor.arange(2, 5).scalars == [2, 3, 4])
        #expect(IntTensor.arange(3, 3).shape == [0])
        #expect(IntTensor.arange(.max - 1, .max).scalars == [.max - 1])
        #expect(IntTensor.zeros([2, 1]).scalars == [0, 0])
    }

    @Test("is indexed as a tensor") func indexing() {
        #expect(x[1].scalars == [4, 5, 6])
        #expect(x[0..<1].shape == [1, 3])
        #expect(x[1, -1].item == 6)
        let columns = x[.all, stride(from: 2, through: 0, by: -2)]
        #expect(columns == IntTensor([[3, 1], [6, 4]]))
    }

    @Test("turns into a tensor and back") func conversion() {
        #expect(Tensor(x).scalars == [1, 2, 3, 4, 5, 6])
        #expect(IntTensor(Tensor([1.9, -1.9])).scalars == [1, -1])
        #expect(Tensor.oneHot(IntTensor([2, 0]), count: 3).scalars == [0, 0, 1, 1, 0, 0])
    }

    @Test("prints in columns") func printing() {
        #expect("\(IntTensor([[1, 20], [-3, 4]]))" == "IntTensor [2, 2]\n[[ 1 20]\n [-3  4]]")
        #expect("\(IntTensor([1, 2]))" == "IntTensor [2] [1 2]")
    }
}
