import KernelInterface
import Kernels
import Testing
import Turns

/// A product to make: its size, and how its operands stand in memory.
private struct Product {
    var m = 1
    var n = 1
    var k = 1
    var transposesA = false
    var transposesB = false
    var accumulates = false
    /// Unused entries between rows.
    var gap = 0

    /// The chains of fused multiply-adds, one after the other.
    func plain(_ a: Matrix, _ b: Matrix, _ c: [Float]) -> [Float] {
        var result = c
        for i in 0..<m {
            for j in 0..<n {
                var sum = accumulates ? c[i * (n + gap) + j] : 0
                for p in 0..<k {
                    sum.addProduct(
                        a.base[i * a.rowStride + p * a.columnStride],
                        b.base[p * b.rowStride + j * b.columnStride]
                    )
                }
                result[i * (n + gap) + j] = sum
            }
        }
        return result
    }

    func matches(_ build: Build, seed: UInt64) -> Bool {
        var samples = Samples(seed: seed)
        let aRows = transposesA ? k : m
        let aColumns = transposesA ? m : k
        let bRows = transposesB ? n : k
        let bColumns = transposesB ? k : n
        let left = samples.numbers(aRows * (aColumns + gap))
        let right = samples.numbers(bRows * (bColumns + gap))
        let start = samples.numbers(m * (n + gap))
        return left.withUnsafeBufferPointer { left in
            right.withUnsafeBufferPointer { right in
                var a = Matrix(left.baseAddress!, rows: aRows, columns: aColumns, rowStride: aColumns + gap)
                var b = Matrix(right.baseAddress!, rows: bRows, columns: bColumns, rowStride: bColumns + gap)
                if transposesA { a = a.transposed }
                if transposesB { b = b.transposed }
                var result = start
                result.withUnsafeMutableBufferPointer {
                    let c = $0.baseAddress!
                    build.kernels.multiply(
                        a,
                        b,
                        into: accumulates
                            ? .continuing(c, rowStride: n + gap) : .overwriting(c, rowStride: n + gap)
                    )
                }
                return sameBits(result, plain(a, b, start))
            }
        }
    }
}

@Suite(.inTurns) struct MatrixProduct {
    /// Sizes around every edge: lanes, tiles, panels, blocks.
    private static let sizes: [(Int, Int, Int)] = [
        (1, 1, 1), (1, 6, 7), (7, 6, 1), (1, 32, 32), (3, 5, 0), (2, 17, 9), (6, 32, 8), (8, 33, 31),
        (9, 31, 33), (13, 100, 3), (33, 1, 64), (64, 128, 65), (70, 130, 40), (193, 40, 257),
        (20, 515, 260), (200, 70, 300),
    ]

    @Test(arguments: Build.all)
    func `equals the plain chain of fused multiply-adds to the bit`(_ build: Build) {
        for (m, n, k) in Self.sizes {
            for flags in 0..<8 {
                let product = Product(
                    m: m,
                    n: n,
                    k: k,
                    transposesA: flags & 1 != 0,
                    transposesB: flags & 2 != 0,
                    accumulates: flags & 4 != 0,
                    gap: flags == 5 ? 0 : 3
                )
                #expect(product.matches(build, seed: UInt64(m + n + k)), "\(build.name) \(product)")
            }
        }
    }
}
