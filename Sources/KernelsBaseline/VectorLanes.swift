#if AVX512
    /// The widest lanes that this build works with.
    typealias Widest = SIMD16<Float>
#elseif AVX2
    typealias Widest = SIMD8<Float>
#else
    typealias Widest = SIMD4<Float>
#endif

extension SIMD16: Lanes where Scalar == Float {
    typealias Bits = SIMD16<Int32>
    typealias Mask = SIMDMask<SIMD16<Int32>>

    @inline(__always) static var count: Int { 16 }

    @inline(__always) init(bits: Bits) { self = unsafeBitCast(bits, to: Self.self) }
    @inline(__always) var bits: Bits { unsafeBitCast(self, to: Bits.self) }

    @inline(__always) init(from source: UnsafePointer<Float>) {
        self = UnsafeRawPointer(source).loadUnaligned(as: Self.self)
    }

    @inline(__always) func store(to destination: UnsafeMutablePointer<Float>) {
        UnsafeMutableRawPointer(destination).storeBytes(of: self, as: Self.self)
    }

    @inline(__always) func adding(_ a: Self, times b: Self) -> Self { addingProduct(a, b) }
}

extension SIMD16: BitLanes where Scalar == Int32 {}

extension SIMD8: Lanes where Scalar == Float {
    typealias Bits = SIMD8<Int32>
    typealias Mask = SIMDMask<SIMD8<Int32>>

    @inline(__always) static var count: Int { 8 }

    @inline(__always) init(bits: Bits) { self = unsafeBitCast(bits, to: Self.self) }
    @inline(__always) var bits: Bits { unsafeBitCast(self, to: Bits.self) }

    @inline(__always) init(from source: UnsafePointer<Float>) {
        self = UnsafeRawPointer(source).loadUnaligned(as: Self.self)
    }

    @inline(__always) func store(to destination: UnsafeMutablePointer<Float>) {
        UnsafeMutableRawPointer(destination).storeBytes(of: self, as: Self.self)
    }

    @inline(__always) func adding(_ a: Self, times b: Self) -> Self { fusedMultiplyAdd(a, b, self) }
}

extension SIMD8: BitLanes where Scalar == Int32 {}

extension SIMD4: Lanes where Scalar == Float {
    typealias Bits = SIMD4<Int32>
    typealias Mask = SIMDMask<SIMD4<Int32>>

    @inline(__always) static var count: Int { 4 }

    @inline(__always) init(bits: Bits) { self = unsafeBitCast(bits, to: Self.self) }
    @inline(__always) var bits: Bits { unsafeBitCast(self, to: Bits.self) }

    @inline(__always) init(from source: UnsafePointer<Float>) {
        self = UnsafeRawPointer(source).loadUnaligned(as: Self.self)
    }

    @inline(__always) func store(to destination: UnsafeMutablePointer<Float>) {
        UnsafeMutableRawPointer(destination).storeBytes(of: self, as: Self.self)
    }

    @inline(__always) func adding(_ a: Self, times b: Self) -> Self { fusedMultiplyAdd(a, b, self) }
}

extension SIMD4: BitLanes where Scalar == Int32 {}
