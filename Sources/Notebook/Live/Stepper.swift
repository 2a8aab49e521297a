public import Records
internal import Recurrent

/// A stepper through whole numbers, such as seeds.
///
///     Stepper("seed", 0...9)
public struct Stepper: LiveControl {
    private let positions: Positions<Int>

    /// A stepper through whole numbers.
    ///
    /// - Parameters:
    ///   - label: The label.
    ///   - range: The numbers.
    ///   - initial: The number at first; the least by default.
    ///   - file: The caller's file.
    ///   - line: The caller's line.
    @export(interface)
    public init(
        _ label: String,
        _ range: ClosedRange<Int>,
        initially initial: Int? = nil,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        let (low, high) = (range.lowerBound, range.upperBound)
        let initial = initial ?? low
        Recurrent.require(
            range.contains(initial),
            "Stepper \"\(label)\" begins at \(initial), which is not from \(low) to \(high); begin within its range",
            file: file,
            line: line
        )
        // A range of all integers has more numbers than an `Int` can count.
        Recurrent.require(
            Double(high) - Double(low) < Double(greatestPositionCount),
            "Stepper \"\(label)\" has more than \(greatestPositionCount) numbers; give a smaller range",
            file: file,
            line: line
        )
        positions = Positions(
            .stepper,
            label,
            Array(range),
            texts: range.map { "\($0)" },
            initial: initial - low,
            file: file,
            line: line
        )
    }

    /// The stepper as a page shows it.
    public var face: ControlFace { positions.face }

    /// The number at a position.
    public func value(of setting: ControlSetting) -> Int { positions.value(of: setting) }
}
