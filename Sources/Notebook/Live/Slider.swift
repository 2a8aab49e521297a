public import Records
internal import Charting
internal import Recurrent

/// The way in which a slider goes through its range.
public enum SliderScale: Sendable {
    /// Equal steps.
    case linear
    /// Equal ratios: the round values 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6 and 8 of each power of ten.
    case log
}

/// A slider over a range of numbers.
///
///     Slider("learning rate", 0.001...1, scale: .log, initially: 0.1)
///     Slider("hidden units", 1...64, initially: 8)
///
/// A range of whole numbers gives an `Int`, any other a `Float`.
public struct Slider<Value>: LiveControl {
    private let positions: Positions<Value>

    /// The slider as a page shows it.
    public var face: ControlFace { positions.face }

    /// The number at a position.
    public func value(of setting: ControlSetting) -> Value { positions.value(of: setting) }
}

extension Slider where Value == Float {
    /// A slider over a range of numbers.
    ///
    /// The ends of the range and the initial number are always among its positions.
    ///
    /// - Parameters:
    ///   - label: The label.
    ///   - range: The range.
    ///   - scale: The way through the range.
    ///   - step: The distance of two positions of a linear slider; by default a round one that gives about a hundred.
    ///   - initial: The number at first; the least by default.
    ///   - file: The caller's file.
    ///   - line: The caller's line.
    public init(
        _ label: String,
        _ range: ClosedRange<Float>,
        scale: SliderScale = .linear,
        step: Float? = nil,
        initially initial: Float? = nil,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        let initial = initial ?? range.lowerBound
        let numbers = SliderRange(label, scale, file: file, line: line).numbers(
            in: range,
            step,
            with: initial
        )
        positions = Positions(
            .slider,
            label,
            numbers,
            texts: numbers.map { NumberText.exact($0) },
            initial: numbers.firstIndex(of: initial),
            file: file,
            line: line
        )
    }
}

extension Slider where Value == Int {
    /// A slider over a range of whole numbers.
    ///
    /// The ends of the range and the initial number are always among its positions.
    ///
    /// - Parameters:
    ///   - label: The label.
    ///   - range: The range.
    ///   - scale: The way through the range.
    ///   - step: The distance of two positions of a linear slider.
    ///   - initial: The number at first; the least by default.
    ///   - file: The caller's file.
    ///   - line: The caller's line.
    public init(
        _ label: String,
        _ range: ClosedRange<Int>,
        scale: SliderScale = .linear,
        step: Int = 1,
        initially initial: Int? = nil,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        let initial = initial ?? range.lowerBound
        let numbers = SliderRange(label, scale, file: file, line: line).numbers(
            in: range,
            step,
            with: initial
        )
        positions = Positions(
            .slider,
            label,
            numbers,
            texts: numbers.map { "\($0)" },
            initial: numbers.firstIndex(of: initial),
            file: file,
            line: line
        )
    }
}

/// The numbers of a slider, found from what its author asked for.
private struct SliderRange {
    let label: String
    let scale: SliderScale
    let file: StaticString
    let line: UInt

    init(_ label: String, _ scale: SliderScale, file: StaticString, line: UInt) {
        self.label = label
        self.scale = scale
        self.file = file
        self.line = line
    }

    @export(interface)
    func numbers(in range: ClosedRange<Float>, _ step: Float?, with initial: Float) -> [Float] {
        requireLabel(label, of: .slider, file: file, line: line)
        let (low, high) = (range.lowerBound, range.upperBound)
        require(low.isFinite && high.isFinite, "goes from \(low) to \(high); give finite numbers")
        require(
            low < high,
            "has nothing to choose from: its range begins and ends at \(low); give a wider one"
        )
        require(scale == .linear || low > 0, "has a log scale that begins at \(low); begin above 0")
        require(
            scale == .linear || step == nil,
            "has a log scale and a step; leave the step out, for a log scale has round values"
        )
        require((step ?? 1) > 0 && (step ?? 1).isFinite, "has the step \(step ?? 1); give one above 0")
        require(
            range.contains(initial),
            "begins at \(initial), which is not from \(low) to \(high); begin within its range"
        )
        let values = scale == .log ? Float.roundValues(in: range) : Float.steps(step, in: range)
        require(values.count <= greatestPositionCount, SliderRange.tooMany)
        return (values + [low, high, initial]).sorted().reduce(into: [Float]()) { numbers, next in
            if numbers.last != next { numbers.append(next) }
        }
    }

