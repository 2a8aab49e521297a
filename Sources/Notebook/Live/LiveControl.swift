internal import Charting
public import Records
internal import Recurrent

/// A control as a page shows it: its kind, its label and the text of each of its positions.
public typealias ControlFace = Records.Control

/// The setting of a control: the index of its position, or the text of a text field.
public typealias ControlSetting = Records.ControlSetting

/// A control of a live cell, by which a reader chooses a value.
///
/// A page knows positions only; the value of each is made here, by the same arithmetic in the lesson's own run and in the
/// reader's browser. A control of your own is one that stands on another:
///
///     struct Temperature: LiveControl {
///         let slider = Slider("temperature", 0...100)
///         var face: ControlFace { slider.face }
///         func value(of setting: ControlSetting) -> Float { Float(slider.value(of: setting)) / 50 }
///     }
public protocol LiveControl {
    /// The value that the live function gets.
    associatedtype Value
    /// The control as a page shows it.
    var face: ControlFace { get }
    /// Returns the value of a setting, which is one that the control has.
    func value(of setting: ControlSetting) -> Value
}

/// Values in order, of which a control has one for each position.
struct Positions<Value> {
    /// The control as a page shows it.
    let face: ControlFace
    private let values: [Value]

    /// Stops where the positions are none or too many, the initial one is none of them, or the label is empty.
    ///
    /// - Parameter initial: The index of the initial position; `nil` where that is none.
    init(
        _ kind: ControlFace.Kind,
        _ label: String,
        _ values: [Value],
        texts: [String],
        initial: Int?,
        figure: String? = nil,
        file: StaticString,
        line: UInt
    ) {
        let name = "\(kind.typeName) \"\(label)\""
        requireLabel(label, of: kind, file: file, line: line)
        Recurrent.require(
            !values.isEmpty,
            "\(name) has nothing to choose from; give it at least one value",
            file: file,
            line: line
        )
        Recurrent.require(
            values.count <= greatestPositionCount,
            "\(name) has \(values.count) positions, and a control can have \(greatestPositionCount); give a wider step",
            file: file,
            line: line
        )
        guard let initial, values.indices.contains(initial) else {
            Recurrent.stop(
                "\(name) begins at a value that it does not have; begin between \(texts[0]) and \(texts[texts.count - 1])",
                file: file,
                line: line
            )
        }
        face = ControlFace(kind, label, positions: texts, initial: initial, figure: figure)
        self.values = values
    }

    func value(of setting: ControlSetting) -> Value {
        // Settings are checked where a call begins.
        guard case .position(let position) = setting else { return values[face.initial] }
        return values[position]
    }
}

/// The most positions of a control.
let greatestPositionCount = 1000

/// Stops where a control has no label.
func requireLabel(_ label: String, of kind: ControlFace.Kind, file: StaticString, line: UInt) {
    Recurrent.require(
        label.contains { !$0.isBlank },
        "a \(kind.typeName) has an empty label; name what it changes",
        file: file,
        line: line
    )
}

extension ControlFace.Kind {
    /// The name of the type that an author writes.
    var typeName: String {
        switch self {
        case .slider: "Slider"
        case .stepper: "Stepper"
        case .picker: "Picker"
        case .toggle: "Toggle"
        case .text: "TextField"
        case .selection: "Selection"
        case .frames: "animation"
        }
    }
}
