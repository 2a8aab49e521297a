#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Stops the program with a sentence when a caller breaks a condition that an operation stands on.
///
/// A failed `precondition` says nothing in an optimized build. This one always speaks, and speaks of the
/// caller's file and line, which in a lesson are the lesson's own.
///
/// - Parameters:
///   - condition: The condition that must hold.
///   - message: The operation, what it was given, what it expected and the likely remedy.
///   - file: The caller's file, by `#filePath`: the literal that follows `#sourceLocation`.
///   - line: The caller's line.
@inline(__always)
package func require(
    _ condition: Bool,
    _ message: @autoclosure () -> String,
    file: StaticString,
    line: UInt
) {
    if !condition { stop(message(), file: file, line: line) }
}

/// Stops likewise, for operators and properties, which cannot ask for the caller's place: they speak of their own, by
/// a name that is the same on every machine. The program's backtrace leads on to the caller.
@inline(__always)
package func require(
    _ condition: Bool,
    _ message: @autoclosure () -> String,
    in operation: StaticString = #fileID,
    line: UInt = #line
) {
    if !condition { stop(message(), file: operation, line: line) }
}

/// Stops the program with a sentence, at the caller's line.
@inline(never)
package func stop(_ message: String, file: StaticString, line: UInt) -> Never {
    fatalError(message, file: file, line: line)
}

/// Stops the program likewise, for operators and properties.
@inline(never)
package func stop(_ message: String, in operation: StaticString = #fileID, line: UInt = #line) -> Never {
    fatalError(message, file: (operation), line: line)
}

/// Warns, on standard error and at the caller's line, of a use that works but was hardly meant.
func warn(_ message: String, file: StaticString, line: UInt) {
    let text = "\(file):\(line): warning: \(message)"
    #if canImport(Glibc) || canImport(Musl) || canImport(Darwin)
        let bytes = Array((text + "\n").utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    #else
        print(text)
    #endif
}
