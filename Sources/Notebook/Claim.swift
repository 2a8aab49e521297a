internal import Recurrent

/// States a claim of the lesson: when it does not hold, the lesson stops at the caller's line and says so.
///
///     require(losses.last! < 0.05, "the loss falls below 0.05")
///
/// A claim in prose that no cell requires may stop holding unnoticed.
///
/// - Parameters:
///   - condition: The condition of the claim.
///   - claim: The claim, as a sentence without its full stop.
///   - file: The caller's file.
///   - line: The caller's line.
public func require(
    _ condition: Bool,
    _ claim: @autoclosure () -> String,
    file: StaticString = #file,
    line: UInt = #line
) {
    Recurrent.require(condition, "this does not hold: \(claim())", file: file, line: line)
}
