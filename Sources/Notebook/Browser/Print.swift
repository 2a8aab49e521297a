// Embedded Swift's own `print` takes one value; a lesson prints several natively, too.

/// Prints values with blanks between them.
public func print(
    _ a: some Showable,
    _ b: some Showable,
    separator: String = " ",
    terminator: StaticString = "\n"
) {
    print([a.shown, b.shown].joined(separator: separator), terminator: terminator)
}

/// Prints values with blanks between them.
public func print(
    _ a: some Showable,
    _ b: some Showable,
    _ c: some Showable,
    separator: String = " ",
    terminator: StaticString = "\n"
) {
    print([a.shown, b.shown, c.shown].joined(separator: separator), terminator: terminator)
}

/// Prints values with blanks between them.
public func print(
    _ a: some Showable,
    _ b: some Showable,
    _ c: some Showable,
    _ d: some Showable,
    separator: String = " ",
    terminator: StaticString = "\n"
) {
    print([a.shown, b.shown, c.shown, d.shown].joined(separator: separator), terminator: terminator)
}

/// Prints values with blanks between them.
public func print(
    _ a: some Showable,
    _ b: some Showable,
    _ c: some Showable,
    _ d: some Showable,
    _ e: some Showable,
    separator: String = " ",
    terminator: StaticString = "\n"
) {
    print([a.shown, b.shown, c.shown, d.shown, e.shown].joined(separator: separator), terminator: terminator)
}

/// Prints values with blanks between them.
public func print(
    _ a: some Showable,
    _ b: some Showable,
    _ c: some Showable,
    _ d: some Showable,
    _ e: some Showable,
    _ f: some Showable,
    separator: String = " ",
    terminator: StaticString = "\n"
) {
    print(
        [a.shown, b.shown, c.shown, d.shown, e.shown, f.shown].joined(separator: separator),
        terminator: terminator
    )
}
