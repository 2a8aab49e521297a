/// A record of one run of a lesson: what each cell showed, in the order of the lesson.
public struct RunRecord: Sendable, Hashable {
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
public struct CellRecord: Sendable, Hashable {
    /// The cell's name: its `name=` option, or `cell-N`.
    public var name: String
    /// The outputs, first to last. Adjacent prints are one text.
    public var outputs: [Output]
    /// The shapes of the tensors that the cell defined, in their order.
    public var shapes: [TensorShape]

    /// Makes a cell's record.
    public init(name: String, outputs: [Output] = [], shapes: [TensorShape] = []) {
        self.name = name
        self.outputs = outputs
        self.shapes = shapes
    }
}

/// The shape of a variable at the end of the line that defined it.
public struct TensorShape: Sendable, Hashable {
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
