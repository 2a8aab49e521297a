/// The first thing in which two lines of text differ, if there is one: a number, or else the line as a whole.
struct LineComparison: Sendable, Hashable {
    /// What was and what is: the two numbers, or the two lines.
    var old: String
    var new: String
    /// What stands before the numbers, such as `loss`; empty for lines.
    var label = ""
    /// (new − old) ÷ |old|, for numbers that have it.
    var change: Double?

    /// Compares two lines; `nil` when they say the same.
    ///
    /// - Parameter allowed: How far a number may be from what it was, relative to the larger of the two.
    init?(_ old: some StringProtocol, _ new: some StringProtocol, allowed: Double) {
        guard old != new else { return nil }
        self.old = String(old)
        self.new = String(new)
        let (before, now) = (NumberedText(old).parts, NumberedText(new).parts)
        guard before.count == now.count else { return }
        var label = ""
        var numbers = 0
        for (a, b) in zip(before, now) {
            switch (a, b) {
            case (.number(let a), .number(let b)):
                numbers += 1
                let isNear = allowed > 0 ? a.distance(to: b) <= allowed : a.isSame(as: b)
                guard isNear else {
                    self.old = a.text
                    self.new = b.text
                    self.label = label.isEmpty && numbers > 1 ? "number \(numbers)" : label
                    change = LineComparison.change(from: a.value, to: b.value)
                    return
                }
                label = ""
            case (.text(let a), .text(let b)):
                // Columns are aligned with blanks, of which a number with one digit more takes one.
                guard a == b || allowed > 0 && a.withoutBlanks == b.withoutBlanks else { return }
                label = LineComparison.label(in: a)
            default:
                return
            }
        }
        return nil
    }

    /// The words at the end of a text that say what comes next: the last two, without punctuation around them.
    private static func label(in text: String) -> String {
        let words = text.split(separator: " ").map { word in
            word.drop { !$0.isLetter }.prefix { $0.isLetter || $0.isNumber || "-_²".contains($0) }
        }
        return words.reversed().drop(while: \.isEmpty).prefix { !$0.isEmpty }.prefix(2).reversed()
            .joined(separator: " ")
    }

    private static func change(from old: Double, to new: Double) -> Double? {
        let change = (new - old) / abs(old)
        return change.isFinite ? change : nil
    }
}

extension String {
    fileprivate var withoutBlanks: String { filter { $0 != " " } }
}
