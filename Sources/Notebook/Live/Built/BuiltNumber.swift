internal import Recurrent

/// A number of some bytes.
@_documentation(visibility: internal)
public protocol BuiltNumber: BuiltValue {
    /// The format's name in safetensors.
    static var builtFormat: String { get }
    /// The bits, which are the lowest ones.
    var builtBits: UInt64 { get }
    /// Returns the number of these bits.
    static func built(_ bits: UInt64, _ name: String) -> Self
}

@_documentation(visibility: internal)
extension BuiltNumber {
    /// Adds the number under a name.
    public func add(_ name: String, to values: inout BuiltValues) {
        values.add(name, Self.builtFormat, shape: [], [builtBits])
    }

    /// Returns the number of a name.
    public static func read(_ name: String, from values: BuiltValues) -> Self {
        let bits = values.read(name, builtFormat).bits
        guard bits.count == 1 else {
            Recurrent.stop("\(name) has \(bits.count) numbers among the values of the page")
        }
        return built(bits[0], name)
    }

    /// Adds numbers under a name.
    public static func addAll(_ list: [Self], _ name: String, to values: inout BuiltValues) {
        values.add(name, builtFormat, shape: [list.count], list.map { $0.builtBits })
    }

    /// Returns the numbers of a name.
    public static func readAll(_ name: String, from values: BuiltValues) -> [Self] {
        values.read(name, builtFormat).bits.map { built($0, name) }
    }
}

@_documentation(visibility: internal)
extension Float: BuiltNumber {
    /// The format's name.
    public static var builtFormat: String { "F32" }
    /// The bits.
    public var builtBits: UInt64 { UInt64(bitPattern) }
    /// Returns the number of these bits.
    public static func built(_ bits: UInt64, _ name: String) -> Float {
        Float(bitPattern: UInt32(truncatingIfNeeded: bits))
    }
}

@_documentation(visibility: internal)
extension Double: BuiltNumber {
    /// The format's name.
    public static var builtFormat: String { "F64" }
    /// The bits.
    public var builtBits: UInt64 { bitPattern }
    /// Returns the number of these bits.
    public static func built(_ bits: UInt64, _ name: String) -> Double { Double(bitPattern: bits) }
}

@_documentation(visibility: internal)
extension Int: BuiltNumber {
    /// The format's name.
    public static var builtFormat: String { "I64" }
    /// The bits.
    public var builtBits: UInt64 { UInt64(bitPattern: Int64(self)) }
    /// Returns the number of these bits.
    public static func built(_ bits: UInt64, _ name: String) -> Int {
        let number = Int64(bitPattern: bits)
        guard let fitting = Int(exactly: number) else {
            Recurrent.stop("\(name) is \(number), and Int has 32 bits in the browser; write Int64")
        }
        return fitting
    }
}

@_documentation(visibility: internal)
extension Int64: BuiltNumber {
    /// The format's name.
    public static var builtFormat: String { "I64" }
    /// The bits.
    public var builtBits: UInt64 { UInt64(bitPattern: self) }
    /// Returns the number of these bits.
    public static func built(_ bits: UInt64, _ name: String) -> Int64 { Int64(bitPattern: bits) }
}

@_documentation(visibility: internal)
extension Bool: BuiltNumber {
    /// The format's name.
    public static var builtFormat: String { "BOOL" }
    /// The bits.
    public var builtBits: UInt64 { self ? 1 : 0 }
    /// Returns the truth value of these bits.
    public static func built(_ bits: UInt64, _ name: String) -> Bool { bits != 0 }
}
