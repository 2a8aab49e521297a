/// A keyword that may follow `swift model` in a cell's info string; `CellOptions` holds what its author gave.
public enum OptionKeyword: String, Sendable, Hashable, CaseIterable {
    /// The cell's name.
    case name
    /// Runs, shows neither code nor output.
    case hidden
    /// Its code stands behind a disclosure.
    case folded
    /// Runs, shows code but no output.
    case quiet
    /// Must not compile, with a message that contains the text.
    case fails
    /// Must trap, with a message that contains the text.
    case crashes
    /// Its output is shown and never compared.
    case volatile
    /// Is not run in a page: live cells get the values that the build computed.
    case built
    /// The caption of the figure or table.
    case caption
    /// The figure's alternative text, for screen readers.
    case alt
    /// Relative tolerance for numbers when compared.
    case tolerance
    /// The time that the cell may take.
    case timeout

    /// The option as it is typed, such as `name=ID`.
    package var form: String {
        switch self {
        case .name: "name=ID"
        case .hidden, .folded, .quiet, .volatile, .built: rawValue
        case .fails, .crashes, .caption, .alt: "\(rawValue)=\"…\""
        case .tolerance: "tolerance=1e-5"
        case .timeout: "timeout=10s"
        }
    }

    /// Whether the option is followed by `=` and a value.
    package var takesValue: Bool { form.contains("=") }

    /// The reason why two options contradict each other; `nil` when they do not.
    package static func contradiction(_ a: OptionKeyword, _ b: OptionKeyword) -> String? {
        contradictions.first { $0.pair == [a, b] }?.reason
    }

    private static let contradictions: [(pair: Set<OptionKeyword>, reason: String)] = {
        var all: [(Set<OptionKeyword>, String)] = [
            ([.hidden, .folded], "a hidden cell shows no code to fold"),
            ([.hidden, .quiet], "a hidden cell shows no output as it is"),
            ([.fails, .crashes], "a cell that does not compile cannot crash"),
            ([.fails, .timeout], "a cell that does not compile never runs"),
            ([.fails, .tolerance], "a cell that does not compile shows no numbers"),
            ([.fails, .caption], "a cell that does not compile shows no figure"),
            ([.fails, .alt], "a cell that does not compile shows no figure"),
            ([.volatile, .tolerance], "volatile output is never compared"),
            ([.fails, .built], "a cell that does not compile computes no values"),
            ([.crashes, .built], "a cell that stops leaves no values"),
            ([.volatile, .built], "the values of a built cell are the same each time"),
        ]
        for silent in [OptionKeyword.hidden, .quiet] {
            for spoken in [OptionKeyword.caption, .alt, .volatile, .tolerance] {
                all.append(([silent, spoken], "a \(silent) cell shows no output"))
            }
        }
        return all
    }()
}
