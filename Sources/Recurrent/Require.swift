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
@export(interface) @inline(never)
package func stop(_ message: String, file: StaticString, line: UInt) -> Never {
    #if hasFeature(Embedded) && arch(wasm32)
        let sentence = Array("\(file):\(line): Fatal error: \(message)".utf8)
        stopModule(sentence, sentence.count)
    #endif
    fatalError(message, file: file, line: line)
}

/// Stops the program likewise, for operators and properties.
@export(interface) @inline(never)
package func stop(_ message: String, in operation: StaticString = #fileID, line: UInt = #line) -> Never {
    stop(message, file: (operation), line: line)
}

#if hasFeature(Embedded) && arch(wasm32)
    /// Hands a sentence to the page around a module, and traps, which itself says nothing. From `BrowserRuntime`.
    @_extern(c, "unroll_stop")
    private func stopModule(_ sentence: UnsafePointer<UInt8>, _ count: Int)

    /// Hands a warning to the page.
    @_extern(c, "unroll_warn")
    private func warnPage(_ sentence: UnsafePointer<UInt8>, _ count: Int)
#endif

/// Warns, on standard error and at the caller's line, of a use that works but was hardly meant.
func warn(_ message: String, file: StaticString, line: UInt) {
    let text = "\(file):\(line): warning: \(message)"
    #if hasFeature(Embedded) && arch(wasm32)
        let bytes = Array(text.utf8)
        warnPage(bytes, bytes.count)
    #elseif canImport(Glibc) || canImport(Musl) || canImport(Darwin)
        let bytes = Array((text + "\n").utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    #else
        print(text)
    #endif
}
