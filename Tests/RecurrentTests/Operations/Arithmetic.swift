import Recurrent
import Testing

@Suite("Arithmetic") struct ArithmeticTests {
    let a = Tensor([[1, 2, 3], [4, 5, 6]])

    @Test("of equal shapes") func equalShapes() {
        let b = Tensor([[2, 2, 2], [0.5, 0.5, 0.5]])
        #expect((a + b).scalars == [3, 4, 5, 4.5, 5.5, 6.5])
        #expect((a - b).scalars == [-1, 0, 1, 3.5, 4.5, 5.5])
        #expect((a * b).scalars == [2, 4, 6, 2, 2.5, 3])
        #expect((a / b).scalars == [0.5, 1, 1.5, 8, 10, 12])
        #expect((-a).scalars == [-1, -2, -3, -4, -5, -6])
    }

    @Test("with a number on either side") func numbers() {
        let x = Tensor([1, 2, 4])
        #expect((x + 1).scalars == [2, 3, 5])
        #expect((1 + x).scalars == [2, 3, 5])
        #expect((x - 1).scalars == [0, 1, 3])
        #expect((1 - x).scalars == [0, -1, -3])
        #expect((x * 2).scalars == [2, 4, 8])
        #expect((2 * x).scalars == [2, 4, 8])
        #expect((x / 2).scalars == [0.5, 1, 2])
        #expect((2 / x).scalars == [2, 1, 0.5])
    }

    @Test(
        "broadcasts like PyTorch: every pair of shapes that fits",
        arguments: [
            ([2, 3], [3]), ([3], [2, 3]), ([2, 3], [2, 1]), ([2, 1], [1, 3]), ([2, 3, 4], [3, 1]),
            ([4], [2, 3, 1]),
            ([2, 1, 4], [3, 1]), ([2, 3], []), ([1, 1], [2, 3]), ([2, 1, 3, 1], [1, 4, 1, 5]), ([0, 3], [3]),
            ([1], [0]), ([2, 2, 1, 3], [2, 1, 1, 1]),
        ] as [([Int], [Int])]
    )
    func broadcasting(left: [Int], right: [Int]) throws {
        let a = Tensor(shape: left, scalars: (0..<Shape.count(left)).map { Float($0) + 1 })
            .requiringGradient()
        let b = Tensor(shape: right, scalars: (0..<Shape.count(right)).map { Float($0) * 3 - 7 })
            .requiringGradient()
        let y = a * b + (a - b)
        let shape = try #require(Shape.broadcast(left, right))
        #expect(y.shape == shape)
        let upstream = (0..<y.count).map { Float($0 % 5) - 2 }
        y.backward(Tensor(shape: shape, scalars: upstream))

        // The same by going over all indices.
        var (values, leftSums, rightSums) = (
            [Float](), [Float](repeating: 0, count: a.count), [Float](repeating: 0, count: b.count)
        )
        for place in 0..<y.count {
            let (i, j) = (source(place, shape, left), source(place, shape, right))
            let (p, q) = (a.scalars[i], b.scalars[j])
            values.append(p * q + (p - q))
            leftSums[i] += upstream[place] * (q + 1)
            rightSums[j] += upstream[place] * (p - 1)
        }
        #expect(y.scalars == values)
        #expect(a.gradient?.scalars == leftSums)
        #expect(b.gradient?.scalars == rightSums)
    }

    /// The place in an operand that a place of the broadcast result reads.
    private func source(_ place: Int, _ shape: [Int], _ operand: [Int]) -> Int {
        let (steps, strides) = (Shape.strides(shape), Shape.strides(operand))
        var result = 0
        for axis in operand.indices {
            let outer = axis + shape.count - operand.count
            if operand[axis] != 1 { result += (place / steps[outer]) % shape[outer] * strides[axis] }
        }
        return result
    }

    @Test("has the derivatives of arithmetic") func derivatives() {
        let x = Tensor([2, -4]).requiringGradient()
        let y = Tensor([8, 4]).requiringGradient()
        (x / y + 3 / x - (1 - x) / 2 + 4 * (-y) - x * 0.5).sum().backward()
        #expect(x.gradient?.scalars == [-0.625, 0.0625])
        #expect(y.gradient?.scalars == [-4.03125, -3.75])
    }

    @Test("raises to powers") func powers() {
        let x = Tensor([1, 2, -3])
        #expect(x.pow(2).scalars == [1, 4, 9])
        #expect(x.pow(3).scalars == [1, 8, -27])
        #expect(x.pow(-1).scalars == [1, 0.5, -1 / 3])
        #expect(x.pow(0).scalars == [1, 1, 1])
        #expect(Tensor([2, 4]).pow(0.5).scalars == [Float(2).squareRoot(), 2])
        let w = Tensor([2, 3]).requiringGradient()
        (w.pow(2) + w.pow(3) + w.pow(0)).sum().backward()
        #expect(w.gradient?.scalars == [4 + 12, 6 + 27])
    }

    @Test("has the right derivatives") func checkedDerivatives() {
        checkDerivatives(scatteredParameters([3, 4], [4])) { $0[0] + $0[1] }
        checkDerivatives(scatteredParameters([3, 4], [3, 1])) { $0[0] - $0[1] }
        checkDerivatives(scatteredParameters([2, 3, 4], [3, 1])) { $0[0] * $0[1] }
        checkDerivatives(scatteredParameters([4], [2, 3, 4])) { $0[0] / $0[1] }
        checkDerivatives(scatteredParameters([])) { 3 / $0[0] + 2 * $0[0] - $0[0] / 4 - (1 - $0[0]) + -$0[0] }
    }
}
