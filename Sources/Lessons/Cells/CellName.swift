/// The form of a cell's name, which is also its id in the page: words of a–z and 0–9, joined by single hyphens.
enum CellName {
    /// The nearest legal name, empty when nothing legal is left; a legal name comes back unchanged.
    static func legalized(_ name: String) -> String {
        name.lowercased()
            .split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
            .joined(separator: "-")
    }
}
