/// The options that an author gives in a cell's info string.
public struct CellOptions: Sendable, Equatable {
    /// Whether the cell runs and shows neither code nor output.
    public var isHidden = false
    /// Whether its code stands behind a disclosure.
    public var isFolded = false
    /// Whether it runs and shows code but no output.
    public var isQuiet = false
    /// Whether its output is shown and never compared.
    public var isVolatile = false
    /// Whether it is not run in a page, where live cells get the values that the build computed.
    public var isBuilt = false
    /// The failure that the cell must show, if it is there to fail.
    public var expectedFailure: ExpectedFailure?
    /// The caption of the figure or table that the cell shows.
    public var caption: Phrase?
    /// The alternative text of the figure that the cell shows, for screen readers.
    public var alternative: Phrase?
    /// Relative tolerance for numbers when compared; `nil` leaves it to the front matter.
    public var tolerance: Double?
    /// The time that the cell may take; `nil` leaves it to the front matter.
    public var timeout: Duration?
    /// The location of each option in the file.
    public var locations: [OptionKeyword: SourceLocation] = [:]

    /// The options of a cell that asks for nothing.
    public init() {}
}

/// A failure that a cell promises: the build is red when it does not come.
public enum ExpectedFailure: Sendable, Equatable {
    /// The compiler refuses the cell, and its first error contains the text.
    case compile(String)
    /// The cell traps, and the message contains the text.
    case crash(String)
}
