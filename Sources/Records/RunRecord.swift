public import Serialization

/// A record of one run of a lesson: what each cell showed, in the order of the lesson.
public struct RunRecord: Sendable, Equatable {
    /// The lesson's slug, such as `05-sine-wave`.
    public var lesson: String
    /// The cells' records, in the order of the lesson.
    public var cells: [CellRecord]
    /// The values of the expressions in prose, in the order of the lesson.
    public var expressions: [String]

    /// Makes a record of a run.
    public init(lesson: String, cells: [CellRecord], expressions: [String] = []) {
        self.lesson = lesson
        self.cells = cells
        self.expressions = expressions
    }
}

/// A record of what one cell showed, in the order in which it did.
public struct CellRecord: Sendable, Equatable {
    /// The cell's name: its `name=` option, or `cell-N`.
    public var name: String
    /// The outputs, first to last. Adjacent prints are one text.
    public var outputs: [Output]
    /// The shapes of the tensors that the cell defined, in their order.
    public var shapes: [TensorShape]
    /// The controls of a live cell, and its states if they were built; `nil` for any other cell. The outputs are those of
    /// the state in which the controls are at first.
    public var live: LiveRecord?
    /// The runs side by side that the cell made, in their order.
    public var runs: [RunsRecord]

    /// Makes a cell's record.
    public init(
        name: String,
        outputs: [Output] = [],
        shapes: [TensorShape] = [],
        live: LiveRecord? = nil,
        runs: [RunsRecord] = []
    ) {
        self.name = name
        self.outputs = outputs
        self.shapes = shapes
        self.live = live
        self.runs = runs
    }
}

/// The shape of a variable at the end of the line that defined it.
public struct TensorShape: Sendable, Equatable {
    /// The name of the variable.
    public var name: String
    /// The shape as it is shown, such as `[1000, 49, 1]`.
    public var shape: String

    /// Makes a shape.
    public init(name: String, shape: String) {
        self.name = name
        self.shape = shape
    }
}

extension RunRecord: JSONConvertible {
    /// The record as an object.
    public var json: JSON {
        .object(
            [JSON.Member("lesson", .string(lesson)), JSON.Member("cells", .array(cells.map { $0.json }))]
                + (expressions.isEmpty
                    ? [] : [JSON.Member("expressions", .array(expressions.map(JSON.string)))])
        )
    }

    /// Reads a record back.
    public init?(json: JSON) {
        guard let lesson = json["lesson"]?.string, let cells = [CellRecord](json: json["cells"]) else {
            return nil
        }
        guard let expressions = json["expressions"] == nil ? [] : json["expressions"]?.strings else {
            return nil
        }
        self.init(lesson: lesson, cells: cells, expressions: expressions)
    }
}

extension CellRecord: JSONConvertible {
    /// The record as an object.
    public var json: JSON {
        .object(
            [JSON.Member("name", .string(name)), JSON.Member("outputs", .array(outputs.map { $0.json }))]
                + (shapes.isEmpty
                    ? []
                    : [
                        JSON.Member(
                            "shapes",
                            .object(shapes.map { JSON.Member($0.name, .string($0.shape)) })
                        )
                    ])
                + (live.map { [JSON.Member("live", $0.json)] } ?? [])
                + (runs.isEmpty ? [] : [JSON.Member("runs", .array(runs.map { $0.json }))])
        )
    }

    /// Reads a record back.
    public init?(json: JSON) {
        guard let name = json["name"]?.string, let outputs = [Output](json: json["outputs"]) else {
            return nil
        }
        guard let shapes = json["shapes"] == nil ? [] : json["shapes"]?.shapes else { return nil }
        let live = json["live"].flatMap { LiveRecord(json: $0) }
        guard live != nil || json["live"] == nil else { return nil }
        guard let runs = json["runs"] == nil ? [] : [RunsRecord](json: json["runs"]) else { return nil }
        self.init(name: name, outputs: outputs, shapes: shapes, live: live, runs: runs)
    }
}

extension JSON {
    /// The shapes of tensors, if this is an object of texts.
    fileprivate var shapes: [TensorShape]? {
        guard case .object(let members) = self else { return nil }
        let shapes = members.compactMap { member in
            member.value.string.map { TensorShape(name: member.name, shape: $0) }
        }
        return shapes.count == members.count ? shapes : nil
    }
}
