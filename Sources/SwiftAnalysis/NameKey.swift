/// The properties of a name's use that tell its declaration from others: overloads differ in their types or in the labels
/// of their arguments.
struct NameKey: Hashable, Codable {
    /// The compiler's options and the modules that are imported.
    var surroundings: [String]
    /// The name.
    var name: String
    /// The type of what it names; `nil` where a type is written.
    var type: String?
    /// The type of what stands before its dot.
    var baseType: String?
    /// The labels of the arguments behind it; `nil` without parentheses.
    var labels: [String]?
}
