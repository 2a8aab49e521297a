public import Serialization

/// A message of a running lesson about itself, besides what it prints.
public enum Event: Sendable, Equatable {
    /// The cell of this name begins.
    case cell(String)
    /// The current cell showed something.
    case output(Output)
    /// The current cell defined a tensor.
    case shape(TensorShape)
    /// The current cell has controls; if it is built, its states follow.
    case live(controls: [Control], isBuilt: Bool)
    /// The state of this index begins: what is printed and shown belongs to it, until the next one begins or all end.
    case state(Int)
    /// The last state ended.
    case statesEnd
    /// The current cell made runs side by side.
    case runs(RunsRecord)
    /// A built cell computed something that live cells are given.
    case value(ShippedValues.Entry)
    /// The lesson came to its end.
    case end
    /// The process exits by itself; its exit status alone may look like that of one stopped by a signal.
    case exit
}

extension Event: JSONConvertible {
    /// The event as an object with one member.
    public var json: JSON {
        switch self {
        case .cell(let name): ["cell": .string(name)]
        case .output(let output): ["output": output.json]
        case .shape(let shape): ["shape": [.string(shape.name), .string(shape.shape)]]
        case .live(let controls, let isBuilt):
            ["live": .array(controls.map { $0.json }), "built": .bool(isBuilt)]
        case .state(let index): ["state": .integer(index)]
        case .statesEnd: ["statesEnd": .bool(true)]
        case .runs(let runs): ["runs": runs.json]
        case .value(let entry): ["value": entry.json]
        case .end: ["end": .bool(true)]
        case .exit: ["exit": .bool(true)]
        }
    }

    /// Reads an event back.
    public init?(json: JSON) {
        if let name = json["cell"]?.string {
            self = .cell(name)
        } else if let output = json["output"].flatMap(Output.init(json:)) {
            self = .output(output)
        } else if let texts = json["shape"]?.array?.compactMap({ $0.string }), texts.count == 2 {
            self = .shape(TensorShape(name: texts[0], shape: texts[1]))
        } else if let controls = [Control](json: json["live"]), let isBuilt = json["built"]?.bool {
            self = .live(controls: controls, isBuilt: isBuilt)
        } else if let index = json["state"]?.integer {
            self = .state(index)
        } else if json["statesEnd"]?.bool == true {
            self = .statesEnd
        } else if let runs = json["runs"].flatMap(RunsRecord.init(json:)) {
            self = .runs(runs)
        } else if let entry = json["value"].flatMap(ShippedValues.Entry.init(json:)) {
            self = .value(entry)
        } else if json["end"]?.bool == true {
            self = .end
        } else if json["exit"]?.bool == true {
            self = .exit
        } else {
            return nil
        }
    }
}
