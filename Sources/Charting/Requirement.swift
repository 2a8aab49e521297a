/// Stops with `message` at the caller's place when `condition` does not hold.
///
/// A failed `precondition` prints nothing in an optimized build, nor does a module in a page; a reader needs the sentence.
@inline(__always)
func require(
    _ condition: @autoclosure () -> Bool,
    _ message: @autoclosure () -> String,
    file: StaticString,
    line: UInt
) {
    guard condition() else { stop(message(), file: file, line: line) }
}

/// Stops with a sentence.
@export(interface)
@inline(never)
func stop(_ message: String, file: StaticString, line: UInt) -> Never {
    #if hasFeature(Embedded) && arch(wasm32)
        let sentence = Array("\(file):\(line): Fatal error: \(message)".utf8)
        stopModule(sentence, sentence.count)
    #endif
    fatalError(message, file: file, line: line)
}

#if hasFeature(Embedded) && arch(wasm32)
    /// Hands a sentence to the page around a module, and traps, which itself says nothing. From `BrowserRuntime`.
    @_extern(c, "unroll_stop")
    private func stopModule(_ sentence: UnsafePointer<UInt8>, _ count: Int)
#endif
