/// A value that can be written as JSON and read back.
public protocol JSONConvertible {
    /// The value as JSON.
    var json: JSON { get }

    /// Reads the value back; `nil` if `json` is not one.
    init?(json: JSON)
}

extension Array where Element: JSONConvertible {
    /// Reads all elements of an array back; `nil` if one of them is not as it should be.
    package init?(json: JSON?) {
        guard let values = json?.array else { return nil }
        let elements = values.compactMap(Element.init(json:))
        guard elements.count == values.count else { return nil }
        self = elements
    }
}
