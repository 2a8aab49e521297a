import Recurrent
import Testing

@Suite("Writing to entries") struct WritingTests {
    @Test("through data changes a parameter in place, for everyone who shares it") func inPlace() {
        let bias = Tensor.zeros([9]).requiringGradient()
        let other = bias.reshaped(3, 3).detached()
        bias.data[3..<6] = Tensor([1, 2, 3])
        bias.data[0] = 0.5
        bias.data[-1] = Tensor(4)
        bias.data[stride(from: 8, through: 6, by: -1)] -= 1
        #expect(bias.scalars == [0.5, 0, 0, 1, 2, 3, -1, -1, 3])
        #expect(other.scalars == bias.scalars)
        #expect(bias.requiresGradient)
    }

    @Test("takes every form of index, and repeats what is written") func forms() {
        let x = Tensor.zeros([2, 3, 4])
        x.data[.all, 1] = Tensor([1, 2, 3, 4])
        x.data[0, 2, (-2)...] = 7
        x.data[1, ..<1, .all] = Tensor([[5]])
        #expect(x[0].scalars == [0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 7, 7])
        #expect(x[1].scalars == [5, 5, 5, 5, 1, 2, 3, 4, 0, 0, 0, 0])
        let table = Tensor.zeros([4, 2])
        table.data[IntTensor([2, 0])] = Tensor([[1, 2], [3, 4]])
        table.data[IntTensor([3])] = Tensor([8, 9])
        #expect(table.scalars == [3, 4, 0, 0, 1, 2, 8, 9])
        let block = Tensor.zeros([1, 2, 1, 2])
        block.data[0, 1, .all, 0] = 6
        #expect(block.scalars == [0, 0, 6, 0])
        table.data[.all, 2...] = Tensor.zeros([4, 0])
        #expect(table.count == 8)
    }

    @Test("reads what it moves before it writes") func overlap() {
        let x = Tensor([1, 2, 3, 4])
        x.data[1...] = x.data[..<3]
        #expect(x.scalars == [1, 1, 2, 3])
        x.data[stride(from: 3, through: 0, by: -1)] = x.data
        #expect(x.scalars == [3, 2, 1, 1])
    }

    @Test("of a variable leaves other names as they were") func variables() {
        var x = Tensor([1, 2, 3])
        let (before, flat) = (x, x.reshaped(3, 1))
        x[0] = 9
        x[1...] = Tensor([8])
        #expect(x.scalars == [9, 8, 8])
        #expect(before.scalars == [1, 2, 3])
        #expect(flat.scalars == [1, 2, 3])
        // A variable whose numbers nobody else has is filled in place.
        var table = Tensor.zeros([3, 2])
        let storage = ObjectIdentifier(table.storage)
        for row in 0..<3 { table[row] = Tensor([Float(row), 1]) }
        #expect(table.scalars == [0, 1, 1, 1, 2, 1])
        #expect(ObjectIdentifier(table.storage) == storage)
    }

    @Test("of a variable sends gradients to both sides") func gradients() {
        let w = Tensor([[1, 2, 3], [4, 5, 6]]).requiringGradient()
        let v = Tensor([10, 20]).requiringGradient()
        var x: Tensor = w
        x[.all, 1] = v
        x[0, 0] = 7
        #expect(x.scalars == [7, 10, 3, 4, 20, 6])
        (x * Tensor([[1, 2, 3], [4, 5, 6]])).sum().backward()
        #expect(w.gradient?.scalars == [0, 0, 3, 4, 0, 6])
        #expect(v.gradient?.scalars == [2, 5])
        #expect(w.scalars == [1, 2, 3, 4, 5, 6])
    }

    @Test("to one row twice keeps the last, and adding adds both") func rows() {
        let w = Tensor.zeros([3]).requiringGradient()
        let v = Tensor([1, 2, 3]).requiringGradient()
        let rows = IntTensor([2, 0, 2])
        let written = w.replacing(rows, with: v)
        #expect(written.scalars == [2, 0, 3])
        (written * Tensor([1, 10, 100])).sum().backward()
        #expect(w.gradient?.scalars == [0, 10, 0])
        #expect(v.gradient?.scalars == [0, 1, 100])
        w.zeroGradient()
        v.zeroGradient()
        let added = w.adding(v, at: rows)
        #expect(added.scalars == [2, 0, 4])
        (added * Tensor([1, 10, 100])).sum().backward()
        #expect(w.gradient?.scalars == [1, 10, 100])
        #expect(v.gradient?.scalars == [100, 1, 100])
    }

    @Test("of a plain number leaves what is read a tensor") func numbers() {
        var x = Tensor([[1, 2], [3, 4]])
        let number: Float? = x[1, 0]
        #expect(number == 3)
        let row: Float? = x[1]
        #expect(row == nil)
        let scale: Float = 2
        let quotient = x[0, -1] / scale
        #expect(quotient.shape == [])
        let difference = scale - x[0]
        #expect(difference.scalars == [1, 0])
        x[0, 0] = scale
        x[1] -= scale
        #expect(x.scalars == [2, 2, 1, 2])
    }
}
