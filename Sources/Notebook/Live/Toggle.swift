public import Records

/// A switch that is on or off.
///
///     Toggle("clip the gradients", initially: true)
public struct Toggle: LiveControl {
    private let positions: Positions<Bool>

    /// A switch.
    ///
    /// - Parameters:
    ///   - label: The label, which says what is on.
    ///   - initial: Whether it is on at first.
    ///   - file: The caller's file.
    ///   - line: The caller's line.
    @export(interface)
    public init(
        _ label: String,
        initially initial: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        positions = Positions(
            .toggle,
            label,
            [false, true],
            texts: ["off", "on"],
            initial: initial ? 1 : 0,
            file: file,
            line: line
        )
    }

    /// The switch as a page shows it.
    public var face: ControlFace { positions.face }

    /// Whether the switch is on.
    public func value(of setting: ControlSetting) -> Bool { positions.value(of: setting) }
}