    @export(interface)
    func numbers(in range: ClosedRange<Int>, _ step: Int, with initial: Int) -> [Int] {
        requireLabel(label, of: .slider, file: file, line: line)
        let (low, high) = (range.lowerBound, range.upperBound)
        require(
            low < high,
            "has nothing to choose from: its range begins and ends at \(low); give a wider one"
        )
        require(scale == .linear || low > 0, "has a log scale that begins at \(low); begin above 0")
        require(
            scale == .linear || step == 1,
            "has a log scale and a step; leave the step out, for a log scale has round values"
        )
        require(step > 0, "has the step \(step); give one above 0")
        require(
            range.contains(initial),
            "begins at \(initial), which is not from \(low) to \(high); begin within its range"
        )
        let count = (Double(high) - Double(low)) / Double(step)
        require(scale == .log || count < Double(greatestPositionCount), SliderRange.tooMany)
        let values =
            scale == .log ? Int.roundValues(in: range) : Array(stride(from: low, through: high, by: step))
        return (values + [low, high, initial]).sorted().reduce(into: [Int]()) { numbers, next in
            if numbers.last != next { numbers.append(next) }
        }
    }

    private func require(_ condition: Bool, _ message: @autoclosure () -> String) {
        Recurrent.require(condition, "Slider \"\(label)\" \(message())", file: file, line: line)
    }

    private static let tooMany =
        "has more than \(greatestPositionCount) positions, which no reader can tell apart; give a wider step"
}

/// The round values of a power of ten, in tenths.
private let roundMantissas: [Int64] = [10, 12, 15, 20, 25, 30, 40, 50, 60, 80]

extension Float {
    /// The round values of a log scale.
    fileprivate static func roundValues(in range: ClosedRange<Float>) -> [Float] {
        let first = PowersOfTen.exponent(Double(range.lowerBound))
        let last = PowersOfTen.exponent(Double(range.upperBound))
        return (first...last).flatMap { exponent in
            roundMantissas.map { Float(NumberText(digits: $0, exponent: exponent - 1).value) }
        }
        .filter { range.contains($0) }
    }

    /// The values of a linear scale, at most one more than a control can have. They are the numbers nearest to decimals:
    /// three steps of 0.1 are 0.3.
    fileprivate static func steps(_ step: Float?, in range: ClosedRange<Float>) -> [Float] {
        let low = NumberText(range.lowerBound).value
        let high = NumberText(range.upperBound).value
        let distance = step.map { NumberText($0).value } ?? Ticks.step(low...high, count: 100).value
        var values: [Float] = []
        for index in 0...greatestPositionCount {
            let value = Float(low + Double(index) * distance)
            guard range.contains(value) else { break }
            values.append(value)
        }
        return values
    }
}

extension Int {
    /// The round values of a log scale that are whole.
    fileprivate static func roundValues(in range: ClosedRange<Int>) -> [Int] {
        var values: [Int] = []
        var unit = 1
        while unit <= range.upperBound {
            for mantissa in roundMantissas where unit > 1 || mantissa % 10 == 0 {
                let (value, overflow) = (unit / (unit > 1 ? 10 : 1)).multipliedReportingOverflow(
                    by: Int(unit > 1 ? mantissa : mantissa / 10)
                )
                if !overflow, range.contains(value) { values.append(value) }
            }
            let (next, overflow) = unit.multipliedReportingOverflow(by: 10)
            if overflow { break }
            unit = next
        }
        return values
    }
}
