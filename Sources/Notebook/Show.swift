public import Charting
public import Records

// An overload without a caption stands beside each one with: Swift prefers a call without defaulted arguments, and
// would otherwise take a chart for any value.

/// Shows a value under the cell, as its description.
///
/// The last expression of a cell is shown without a call. A text is shown as it is, an optional as its value or `nil`,
/// anything else as `print` would write it.
public func show(_ value: some Showable) {
    Session.current.show(.value(value.shown))
}

/// Shows a table under the cell.
public func show(_ table: Table) {
    Session.current.show(.table(table))
}

/// Shows a table under the cell.
///
/// - Parameters:
///   - table: The table.
///   - caption: The caption, which says what to see in the table.
public func show(_ table: Table, caption: String) {
    var table = table
    table.caption = caption
    show(table)
}

/// Shows a chart or a diagram under the cell.
public func show(_ drawing: some Drawing) {
    Session.current.show(drawing, caption: nil)
}

/// Shows a chart or a diagram under the cell.
///
/// - Parameters:
///   - drawing: The chart or the diagram.
///   - caption: The caption, which says what to see in the drawing.
public func show(_ drawing: some Drawing, caption: String) {
    Session.current.show(drawing, caption: caption)
}
