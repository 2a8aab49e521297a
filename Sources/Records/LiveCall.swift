public import Serialization

/// A call of a live cell: the cell, and the setting of each of its controls.
///
/// The program of a lesson's live cells reads one as a line of its standard input, after the token.
public struct LiveCall: Sendable, Equatable {
    /// The name of the cell.
    public var cell: String
    /// The settings of its controls, in their order.
    public var settings: [ControlSetting]

    /// Makes a call.
    public init(cell: String, settings: [ControlSetting]) {
        self.cell = cell
        self.settings = settings
    }

    /// Reads a call from a line of JSON; `nil` if it is none.
    package init?(line: String) {
        guard let json = try? JSON(parsing: line) else { return nil }
        self.init(json: json)
    }
}

extension LiveCall: JSONConvertible {
    /// The call as an object.
    public var json: JSON {
        ["cell": .string(cell), "values": .array(settings.map { $0.json })]
    }

    /// Reads a call back.
    public init?(json: JSON) {
        guard let cell = json["cell"]?.string, let settings = [ControlSetting](json: json["values"]) else {
            return nil
        }
        self.init(cell: cell, settings: settings)
    }
}
