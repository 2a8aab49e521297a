public import Records

/// Shows a value under the cell, as its description.
///
/// The last expression of a cell is shown without being asked for. A text is shown as it is, an optional as what it
/// holds or `nil`, anything else as `print` would write it.
public func show<Value>(_ value: Value) {
    Session.current.show(.value(shortDescription(of: value)))
}

/// Shows a table under the cell.
///
/// - Parameter caption: What the reader should see in it.
public func show(_ table: Table, caption: String? = nil) {
    var table = table
    table.caption = caption ?? table.caption
    Session.current.show(.table(table))
}

/// A value as a reader wants to see it: an optional as what it holds, a text without quotes.
func shortDescription(of value: Any) -> String {
    let mirror = Mirror(reflecting: value)
    guard mirror.displayStyle == .optional else { return String(describing: value) }
    return mirror.children.first.map { shortDescription(of: $0.value) } ?? "nil"
}
