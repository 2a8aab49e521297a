import Recurrent
import Testing

@Suite("The matrix product") struct MatrixProductTests {
    @Test("sums rows times columns") func values() {
        let a = Tensor([[1, 2, 3], [4, 5, 6]])
        let b = Tensor([[1, 0], [0, 1], [2, -1]])
        #expect(a.matmul(b).shape == [2, 2])
        #expect(a.matmul(b).scalars == [7, -1, 16, -1])
        #expect(Tensor.zeros([2, 0]).matmul(.zeros([0, 3])).scalars == [0, 0, 0, 0, 0, 0])
    }

    @Test("adds upward with one rounding a term") func order() {
        let a = Tensor(shape: [1, 50], scalars: (0..<50).map { 1 / Float($0 + 3) })
        let b = Tensor(shape: [50, 3], scalars: (0..<150).map { Float($0 % 7) / 3 - 0.9 })
        var expected: [Float] = [0, 0, 0]
        for k in 0..<50 {
            for j in 0..<3 { expected[j].addProduct(a.scalars[k], b.scalars[3 * k + j]) }
        }
        #expect(a.matmul(b).scalars == expected)
    }

    @Test("sends g·bᵀ to the left and aᵀ·g to the right") func gradients() {
        let a = Tensor([[1, 2, 3], [4, 5, 6]]).requiringGradient()
        let b = Tensor([[1, 0], [0, 1], [2, -1]]).requiringGradient()
        a.matmul(b).backward(Tensor([[1, 10], [100, 1000]]))
        #expect(a.gradient?.scalars == [1, 10, -8, 100, 1000, -800])
        #expect(b.gradient?.scalars == [401, 4010, 502, 5020, 603, 6030])
    }

    @Test("sums the right factor's gradient from the last row to the first, then adds it to what is there")
    func longSum() {
        let a = Tensor(shape: [50, 1], scalars: (0..<50).map { 1 / Float($0 + 3) })
        let g = Tensor(shape: [50, 2], scalars: (0..<100).map { Float($0 % 7) / 3 - 0.9 })
        func sums(_ rows: Range<Int>) -> [Float] {
            (0..<2).map { column in
                rows.reversed().reduce(0) { $0.addingProduct(a.scalars[$1], g.scalars[2 * $1 + column]) }
            }
        }
        let whole = Tensor.zeros([1, 2]).requiringGradient()
        a.matmul(whole).backward(g)
        #expect(whole.gradient?.scalars == sums(0..<50))
        let stepwise = Tensor.zeros([1, 2]).requiringGradient()
        let steps = (0..<5).map { a[10 * $0..<10 * $0 + 10].matmul(stepwise) }
        concatenated(steps).backward(g)
        let last = (0..<5).reversed().reduce([0, 0]) { total, step in
            zip(total, sums(10 * step..<10 * step + 10)).map(+)
        }
        #expect(stepwise.gradient?.scalars == last)
    }

    @Test("takes vectors and stacks of matrices") func shapes() {
        let matrix = Tensor([[1, 2, 3], [4, 5, 6]])
        #expect(matrix.matmul(Tensor([1, 0, -1])).scalars == [-2, -2])
        #expect(Tensor([1, -1]).matmul(matrix).scalars == [-3, -3, -3])
        #expect(Tensor([1, 2]).matmul(Tensor([3, 4])).shape == [])
        #expect(Tensor([1, 2]).matmul(Tensor([3, 4])).item == 11)
        let stack = Tensor.arange(0, 12).reshaped(2, 2, 3)
        #expect(stack.matmul(matrix.transposed()).shape == [2, 2, 2])
        #expect(stack.matmul(matrix.transposed()).scalars == [8, 17, 26, 62, 44, 107, 62, 152])
        let other = Tensor.arange(0, 6).reshaped(2, 3, 1)
        #expect(stack.matmul(other).scalars == [5, 14, 86, 122])
        #expect(stack.matmul(other[0..<1]).scalars == [5, 14, 23, 32])
        #expect(matrix.matmul(other).scalars == [8, 17, 26, 62])
        #expect(stack.unsqueezed(axis: 1).matmul(other).shape == [2, 2, 2, 1])
    }

    @Test("has the right derivatives, for every pairing of shapes") func derivatives() {
        let pairs: [([Int], [Int])] = [
            ([2, 3], [3, 4]), ([3], [3, 4]), ([2, 3], [3]), ([3], [3]), ([2, 2, 3], [3, 4]),
            ([2, 2, 3], [2, 3, 4]),
            ([1, 2, 3], [2, 3, 4]), ([2, 3], [2, 3, 4]), ([2, 2, 3], [3]), ([3], [2, 3, 4]),
            ([2, 1, 2, 3], [3, 3, 1]),
        ]
        for (left, right) in pairs {
            checkDerivatives(scatteredParameters(left, right)) { $0[0].matmul($0[1]) }
        }
    }
}
