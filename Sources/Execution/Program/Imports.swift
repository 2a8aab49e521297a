/// The modules that a lesson's program imports before its first cell.
package struct Imports: Sendable, Hashable {
    /// The modules of the project's own, in their order.
    var modules: [String] = []

    /// The engine and the charts, with what cells type besides.
    package static let engine = Imports()

    /// The lines that import them.
    package var text: String { (["Notebook"] + modules).map { "import \($0)" }.joined(separator: "\n") }
}
