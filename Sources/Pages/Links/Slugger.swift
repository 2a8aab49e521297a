/// The ids of one page: each is made from a title, and none is given twice.
package struct Slugger: Sendable {
    private var taken: Set<String>

    /// Reserves ids that are taken, such as those of cells.
    package init(reserved: some Sequence<String> = []) {
        taken = Set(reserved)
    }

    /// Returns the id of a title: its slug, with `-2` and so on where that is taken.
    package mutating func id(for title: String) -> String {
        let base = Self.slug(title)
        var id = base
        var count = 1
        while !taken.insert(id).inserted {
            count += 1
            id = "\(base)-\(count)"
        }
        return id
    }

    /// Returns a text as an id: letters and digits of any script, in lower case, with a hyphen for runs of anything else.
    package static func slug(_ title: String) -> String {
        var id = ""
        var needsHyphen = false
        for scalar in title.lowercased().unicodeScalars {
            if scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "_" {
                if needsHyphen, !id.isEmpty { id.append("-") }
                needsHyphen = false
                id.unicodeScalars.append(scalar)
            } else if scalar != "'" && scalar != "’" && !scalar.properties.isDefaultIgnorableCodePoint {
                needsHyphen = true
            }
        }
        return id.isEmpty ? "section" : id
    }
}
