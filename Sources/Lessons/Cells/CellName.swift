/// The form of a cell's name, which is also its id in the page: words of a–z and 0–9, joined by single hyphens.
package enum CellName {
    /// The ids that a page itself uses, which neither cells nor headings may bear.
    package static let reserved = ["text", "references", "footnotes", "search-index", "found"]

    /// Whether a page itself uses the name as an id, or may: footnotes and search results are numbered.
    static func isReserved(_ name: String) -> Bool {
        let parts = name.split(separator: "-")
        let isNumbered = parts.count == 2 && ["footnote", "found"].contains(parts[0]) && Int(parts[1]) != nil
        return isNumbered || reserved.contains(name)
    }

    /// The nearest legal name, empty when nothing legal is left; a legal name comes back unchanged.
    static func legalized(_ name: String) -> String {
        name.lowercased()
            .split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
            .joined(separator: "-")
    }
}
