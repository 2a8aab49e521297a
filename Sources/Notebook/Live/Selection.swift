public import Records
internal import Recurrent

/// A selection of a point or a cell of a figure that another cell shows.
///
///     Selection("run", of: "map", options: runs.map { "rate \($0.rate), seed \($0.seed)" })
///
/// The live function gets the index of what is chosen, in the order in which the figure's marks were made. A reader who
/// cannot point chooses by the texts.
public struct Selection: LiveControl {
    private let positions: Positions<Int>

    /// A selection of a point or a cell of a figure.
    ///
    /// - Parameters:
    ///   - label: The label.
    ///   - figure: The name of the cell that shows the figure.
    ///   - options: The texts of the points or cells, in their order.
    ///   - initial: The index of what is chosen at first.
    ///   - file: The caller's file.
    ///   - line: The caller's line.
    @export(interface)
    public init(
        _ label: String,
        of figure: String,
        options: [String],
        initially initial: Int = 0,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        requireLabel(label, of: .selection, file: file, line: line)
        Recurrent.require(
            !figure.isEmpty,
            "Selection \"\(label)\" names no figure; name the cell that shows it",
            file: file,
            line: line
        )
        Recurrent.require(
            options.isEmpty || options.indices.contains(initial),
            "Selection \"\(label)\" begins at \(initial), but has options 0 to \(options.count - 1); begin at one of them",
            file: file,
            line: line
        )
        positions = Positions(
            .selection,
            label,
            Array(options.indices),
            texts: options,
            initial: initial,
            figure: figure,
            file: file,
            line: line
        )
    }

    /// The selection as a page shows it.
    public var face: ControlFace { positions.face }

    /// The index of what is chosen.
    public func value(of setting: ControlSetting) -> Int { positions.value(of: setting) }
}
