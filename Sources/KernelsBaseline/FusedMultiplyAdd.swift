// The one rounding of a fused multiply-add is what makes all builds agree. Where the target has no
// such instruction, it is done in Float64: the product of two Float32 is exact there, and a sum that
// is rounded to odd keeps enough to round correctly once more, to Float32 (Boldo and Melquiond,
// "Emulation of a FMA and correctly rounded sums", 2008).

#if RELAXED_SIMD
    internal import RelaxedSIMD
#endif

#if AVX512 || AVX2 || arch(arm64)
    @inline(__always)
    func fusedMultiplyAdd(_ a: Float, _ b: Float, _ c: Float) -> Float {
        c.addingProduct(a, b)
    }

    @inline(__always)
    func fusedMultiplyAdd(_ a: SIMD4<Float>, _ b: SIMD4<Float>, _ c: SIMD4<Float>) -> SIMD4<Float> {
        c.addingProduct(a, b)
    }

    @inline(__always)
    func fusedMultiplyAdd(_ a: SIMD8<Float>, _ b: SIMD8<Float>, _ c: SIMD8<Float>) -> SIMD8<Float> {
        c.addingProduct(a, b)
    }
#else
    #if RELAXED_SIMD
        // A browser is given this build only where its relaxed multiply-adds round once.
        @inline(__always)
        func fusedMultiplyAdd(_ a: SIMD4<Float>, _ b: SIMD4<Float>, _ c: SIMD4<Float>) -> SIMD4<Float> {
            relaxed_madd(a, b, c)
        }

        @inline(__always)
        func fusedMultiplyAdd(_ a: Float, _ b: Float, _ c: Float) -> Float {
            relaxed_madd(SIMD4(repeating: a), SIMD4(repeating: b), SIMD4(repeating: c)).x
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

        /// Returns the fused multiply-adds of four lanes, two and two, for Float64 has half as many.
        /// It is not inlined: a tile of these would be a page of code.
        @inline(never)
        func fusedMultiplyAdd(_ a: SIMD4<Float>, _ b: SIMD4<Float>, _ c: SIMD4<Float>) -> SIMD4<Float> {
            let low = oddSum(double(a.lowHalf) * double(b.lowHalf), double(c.lowHalf))
            let high = oddSum(double(a.highHalf) * double(b.highHalf), double(c.highHalf))
            return SIMD4(Float(low.x), Float(low.y), Float(high.x), Float(high.y))
        }

        @inline(__always)
        private func double(_ lanes: SIMD2<Float>) -> SIMD2<Double> {
            SIMD2(Double(lanes.x), Double(lanes.y))
        }

        /// The sums, rounded to odd without a branch.
        @inline(__always)
        private func oddSum(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> SIMD2<Double> {
            let sum = a + b
            let virtual = sum - a
            let error = (a - (sum - virtual)) + (b - virtual)
            // Both are false for NaN, the error of an infinite sum.
            let isBelow = bits(error .< 0)
            let isInexact = isBelow | bits(error .> 0)
            // What was rounded away from zero goes back one, and then to the odd one of the two neighbors.
            let back = (isBelow ^ bits(sum .< 0)) & isInexact
            let truncated = unsafeBitCast(sum, to: SIMD2<Int64>.self) &+ back
            return unsafeBitCast(truncated | (isInexact & 1), to: SIMD2<Double>.self)
        }

        /// All bits where a lane is true.
        @inline(__always)
        private func bits(_ mask: SIMDMask<SIMD2<Int64>>) -> SIMD2<Int64> {
            SIMD2<Int64>(repeating: 0).replacing(with: -1, where: mask)
        }
    #endif

    @inline(__always)
    func fusedMultiplyAdd(_ a: SIMD8<Float>, _ b: SIMD8<Float>, _ c: SIMD8<Float>) -> SIMD8<Float> {
        SIMD8(
            lowHalf: fusedMultiplyAdd(a.lowHalf, b.lowHalf, c.lowHalf),
            highHalf: fusedMultiplyAdd(a.highHalf, b.highHalf, c.highHalf)
        )
    }
#endif
