/// A comparison of two lines of text.
enum LineComparison {
    /// Returns the first thing in which a line differs from an older one: a number, or else the line as a whole. `nil`
    /// when they are the same, or all of their numbers within the tolerance.
    ///
    /// What says something else comes before what is only written differently.
    ///
    /// - Parameter allowed: The relative tolerance for numbers; with 0, lines are the same when their bytes are.
    static func difference(of new: String, from old: String, allowed: Double) -> Difference? {
        guard !old.hasBytes(of: new) else { return nil }
        let whole = difference(old, new, isOfWriting: old == new)
        let (before, now) = (NumberedText.parts(of: old), NumberedText.parts(of: new))
        guard before.count == now.count else { return whole }
        var written: Difference?
        var label = ""
        var numbers = 0
        for (a, b) in zip(before, now) {
            switch (a, b) {
            case (.number(let a), .number(let b)):
                numbers += 1
                let isNear = allowed > 0 ? a.isNear(b, within: allowed) : a.isWritten(as: b)
                if !isNear {
                    let name = label.isEmpty && numbers > 1 ? "number \(numbers)" : label
                    let found = difference(a, b, label: name)
                    guard found.isOfWriting else { return found }
                    written = written ?? found
                }
                label = ""
            case (.text(let a), .text(let b)):
                // Columns are aligned with blanks, of which a number with one digit more takes one.
                let isSame = allowed > 0 ? a.bytesWithoutBlanks == b.bytesWithoutBlanks : a.hasBytes(of: b)
                // Swift calls texts equal that Unicode does: `é` as one character and as two.
                guard isSame || a == b else { return whole }
                if !isSame { written = written ?? difference(old, new, isOfWriting: true) }
                label = lastWords(of: a)
            default:
                return whole
            }
        }
        return written
    }

    private static func difference(_ old: String, _ new: String, isOfWriting: Bool) -> Difference {
        Difference(cell: "", part: "", old: old, new: new, isOfWriting: isOfWriting)
    }

    private static func difference(_ old: WrittenNumber, _ new: WrittenNumber, label: String) -> Difference {
        var difference = difference(old.text, new.text, isOfWriting: old.isSame(as: new))
        difference.label = label
        let change = (new.value - old.value) / abs(old.value)
        if change.isFinite, !difference.isOfWriting { difference.change = change }
        return difference
    }

    /// The last two words of a text, without punctuation around them: they say what comes next.
    private static func lastWords(of text: String) -> String {
        let words = text.split(separator: " ").map { word in
            word.drop { !$0.isLetter }.prefix { $0.isLetter || $0.isNumber || "-_²".contains($0) }
        }
        let last = words.reversed().drop { $0.isEmpty }.prefix { !$0.isEmpty }.prefix(2)
        return last.reversed().joined(separator: " ")
    }
}

extension StringProtocol {
    /// Whether both are the same bytes; texts are equal to Swift that Unicode calls equivalent.
    func hasBytes(of other: some StringProtocol) -> Bool { utf8.elementsEqual(other.utf8) }

    fileprivate var bytesWithoutBlanks: [UInt8] { utf8.filter { $0 != UInt8(ascii: " ") } }
}
