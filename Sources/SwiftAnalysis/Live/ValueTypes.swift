/// The types whose values nobody can change who does not assign the variable that holds them: numbers, texts, collections
/// of such, what is drawn. Tensors, layers and instances of classes are none.
struct ValueTypes {
    private static let known: Set<Substring> = [
        "Int", "Int8", "Int16", "Int32", "Int64", "UInt", "UInt8", "UInt16", "UInt32", "UInt64", "Float",
        "Double",
        "Float16", "Bool", "String", "Substring", "Character", "Unicode", "Scalar", "StaticString", "Void",
        "Never", "Array", "ArraySlice", "Dictionary", "Set", "Optional", "Range", "ClosedRange",
        "PartialRangeFrom",
        "PartialRangeUpTo", "PartialRangeThrough", "ReversedCollection", "EnumeratedSequence", "StrideTo",
        "StrideThrough", "Zip2Sequence", "Repeated", "Result", "Duration", "SIMD2", "SIMD4", "SIMD8",
        "IntTensor",
        "Vocabulary", "Shape", "Chart", "Table", "Row", "HeatMap", "CellDiagram", "NetworkDiagram",
        "UnrolledDiagram",
        "EmbeddingMap", "FlowDiagram", "FlowStep", "FlowArrow", "Figure", "Drawing", "Mark", "ChartContent",
        "LineMark", "PointMark", "BarMark", "RuleMark", "AreaMark", "TextMark", "RectangleMark",
    ]
    /// The lesson's own ones.
    private var own: Set<Substring> = []

    /// Finds those among the lesson's own types.
    ///
    /// - Parameter properties: The types of the stored properties of each struct and enum.
    init(properties: [String: [String]]) {
        var candidates = Dictionary(uniqueKeysWithValues: properties.map { (Substring($0), $1) })
        own = Set(candidates.keys)
        while let wrong = candidates.first(where: { !$1.allSatisfy(contains) }) {
            candidates[wrong.key] = nil
            own.remove(wrong.key)
        }
    }

    /// Whether a type, as the type checker prints it, is one.
    func contains(_ type: String) -> Bool {
        guard !type.contains("->") else { return false }
        let words = type.split { !($0.isLetter || $0.isNumber || $0 == "_") }
        // Labels of tuples begin with a small letter; `some` and `inout` say nothing of what the type holds.
        let names = words.filter { $0.first?.isUppercase == true }
        return type == "()"
            || !names.isEmpty && names.allSatisfy { ValueTypes.known.contains($0) || own.contains($0) }
    }
}
