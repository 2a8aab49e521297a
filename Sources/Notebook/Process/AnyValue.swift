internal import Records

/// Shows any other value under the cell, as its description.
///
/// A value that is not `Showable` is asked at run time what it is made of, which only a native program can do.
public func show<Value>(_ value: Value) {
    Session.current.show(.value(shortDescription(of: value)))
}

/// The description of a value for a reader: of an optional that of its value, of a text the text without quotes.
package func shortDescription(of value: Any) -> String {
    let mirror = Mirror(reflecting: value)
    guard mirror.displayStyle == .optional else { return String(describing: value) }
    return mirror.children.first.map { shortDescription(of: $0.value) } ?? "nil"
}
