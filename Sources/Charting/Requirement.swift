/// Stops with `message` at the caller's place when `condition` does not hold.
///
/// A failed `precondition` prints nothing in an optimized build; a reader needs the sentence.
@inline(__always)
func require(
    _ condition: @autoclosure () -> Bool,
    _ message: @autoclosure () -> String,
    file: StaticString,
    line: UInt
) {
    guard condition() else { fatalError(message(), file: file, line: line) }
}
