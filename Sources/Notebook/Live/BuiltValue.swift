internal import Records
public import Recurrent

/// A value that a built cell hands to live cells: it is computed when the lesson is built, and read in the page.
///
/// Numbers, truth values, texts and tensors are such values, and arrays and dictionaries of them.
@_documentation(visibility: internal)
public protocol BuiltValue {
    /// Adds the value under a name.
    func add(_ name: String, to values: inout BuiltValues)
    /// Returns the value of a name.
    static func read(_ name: String, from values: BuiltValues) -> Self
    /// Adds values under a name.
    static func addAll(_ list: [Self], _ name: String, to values: inout BuiltValues)
    /// Returns the values of a name.
    static func readAll(_ name: String, from values: BuiltValues) -> [Self]
}

/// The values of built cells, by their names.
@_documentation(visibility: internal)
public struct BuiltValues: Sendable {
    fileprivate var shipped = ShippedValues()

    /// No values.
    package init() {}

    /// The values in a block of bytes; `nil` for what is none.
    package init?(bytes: [UInt8]) {
        guard let values = ShippedValues(bytes: bytes) else { return nil }
        shipped = values
    }

    /// The values as a block of bytes.
    package var bytes: [UInt8] { shipped.bytes }

    @export(interface)
    fileprivate mutating func add(_ name: String, _ format: String, shape: [Int], _ bits: [UInt64]) {
        guard let format = ShippedValues.Format(rawValue: format) else { return }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(bits.count * format.width)
        for number in bits {
            for byte in 0..<format.width {
                bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(8 * byte)))
            }
        }
        shipped.add(ShippedValues.Entry(name, format, shape: shape, bytes: bytes))
    }

    /// The shape and the bits of the numbers of a name.
    @export(interface)
    fileprivate func read(_ name: String, _ format: String) -> (shape: [Int], bits: [UInt64]) {
        guard let entry = shipped[name] else {
            Recurrent.stop("\(name) is not among the values that the page was built with")
        }
        guard entry.format.rawValue == format else {
            Recurrent.stop(
                "\(name) is of the type \(entry.format.rawValue) among the values that the page was built with"
            )
        }
        let count = entry.bytes.count / entry.format.width
        return (entry.shape, (0..<count).map { entry.bits($0) })
    }

    fileprivate func has(_ name: String) -> Bool { shipped[name] != nil }
}

// MARK: - Numbers and texts

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

@_documentation(visibility: internal)
extension BuiltValue {
    /// Adds the number of values, and each with its index behind the name.
    public static func addAll(_ list: [Self], _ name: String, to values: inout BuiltValues) {
        list.count.add(name, to: &values)
        for (index, value) in list.enumerated() { value.add("\(name).\(index)", to: &values) }
    }

    /// Returns the values of a name.
    public static func readAll(_ name: String, from values: BuiltValues) -> [Self] {
        let count = Int.read(name, from: values)
        return (0..<max(0, count)).map { read("\(name).\($0)", from: values) }
    }
}

@_documentation(visibility: internal)
extension String: BuiltValue {
    /// Adds the text's bytes in UTF-8.
    public func add(_ name: String, to values: inout BuiltValues) {
        values.add(name, "U8", shape: [utf8.count], utf8.map { UInt64($0) })
    }

    /// Returns the text of a name.
    public static func read(_ name: String, from values: BuiltValues) -> String {
        String(decoding: values.read(name, "U8").bits.map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
    }
}

@_documentation(visibility: internal)
extension Array: BuiltValue where Element: BuiltValue {
    /// Adds the elements.
    public func add(_ name: String, to values: inout BuiltValues) { Element.addAll(self, name, to: &values) }

    /// Returns the elements of a name.
    public static func read(_ name: String, from values: BuiltValues) -> [Element] {
        Element.readAll(name, from: values)
    }
}

@_documentation(visibility: internal)
extension Dictionary: BuiltValue where Key == String, Value: BuiltValue {
    /// Adds the keys, in the order of their bytes, and the values in the same order.
    public func add(_ name: String, to values: inout BuiltValues) {
        let keys = keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        keys.add("\(name).keys", to: &values)
        keys.compactMap { self[$0] }.add("\(name).values", to: &values)
    }

    /// Returns the dictionary of a name.
    public static func read(_ name: String, from values: BuiltValues) -> [String: Value] {
        let keys = [String].read("\(name).keys", from: values)
        let list = [Value].read("\(name).values", from: values)
        var read: [String: Value] = [:]
        for (key, value) in zip(keys, list) { read[key] = value }
        return read
    }
}

// MARK: - Tensors and layers

@_documentation(visibility: internal)
extension Tensor: BuiltValue {
    /// Adds the tensor's numbers, and whether it is a parameter. How it was computed is not kept.
    public func add(_ name: String, to values: inout BuiltValues) {
        addNumbers(name, to: &values)
        if node?.isLeaf == true { true.add("\(name).isParameter", to: &values) }
    }

    fileprivate func addNumbers(_ name: String, to values: inout BuiltValues) {
        values.add(name, "F32", shape: shape, scalars.map { $0.builtBits })
    }

