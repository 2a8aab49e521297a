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

// MARK: - Texts and collections

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
