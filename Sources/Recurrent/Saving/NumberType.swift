/// The format of a tensor's numbers in a safetensors file.
enum NumberType: String {
    case f64 = "F64"
    case f32 = "F32"
    case f16 = "F16"
    case bf16 = "BF16"
    case i64 = "I64"
    case i32 = "I32"
    case i16 = "I16"
    case i8 = "I8"
    case u32 = "U32"
    case u16 = "U16"
    case u8 = "U8"
    case bool = "BOOL"

    var byteCount: Int {
        switch self {
        case .f64, .i64: 8
        case .f32, .i32, .u32: 4
        case .f16, .bf16, .i16, .u16: 2
        case .i8, .u8, .bool: 1
        }
    }

    /// Whether the numbers are whole, or truth values.
    var isWhole: Bool {
        switch self {
        case .f64, .f32, .f16, .bf16: false
        case .i64, .i32, .i16, .i8, .u32, .u16, .u8, .bool: true
        }
    }

    /// The bits of each number.
    private func bits(in bytes: ArraySlice<UInt8>) -> [UInt64] {
        stride(from: bytes.startIndex, to: bytes.endIndex, by: byteCount).map { start in
            var bits: UInt64 = 0
            for place in 0..<byteCount { bits |= UInt64(bytes[start + place]) << UInt64(8 * place) }
            return bits
        }
    }

    /// The numbers, exactly, or rounded once for F64; only of a format that is not whole.
    func floats(in bytes: ArraySlice<UInt8>) -> [Float] {
        bits(in: bytes).map { bits in
            switch self {
            case .f64: Float(Double(bitPattern: bits))
            case .bf16: Float(bitPattern: UInt32(bits) << 16)
            case .f16: Self.widened(UInt32(bits))
            default: Float(bitPattern: UInt32(bits))
            }
        }
    }

    /// The numbers, exactly where an `Int` has 64 bits; truth values as 0 and 1. Only of a whole format.
    func integers(in bytes: ArraySlice<UInt8>) -> [Int] {
        bits(in: bytes).map { bits in
            switch self {
            case .i64: Int(clamping: Int64(bitPattern: bits))
            case .i32: Int(Int32(truncatingIfNeeded: bits))
            case .i16: Int(Int16(truncatingIfNeeded: bits))
            case .i8: Int(Int8(truncatingIfNeeded: bits))
            case .bool: bits == 0 ? 0 : 1
            default: Int(clamping: bits)
            }
        }
    }

    /// A half-precision number: a sign, five bits of exponent, ten of fraction.
    private static func widened(_ bits: UInt32) -> Float {
        let fraction = Float(bits & 0x3ff)
        let magnitude: Float
        switch bits >> 10 & 0x1f {
        case 0: magnitude = fraction * 0x1p-24
        case 31: magnitude = fraction == 0 ? .infinity : .nan
        case let exponent: magnitude = Float(bitPattern: (exponent + 112) << 23) * (1 + fraction * 0x1p-10)
        }
        return bits & 0x8000 == 0 ? magnitude : -magnitude
    }
}
