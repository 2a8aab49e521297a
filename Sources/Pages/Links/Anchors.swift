/// The ids of one page: each is made from a name, and none is given twice.
package struct Anchors: Sendable {
    private var taken: Set<String>

    /// Starts with the ids that are spoken for, such as those of cells.
    package init(reserved: some Sequence<String> = []) {
        taken = Set(reserved)
    }

    /// Gives the id for a heading: its words in lower case, joined with hyphens; a second heading of the same
    /// words gets `-2`.
    package mutating func claim(for title: String) -> String {
        let base = Self.slug(title)
        var id = base
        var count = 1
        while !taken.insert(id).inserted {
            count += 1
            id = "\(base)-\(count)"
        }
        return id
    }

    /// A text as an id: letters and digits of any script, lower case, runs of anything else as one hyphen.
    package static func slug(_ title: String) -> String {
        var id = ""
        var pending = false
        for scalar in title.lowercased().unicodeScalars {
            if scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "_" {
                if pending, !id.isEmpty { id.append("-") }
                pending = false
                id.unicodeScalars.append(scalar)
            } else if scalar != "'" && scalar != "’" && !scalar.properties.isDefaultIgnorableCodePoint {
                pending = true
            }
        }
        return id.isEmpty ? "section" : id
    }
}
