public import Serialization

/// A control of a live cell as a page shows it: its label, and the text of each of its positions.
///
/// What a page knows of a control are positions. Their values are the lesson's program's.
public struct Control: Sendable, Equatable {
    /// The kind of a control, by which a page shows it.
    public enum Kind: String, Sendable, Equatable {
        /// A slider over positions in their order.
        case slider
        /// Whole numbers, one after another.
        case stepper
        /// Options, of which one is chosen.
        case picker
        /// A switch; its first position is off, its second on.
        case toggle
        /// A text.
        case text
        /// Options that are points or cells of a figure as well.
        case selection
        /// The frames of an animation.
        case frames
    }

    /// The kind.
    public var kind: Kind
    /// The label, which no other control of the cell has.
    public var label: String
    /// The text of each position, in order; of a text field its first text alone.
    public var positions: [String]
    /// The index of the position at first; 0 for a text field.
    public var initial: Int
    /// The most characters of a text field.
    public var length: Int?
    /// The characters of a text field; `nil` for any that can be seen.
    public var alphabet: String?
    /// The name of the cell whose figure's points or cells are chosen.
    public var figure: String?

    /// Makes a control.
    public init(
        _ kind: Kind,
        _ label: String,
        positions: [String],
        initial: Int = 0,
        length: Int? = nil,
        alphabet: String? = nil,
        figure: String? = nil
    ) {
        self.kind = kind
        self.label = label
        self.positions = positions
        self.initial = initial
        self.length = length
        self.alphabet = alphabet
        self.figure = figure
    }

    /// The setting at first.
    public var initialSetting: ControlSetting {
        kind == .text ? .text(positions[0]) : .position(initial)
    }
}

/// The setting of a control: one of its positions, or the text of a text field.
public enum ControlSetting: Sendable, Equatable {
    /// The index of a position.
    case position(Int)
    /// The text of a text field.
    case text(String)
}

extension Control: JSONConvertible {
    /// The control as an object.
    public var json: JSON {
        var members = [
            JSON.Member("kind", .string(kind.rawValue)), JSON.Member("label", .string(label)),
            JSON.Member("positions", .array(positions.map { .string($0) })),
            JSON.Member("initial", .integer(initial)),
        ]
        if let length { members.append(JSON.Member("length", .integer(length))) }
        if let alphabet { members.append(JSON.Member("alphabet", .string(alphabet))) }
        if let figure { members.append(JSON.Member("figure", .string(figure))) }
        return .object(members)
    }

    /// Reads a control back; its initial position must be one of its positions.
    public init?(json: JSON) {
        guard let kind = (json["kind"]?.string).flatMap({ Kind(rawValue: $0) }),
            let label = json["label"]?.string, let positions = json["positions"]?.strings,
            let initial = json["initial"]?.integer, positions.indices.contains(initial)
        else { return nil }
        self.init(
            kind,
            label,
            positions: positions,
            initial: initial,
            length: json["length"]?.integer,
            alphabet: json["alphabet"]?.string,
            figure: json["figure"]?.string
        )
    }
}

extension ControlSetting: JSONConvertible {
    /// The setting as a number or a text.
    public var json: JSON {
        switch self {
        case .position(let position): .integer(position)
        case .text(let text): .string(text)
        }
    }

    /// Reads a setting back.
    public init?(json: JSON) {
        if let position = json.integer {
            self = .position(position)
        } else if let text = json.string {
            self = .text(text)
        } else {
            return nil
        }
    }
}
