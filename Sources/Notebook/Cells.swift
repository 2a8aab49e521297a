/// Begins the cell of this name: what is printed and shown from here on is its output.
///
/// A lesson's program has this call before each cell; authors do not write it.
@_documentation(visibility: internal)
public func beginCell(_ name: String) {
    Session.current.begin(cell: name)
}

/// Says that the lesson came to its end, which a program that exits early does not.
///
/// A lesson's program has this call after its last cell; authors do not write it.
@_documentation(visibility: internal)
public func endLesson() {
    Session.current.end()
}
