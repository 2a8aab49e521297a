/// An entry of a lesson's references: its text, and the address at its end, if there is one.
package struct Citation: Hashable {
    /// Author, year and title; empty if there is only an address.
    package let text: String
    /// The address, such as `https://doi.org/10.1162/neco.1997.9.8.1735`.
    package let address: String?

    /// Reads an entry as it is written in the front matter.
    package init(_ reference: String) {
        let words = reference.split(separator: " ")
        guard let last = words.last, ["https://", "http://"].contains(where: last.hasPrefix) else {
            (text, address) = (reference, nil)
            return
        }
        text = words.dropLast().joined(separator: " ")
        address = String(last)
    }
}
