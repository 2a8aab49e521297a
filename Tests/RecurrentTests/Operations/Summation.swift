import Recurrent
import Testing

@Suite("Adding up") struct SummationTests {
    @Test(
        "follows the written order, whatever the count",
        arguments: [0, 1, 2, 15, 16, 17, 31, 100, 256, 257, 70_000]
    )
    func total(count: Int) {
        let numbers = (0..<count).map { Float(($0 * 7919) % 1009) / 17 - 20 }
        #expect(Tensor(numbers).sum().item.bitPattern == reference(numbers).bitPattern)
    }

    /// The order as the documentation words it: 16 lanes, pairs, blocks of 256.
    private func reference(_ numbers: [Float]) -> Float {
        if numbers.count > 256 {
            let starts = stride(from: 0, to: numbers.count, by: 256)
            return reference(starts.map { reference(Array(numbers[$0..<min($0 + 256, numbers.count)])) })
        }
        var lanes = [Float](repeating: 0, count: 16)
        for (index, number) in numbers.enumerated() { lanes[index % 16] += number }
        for half in [8, 4, 2, 1] {
            for lane in 0..<half { lanes[lane] += lanes[lane + half] }
        }
        return lanes[0]
    }

    @Test("loses little over a million numbers") func accuracy() {
        let sum = Tensor.full([1_000_000], 0.1).sum().item
        #expect(abs(Double(sum) - 1_000_000 * Double(Float(0.1))) < 0.02)
    }

    @Test("gives a repeated row its gradient from the last row to the first, 128 at a time") func rows() {
        let (rows, columns) = (150, 3)
        let numbers = (0..<rows * columns).map { Float(($0 * 7919) % 1009) / 17 - 20 }
        func sums(_ rows: Range<Int>) -> [Float] {
            (0..<columns).map { column in
                rows.reversed().reduce(0) { $0 + numbers[$1 * columns + column] }
            }
        }
        let expected = zip(sums(22..<150), sums(0..<22)).map(+)
        let upstream = Tensor(shape: [rows, columns], scalars: numbers)
        let (bias, row) = (Tensor.zeros([3]).requiringGradient(), Tensor.zeros([1, 3]).requiringGradient())
        (Tensor.zeros([rows, columns]) + bias + row).backward(upstream)
        #expect(bias.gradient?.scalars == expected)
        #expect(row.gradient?.scalars == expected)
        // A second part is added to the first one's sum.
        let parts = Tensor.zeros([3]).requiringGradient()
        (Tensor.zeros([128, columns]) + parts).backward(upstream[22...])
        (Tensor.zeros([22, columns]) + parts).backward(upstream[..<22])
        #expect(parts.gradient?.scalars == expected)
    }

    @Test("has means") func mean() {
        let x = Tensor([[1, 2], [3, 6]]).requiringGradient()
        #expect(x.mean().item == 3)
        x.mean().backward()
        #expect(x.gradient?.scalars == [0.25, 0.25, 0.25, 0.25])
    }
}
