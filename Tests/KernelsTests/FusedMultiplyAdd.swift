import KernelInterface
import Testing
import Turns

@Suite("A fused multiply-add", .inTurns) struct FusedMultiplyAddTests {
    /// The smallest product of matrices is one fused multiply-add.
    @Test(arguments: Build.all)
    func `is rounded once, for numbers of every kind`(_ build: Build) {
        var samples = Samples(seed: 11)
        let count = 400_000
        for index in 0..<count {
            let (a, b, c) = FusedMultiplyAddTests.operands(index, using: &samples)
            var result = Float.nan
            withUnsafePointer(to: a) { a in
                withUnsafePointer(to: b) { b in
                    withUnsafePointer(to: c) { c in
                        build.kernels.multiply(
                            Matrix(a, rows: 1, columns: 1),
                            Matrix(b, rows: 1, columns: 1),
                            into: .startingFrom(row: c, &result, rowStride: 1)
                        )
                    }
                }
            }
            guard sameBits([result], [c.addingProduct(a, b)]) else {
                Issue.record("\(a) · \(b) + \(c) is \(c.addingProduct(a, b)), not \(result)")
                return
            }
        }
    }

    /// Any bits; then products that end near the middle between two numbers, or are as large as the addend.
    private static func operands(_ index: Int, using samples: inout Samples) -> (Float, Float, Float) {
        let any = { (samples: inout Samples) in
            Float(bitPattern: UInt32.random(in: 0 ... .max, using: &samples))
        }
        let a = any(&samples)
        let b = any(&samples)
        switch index % 4 {
        case 0: return (a, b, any(&samples))
        case 1: return (a, b, -(a * b) * Float.random(in: 0.5...2, using: &samples))
        case 2: return (a, b, -(a * b))
        default:
            // c is even and the product half of its last place, but for a little.
            let c = Float(Int.random(in: -0x80_0000...0x80_0000, using: &samples) * 2)
            let near = 1 + Float(Int.random(in: -2...2, using: &samples)) * .ulpOfOne
            return (c.ulp / 2 * near, 1 + Float(Int.random(in: -1...1, using: &samples)) * .ulpOfOne, c)
        }
    }
}
