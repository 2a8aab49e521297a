internal import Recurrent

/// A value that cells can show, and tables hold.
///
/// Its text is the same natively and in the reader's browser, where no value can be asked what it is made of. Conform a type of
/// your own by its `description`:
///
///     extension Score: CustomStringConvertible, Showable {
///         var description: String { "\(points) of \(games)" }
///     }
public protocol Showable {
    /// The value as text: an optional as its value or `nil`, anything else as `print` would write it.
    var shown: String { get }

    /// The value as text within an array, where a text has quotes around it.
    var shownInArray: String { get }
}

extension Showable {
    /// The same text as that of the value alone.
    public var shownInArray: String { shown }
}

extension Showable where Self: CustomStringConvertible {
    /// The description.
    public var shown: String { description }
}

extension Int: Showable {}
extension Int8: Showable {}
extension Int16: Showable {}
extension Int32: Showable {}
extension Int64: Showable {}
extension UInt: Showable {}
extension UInt8: Showable {}
extension UInt16: Showable {}
extension UInt32: Showable {}
extension UInt64: Showable {}
extension Float: Showable {}
extension Double: Showable {}
extension Bool: Showable {}
extension Tensor: Showable {}
extension IntTensor: Showable {}
extension ModelSummary: Showable {}

extension String: Showable {
    /// The text in quotes.
    public var shownInArray: String { debugDescription }
}

extension Substring: Showable {
    /// The text in quotes.
    public var shownInArray: String { debugDescription }
}

extension Character: Showable {
    /// The character in quotes.
    public var shownInArray: String { debugDescription }
}

extension Optional: Showable where Wrapped: Showable {
    /// The text of the value, or `nil`.
    public var shown: String { map { $0.shown } ?? "nil" }

    /// The text of the value in `Optional(…)`, or `nil`.
    public var shownInArray: String { map { "Optional(\($0.shownInArray))" } ?? "nil" }
}

extension Array: Showable where Element: Showable {
    /// The texts of the elements in brackets.
    public var shown: String { "[\(map { $0.shownInArray }.joined(separator: ", "))]" }
}

extension ArraySlice: Showable where Element: Showable {
    /// The texts of the elements in brackets.
    public var shown: String { Array(self).shown }

    /// The texts of the elements in `ArraySlice([…])`.
    public var shownInArray: String { "ArraySlice(\(shown))" }
}