    /// Returns the tensor of a name.
    @export(interface)
    public static func read(_ name: String, from values: BuiltValues) -> Tensor {
        let (shape, bits) = values.read(name, "F32")
        let tensor = Tensor(shape: shape, scalars: bits.map { Float.built($0, name) })
        return values.has("\(name).isParameter") ? tensor.requiringGradient() : tensor
    }

    /// Takes over the numbers of a name.
    @export(interface)
    fileprivate func load(_ name: String, from values: BuiltValues) {
        let read = Tensor.read(name, from: values)
        guard read.shape == shape else {
            Recurrent.stop(
                "\(name) has another shape in the page than when the page was built; a built cell gives it its own"
            )
        }
        data = read.data
        storage.noteChange()
    }
}

@_documentation(visibility: internal)
extension IntTensor: BuiltValue {
    /// Adds the tensor's numbers.
    public func add(_ name: String, to values: inout BuiltValues) {
        values.add(name, "I64", shape: shape, scalars.map { $0.builtBits })
    }

    /// Returns the tensor of a name.
    @export(interface)
    public static func read(_ name: String, from values: BuiltValues) -> IntTensor {
        let (shape, bits) = values.read(name, "I64")
        return IntTensor(shape: shape, scalars: bits.map { Int.built($0, name) })
    }
}

extension LayerStructure {
    /// Adds the parameters, and the switches between training and use.
    @export(interface)
    fileprivate func add(_ name: String, to values: inout BuiltValues) {
        for parameter in allParameters {
            parameter.tensor.addNumbers("\(name).\(parameter.name)", to: &values)
        }
        modes.map { $0.isTraining }.add("\(name) is in training", to: &values)
    }

    /// Takes over the parameters and the switches.
    @export(interface)
    fileprivate func load(_ name: String, from values: BuiltValues) {
        for parameter in allParameters { parameter.tensor.load("\(name).\(parameter.name)", from: values) }
        for (mode, isTraining) in zip(modes, [Bool].read("\(name) is in training", from: values)) {
            mode.isTraining = isTraining
        }
    }

    private var modes: [LayerMode] {
        (mode.map { [$0] } ?? []) + sublayers.flatMap { $0.structure.modes }
    }
}

// MARK: - In a lesson's program

/// Records what a built cell computed.
///
/// A lesson's program has this call at the end of the cell; authors do not write it.
@_documentation(visibility: internal)
public func recordBuilt(
    _ name: String,
    _ value: some BuiltValue,
    file: StaticString = #filePath,
    line: UInt = #line
) {
    var values = BuiltValues()
    value.add(name, to: &values)
    values.send(file: file, line: line)
}

/// Records the parameters of a layer that a built cell trained.
///
/// A lesson's program has this call at the end of the cell; authors do not write it.
@_documentation(visibility: internal)
public func recordBuilt(
    _ name: String,
    _ layer: some Layer,
    file: StaticString = #filePath,
    line: UInt = #line
) {
    var values = BuiltValues()
    layer.structure.add(name, to: &values)
    values.send(file: file, line: line)
}

/// Returns what a built cell computed.
///
/// The program of live cells has this call in the place of the cell; authors do not write it.
@_documentation(visibility: internal)
public func builtValue<Value: BuiltValue>(_ name: String) -> Value { Value.read(name, from: .current()) }

/// Returns a layer with the parameters that a built cell gave it.
///
/// The program of live cells has this call in the place of the cell; authors do not write it.
@_documentation(visibility: internal)
public func builtLayer<L: Layer>(_ name: String, _ layer: L) -> L {
    layer.structure.load(name, from: .current())
    return layer
}

/// Gives a layer the parameters that a built cell gave it.
///
/// The program of live cells has this call in the place of the cell; authors do not write it.
@_documentation(visibility: internal)
public func loadBuilt(_ name: String, _ layer: some Layer) { layer.structure.load(name, from: .current()) }

/// Gives a tensor the numbers that a built cell gave it.
///
/// The program of live cells has this call in the place of the cell; authors do not write it.
@_documentation(visibility: internal)
public func loadBuilt(_ name: String, _ tensor: Tensor) { tensor.load(name, from: .current()) }

extension BuiltValues {
    /// The most bytes that all values of a lesson take.
    private static let limit = 1_000_000

    /// Hands the values to whoever builds the lesson.
    fileprivate func send(file: StaticString, line: UInt) {
        let session = Session.current
        let bytes = session.state { state in
            state.builtBytes += shipped.entries.reduce(0) { $0 + $1.bytes.count }
            return state.builtBytes
        }
        Recurrent.require(
            bytes <= BuiltValues.limit,
            "the values of built cells take \(bytes) bytes, and a page takes \(BuiltValues.limit); live cells should need less",
            file: file,
            line: line
        )
        for entry in shipped.entries { session.send(.value(entry)) }
    }

    /// The values that the program was given.
    @export(interface)
    fileprivate static func current() -> BuiltValues {
        let session = Session.current
        if let known = session.state({ $0.values }) { return known }
        guard let read = BuiltValues(bytes: session.readValues()) else {
            Recurrent.stop("the values that the page was built with cannot be read")
        }
        session.state { $0.values = read }
        return read
    }
}
