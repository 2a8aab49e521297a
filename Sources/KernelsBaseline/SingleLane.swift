extension Float: Lanes {
    @inline(__always) static var count: Int { 1 }

    @inline(__always) init(repeating value: Float) { self = value }
    @inline(__always) init(bits: SingleBits) {
        self.init(bitPattern: UInt32(bitPattern: bits.value))
    }
    @inline(__always) var bits: SingleBits {
        SingleBits(value: Int32(bitPattern: bitPattern))
    }

    @inline(__always) init(from source: UnsafePointer<Float>) { self = source.pointee }
    @inline(__always) func store(to destination: UnsafeMutablePointer<Float>) {
        destination.pointee = self
    }

    @inline(__always) static func .< (left: Float, right: Float) -> Bool { left < right }
    @inline(__always) static func .== (left: Float, right: Float) -> Bool { left == right }
    @inline(__always) func replacing(with other: Float, where mask: Bool) -> Float {
        mask ? other : self
    }

    @inline(__always) func adding(_ a: Float, times b: Float) -> Float {
        fusedMultiplyAdd(a, b, self)
    }
}

/// The bit pattern of one lane.
struct SingleBits: BitLanes {
    let value: Int32

    @inline(__always) init(value: Int32) { self.value = value }
    @inline(__always) init(repeating value: Int32) { self.value = value }

    @inline(__always) static func &+ (left: Self, right: Self) -> Self {
        Self(value: left.value &+ right.value)
    }
    @inline(__always) static func &- (left: Self, right: Self) -> Self {
        Self(value: left.value &- right.value)
    }
    @inline(__always) static func &<< (left: Self, right: Self) -> Self {
        Self(value: left.value &<< right.value)
    }
    @inline(__always) static func &>> (left: Self, right: Self) -> Self {
        Self(value: left.value &>> right.value)
    }
    @inline(__always) static func & (left: Self, right: Self) -> Self {
        Self(value: left.value & right.value)
    }
    @inline(__always) static func | (left: Self, right: Self) -> Self {
        Self(value: left.value | right.value)
    }
    @inline(__always) static func ^ (left: Self, right: Self) -> Self {
        Self(value: left.value ^ right.value)
    }
}
