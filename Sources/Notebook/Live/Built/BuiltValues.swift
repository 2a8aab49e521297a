internal import Records
internal import Recurrent

/// The values of built cells, by their names.
@_documentation(visibility: internal)
public struct BuiltValues: Sendable {
    private var shipped = ShippedValues()

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
    mutating func add(_ name: String, _ format: String, shape: [Int], _ bits: [UInt64]) {
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
    func read(_ name: String, _ format: String) -> (shape: [Int], bits: [UInt64]) {
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

    func has(_ name: String) -> Bool { shipped[name] != nil }
}

extension BuiltValues {
    /// The most bytes that all values of a lesson take.
    private static let limit = 1_000_000

    /// Hands the values to whoever builds the lesson.
    func send(file: StaticString, line: UInt) {
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
    static func current() -> BuiltValues {
        let session = Session.current
        if let known = session.state({ $0.values }) { return known }
        guard let read = BuiltValues(bytes: session.readValues()) else {
            Recurrent.stop("the values that the page was built with cannot be read")
        }
        session.state { $0.values = read }
        return read
    }
}
