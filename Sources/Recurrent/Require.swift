/// Stops the program with a sentence when a caller breaks a condition that an operation stands on.
///
/// A failed `precondition` says nothing in an optimized build. This one always speaks, and speaks of the
/// caller's file and line, which in a lesson are the lesson's own.
///
/// - Parameters:
///   - condition: What must hold.
///   - message: The operation, what it was given, what it expected and the likely remedy.
///   - file: The caller's file; `#filePath` is the literal that follows `#sourceLocation`.
///   - line: The caller's line.
@inline(__always)
package func require(
    _ condition: Bool,
    _ message: @autoclosure () -> String,
    file: StaticString = #filePath,
    line: UInt = #line
) {
    if !condition { stop(message(), file: file, line: line) }
}

/// Stops the program with a sentence, at the caller's line.
@inline(never)
package func stop(_ message: String, file: StaticString = #filePath, line: UInt = #line) -> Never {
    fatalError(message, file: (file), line: line)
}
