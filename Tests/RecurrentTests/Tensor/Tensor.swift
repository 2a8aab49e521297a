import Recurrent
import Testing

@Suite("A tensor") struct TensorTests {
    @Test("gives back its shape and its numbers, row-major") func numbers() {
        let x = Tensor(shape: [2, 3], scalars: [1, 2, 3, 4, 5, 6])
        #expect(x.shape == [2, 3])
        #expect(x.rank == 2)
        #expect(x.count == 6)
        #expect(x.scalars == [1, 2, 3, 4, 5, 6])
    }

    @Test("has its numbers on a cache line when there are many") func alignment() {
        for count in [1, 3, 15, 16, 17, 1000, 4097] {
            let x = Tensor(shape: [count]) { target in
                for index in 0..<count { target[index] = Float(index) }
            }
            x.withScalars { numbers in
                let address = Int(bitPattern: numbers.baseAddress)
                #expect(address % (count >= 16 ? 64 : 16) == 0)
                #expect(numbers.elementsEqual((0..<count).map(Float.init)))
            }
        }
    }

    @Test("of one number has an item, whatever its rank") func item() {
        #expect(Tensor(2.5).item == 2.5)
        #expect(Tensor([[[-3]]]).item == -3)
    }

    @Test("shares its numbers with its copies, as names for one thing") func sharing() {
        let a = Tensor([1, 2])
        let (b, c, d) = (a, a.detached(), a.copied())
        a.data = Tensor([3, 4])
        #expect(b.scalars == [3, 4])
        #expect(c.scalars == [3, 4])
        #expect(d.scalars == [1, 2])
    }

    @Test("changes through compound assignment only in the variable assigned to") func compoundAssignment() {
        let a = Tensor([1, 2])
        var b = a
        b += Tensor([10, 10])
        b *= 2
        b -= 1
        b /= 2
        #expect(b.scalars == [10.5, 11.5])
        #expect(a.scalars == [1, 2])
    }
}
