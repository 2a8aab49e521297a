/// The first thing in which two lines of text differ, if there is one: a number, or else the line as a whole.
struct LineComparison: Sendable, Hashable {
    /// What was and what is: the two numbers, or the two lines.
    var old: String
    var new: String
    /// What stands before the numbers, such as `loss`; empty for lines.
    var label = ""
    /// (new − old) ÷ |old|, for numbers that have it.
    var change: Double?
    /// Whether both say the same, and differ only in how they are written.
    var isOfWriting: Bool

    /// Compares two lines; `nil` when they are the same, or all of their numbers within what is allowed.
    ///
    /// What says something else is told before what is only written differently.
    ///
    /// - Parameter allowed: How far a number may be from what it was, relative to the larger of the two; with 0, lines
    ///   are the same when their bytes are.
    init?(_ old: some StringProtocol, _ new: some StringProtocol, allowed: Double) {
        guard !old.hasBytes(of: new) else { return nil }
        self.init(of: old, and: new)
        let (before, now) = (NumberedText(old).parts, NumberedText(new).parts)
        guard before.count == now.count else { return }
        var written: LineComparison?
        var label = ""
        var numbers = 0
        for (a, b) in zip(before, now) {
            switch (a, b) {
            case (.number(let a), .number(let b)):
                numbers += 1
                let isNear = allowed > 0 ? a.isNear(b, within: allowed) : a.isWritten(as: b)
                if !isNear {
                    let place = label.isEmpty && numbers > 1 ? "number \(numbers)" : label
                    let found = LineComparison(of: a, and: b, after: place)
                    written = written ?? found
                    guard found.isOfWriting else {
                        self = found
                        return
                    }
                }
                label = ""
            case (.text(let a), .text(let b)):
                // Columns are aligned with blanks, of which a number with one digit more takes one.
                let isSame = allowed > 0 ? a.bytesWithoutBlanks == b.bytesWithoutBlanks : a.hasBytes(of: b)
                // Swift calls texts equal that Unicode does: `é` as one character and as two.
                guard isSame || a == b else { return }
                if !isSame { written = written ?? LineComparison(of: old, and: new, isOfWriting: true) }
                label = LineComparison.label(in: a)
            default:
                return
            }
        }
        guard let written else { return nil }
        self = written
    }

    private init(of old: some StringProtocol, and new: some StringProtocol, isOfWriting: Bool? = nil) {
        self.old = String(old)
        self.new = String(new)
        self.isOfWriting = isOfWriting ?? (self.old == self.new)
    }

    private init(of old: WrittenNumber, and new: WrittenNumber, after label: String) {
        self.old = old.text
        self.new = new.text
        self.label = label
        isOfWriting = old.isSame(as: new)
        let change = (new.value - old.value) / abs(old.value)
        self.change = change.isFinite && !isOfWriting ? change : nil
    }

    /// The words at the end of a text that say what comes next: the last two, without punctuation around them.
    private static func label(in text: String) -> String {
        let words = text.split(separator: " ").map { word in
            word.drop { !$0.isLetter }.prefix { $0.isLetter || $0.isNumber || "-_²".contains($0) }
        }
        return words.reversed().drop(while: \.isEmpty).prefix { !$0.isEmpty }.prefix(2).reversed()
            .joined(separator: " ")
    }
}

extension StringProtocol {
    /// Whether both are the same bytes; texts are equal to Swift that Unicode calls equivalent.
    func hasBytes(of other: some StringProtocol) -> Bool { utf8.elementsEqual(other.utf8) }

    fileprivate var bytesWithoutBlanks: [UInt8] { utf8.filter { $0 != UInt8(ascii: " ") } }
}
