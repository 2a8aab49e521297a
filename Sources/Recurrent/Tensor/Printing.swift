extension Tensor: CustomStringConvertible {
    /// The shape, then the numbers in aligned columns, shortened to four digits after the point.
    ///
    ///     Tensor [2, 3]
    ///     [[ 0.5000 -1.2500  0.3333]
    ///      [10.0000  0.1250 -2.0000]]
    ///
    /// Of more than 1000 numbers, each long axis shows its first and last three.
    public var description: String {
        let numbers = scalars
        let layout = PrintedLayout(shape: shape)
        let format = NumberFormat(for: layout.shownPlaces.map { Double(numbers[$0]) })
        let body = layout.text { format.text(Double(numbers[$0])) }
        return "Tensor \(Shape.text(shape))\(rank > 1 ? "\n" : " ")\(body)"
    }
}

/// One way to write all numbers of a tensor.
///
/// Fixed with as many digits after the point as they need, one to four. Scientific for all when one is a million or
/// more, or so small that four digits would not show it.
package struct NumberFormat {
    private var isScientific = false
    private var fractionDigits = 1

    /// A format that suits these numbers.
    @export(interface)
    package init(for numbers: [Double]) {
        for number in numbers where number.isFinite && number != 0 {
            if number.magnitude >= 1e6 || number.magnitude < 1e-4 {
                isScientific = true
                return
            }
            var scaled = Int64((number.magnitude * 10000).rounded())
            var digits = 4
            while digits > fractionDigits && scaled % 10 == 0 {
                scaled /= 10
                digits -= 1
            }
            fractionDigits = max(fractionDigits, digits)
        }
    }

    /// The number in this format.
    @export(interface)
    package func text(_ number: Double) -> String {
        if isScientific || !number.isFinite { return NumberFormat.scientific(number) }
        return (number.sign == .minus ? "-" : "") + fixed(number.magnitude)
    }

    private func fixed(_ size: Double) -> String {
        var scale: Int64 = 1
        for _ in 0..<fractionDigits { scale *= 10 }
        let scaled = Int64((size * Double(scale)).rounded(.toNearestOrEven))
        return "\(scaled / scale).\(NumberFormat.padded(Int(scaled % scale), to: fractionDigits))"
    }

    /// Four digits after the point and an exponent, as in 1.2500e-07.
    package static func scientific(_ number: Double) -> String {
        if number.isNaN { return "nan" }
        let sign = number.sign == .minus ? "-" : ""
        if number.isInfinite { return sign + "inf" }
        if number == 0 { return sign + "0.0000e+00" }
        var (mantissa, exponent) = (number.magnitude, 0)
        while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
        while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
        var digits = Int((mantissa * 10000).rounded(.toNearestOrEven))
        if digits == 100_000 { (digits, exponent) = (10000, exponent + 1) }
        return "\(sign)\(digits / 10000).\(padded(digits % 10000, to: 4))e\(exponent < 0 ? "-" : "+")"
            + padded(abs(exponent), to: 2)
    }

    private static func padded(_ number: Int, to length: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, length - digits.utf8.count)) + digits
    }
}

/// The layout of a printed tensor: nested brackets, columns flush right, long axes shortened.
package struct PrintedLayout {
    private let shape: [Int]
    private let strides: [Int]
    private let isShortened: Bool

    package init(shape: [Int]) {
        self.shape = shape
        strides = Shape.strides(shape)
        // Of an axis of empty rows there may be any number.
        isShortened = Shape.count(shape.map { Swift.max($0, 1) }) > 1000
    }

    /// The entries to print along an axis; nil stands for those left out.
    private func entries(_ axis: Int) -> [Int?] {
        let length = shape[axis]
        if !isShortened || length <= 6 { return (0..<length).map { $0 } }
        return [0, 1, 2, nil, length - 3, length - 2, length - 1]
    }

    /// The row-major places of the entries to print.
    package var shownPlaces: [Int] {
        var places = [0]
        if shape.contains(0) { return [] }
        for axis in shape.indices {
            places = places.flatMap { place in
                entries(axis).compactMap { entry in entry.map { place + $0 * strides[axis] } }
            }
        }
        return places
    }

    /// The entries in brackets, each as `write` gives it.
    @export(interface)
    package func text(_ write: (Int) -> String) -> String {
        let width = shownPlaces.map { write($0).utf8.count }.max() ?? 0
        return text(axis: 0, place: 0) { place in
            let entry = write(place)
            return String(repeating: " ", count: width - entry.utf8.count) + entry
        }
    }

    private func text(axis: Int, place: Int, _ write: (Int) -> String) -> String {
        if axis == shape.count { return write(place) }
        let isInnermost = axis == shape.count - 1
        let gap =
            String(repeating: "\n", count: shape.count - 1 - axis) + String(repeating: " ", count: axis + 1)
        var text = "["
        for (position, entry) in entries(axis).enumerated() {
            if position > 0 { text += isInnermost ? " " : gap }
            text += entry.map { self.text(axis: axis + 1, place: place + $0 * strides[axis], write) } ?? "…"
        }
        return text + "]"
    }
}
