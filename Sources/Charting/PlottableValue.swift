/// A value that a chart can place: a number, or the name of a category.
public protocol Plottable {
    /// The value as the chart sees it.
    var datum: Datum { get }
}

/// A value as a chart knows it: a number with the form it came in, or a category's name.
public enum Datum: Sendable {
    /// A whole number.
    case integer(Double, Int)
    /// A number of single precision, which is written with the digits that precision has.
    case single(Float)
    /// A number of double precision.
    case double(Double)
    /// The name of a category.
    case category(String)

    /// The number, unless this is a category.
    public var number: Double? {
        switch self {
        case .integer(let value, _): value
        case .single(let value): Double(value)
        case .double(let value): value
        case .category: nil
        }
    }

    /// Whether this came as a whole number.
    package var isWhole: Bool {
        if case .integer = self { true } else { false }
    }

    /// Whether this came in single precision.
    package var isSingle: Bool {
        if case .single = self { true } else { false }
    }

    /// The value in full: every digit that tells it from its neighbors.
    package var exactText: String {
        switch self {
        case .integer(_, let value): String(value)
        case .single(let value): value.description
        case .double(let value): value.description
        case .category(let name): name
        }
    }

    /// The value as a sentence or a label names it: three significant digits.
    package var shortText: String {
        switch self {
        case .integer(_, let value): String(value)
        case .single, .double: NumberText.short(number!)
        case .category(let name): name
        }
    }
}

extension Datum: Hashable {
    /// Whether the two are the same; one that is not a number is the same as another.
    public static func == (left: Datum, right: Datum) -> Bool {
        switch (left, right) {
        case (.integer(_, let left), .integer(_, let right)): left == right
        case (.single(let left), .single(let right)): left == right || left.isNaN && right.isNaN
        case (.double(let left), .double(let right)): left == right || left.isNaN && right.isNaN
        case (.category(let left), .category(let right)): left == right
        default: false
        }
    }

    /// Hashes the value.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .integer(_, let value): hasher.combine(value)
        case .single(let value): hasher.combine(value.isNaN ? .nan : value)
        case .double(let value): hasher.combine(value.isNaN ? .nan : value)
        case .category(let name): hasher.combine(name)
        }
    }
}

/// A value with the words that name it, such as `.value("Loss", 0.25)`.
///
/// The words are data too: they become the axis's title, the legend, the heading of the data table and the
/// description.
public struct PlottableValue: Sendable, Hashable {
    /// The words.
    public var label: String
    /// The value.
    public var datum: Datum

    /// A value named by `label`.
    public static func value(_ label: String, _ value: some Plottable) -> PlottableValue {
        PlottableValue(label: label, datum: value.datum)
    }
}

extension Double: Plottable {
    /// The number itself.
    public var datum: Datum { .double(self) }
}

extension Float: Plottable {
    /// The number itself.
    public var datum: Datum { .single(self) }
}

extension String: Plottable {
    /// The category of this name.
    public var datum: Datum { .category(self) }
}

extension Substring: Plottable {
    /// The category of this name.
    public var datum: Datum { .category(String(self)) }
}

extension Character: Plottable {
    /// The category of this name.
    public var datum: Datum { .category(String(self)) }
}

extension Bool: Plottable {
    /// The category `true` or `false`.
    public var datum: Datum { .category(description) }
}

extension Plottable where Self: BinaryInteger {
    /// The whole number.
    public var datum: Datum {
        Int(exactly: self).map { .integer(Double($0), $0) } ?? .double(Double(self))
    }
}

extension Int: Plottable {}
extension Int8: Plottable {}
extension Int16: Plottable {}
extension Int32: Plottable {}
extension Int64: Plottable {}
extension UInt: Plottable {}
extension UInt8: Plottable {}
extension UInt16: Plottable {}
extension UInt32: Plottable {}
extension UInt64: Plottable {}
