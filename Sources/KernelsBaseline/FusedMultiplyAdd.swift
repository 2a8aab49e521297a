// The one rounding of a fused multiply-add is what makes all builds agree. Where the target has no
// such instruction, it is done in Float64: the product of two Float32 is exact there, and a sum that
// is rounded to odd keeps enough to round correctly once more, to Float32 (Boldo and Melquiond,
// "Emulation of a FMA and correctly rounded sums", 2008).

#if AVX512 || AVX2 || arch(arm64)
    @inline(__always)
    func fusedMultiplyAdd(_ a: Float, _ b: Float, _ c: Float) -> Float {
        c.addingProduct(a, b)
    }

    @inline(__always)
    func fusedMultiplyAdd(_ a: SIMD4<Float>, _ b: SIMD4<Float>, _ c: SIMD4<Float>) -> SIMD4<Float> {
        c.addingProduct(a, b)
    }
#else
    /// a · b + c, rounded once.
    @inline(__always)
    func fusedMultiplyAdd(_ a: Float, _ b: Float, _ c: Float) -> Float {
        let product = Double(a) * Double(b)
        let addend = Double(c)
        let sum = product + addend
        let virtual = sum - product
        let error = (product - (sum - virtual)) + (addend - virtual)
        guard error != 0, error.isFinite else { return Float(sum) }
        // The sum is even and inexact: step to its odd neighbor on the side of the exact value.
        guard sum.bitPattern & 1 == 0 else { return Float(sum) }
        let outward = (error > 0) == (sum > 0)
        return Float(Double(bitPattern: outward ? sum.bitPattern + 1 : sum.bitPattern - 1))
    }

    /// Returns the fused multiply-adds of four lanes, without hardware. It is not inlined: a tile of these would be a page of code.
    @inline(never)
    func fusedMultiplyAdd(_ a: SIMD4<Float>, _ b: SIMD4<Float>, _ c: SIMD4<Float>) -> SIMD4<Float> {
        SIMD4(
            fusedMultiplyAdd(a.x, b.x, c.x),
            fusedMultiplyAdd(a.y, b.y, c.y),
            fusedMultiplyAdd(a.z, b.z, c.z),
            fusedMultiplyAdd(a.w, b.w, c.w)
        )
    }
#endif
