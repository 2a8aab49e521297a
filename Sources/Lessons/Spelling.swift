/// Corrections of misspelled words.
package enum Spelling {
    /// The candidate nearest to a word, if one is near enough to be worth a question.
    ///
    /// - Parameters:
    ///   - word: The word as it was typed; case counts only between candidates that are equally near.
    ///   - candidates: The words that would have been right. Of equally near ones the first is taken.
    package static func nearest(to word: String, among candidates: [String]) -> String? {
        let typed = Array(word.lowercased())
        let limit = max(1, typed.count / 3)
        let ranked = candidates.map { candidate in
            let distance = distance(typed, Array(candidate.lowercased()))
            return (candidate, distance, exact: Self.distance(Array(word), Array(candidate)))
        }
        let near = ranked.filter { $0.1 <= limit && $0.1 < typed.count }
        return near.min { ($0.1, $0.exact) < ($1.1, $1.exact) }?.0
    }

    /// A hint that asks for the nearest candidate, or else lists them all.
    package static func hint(for word: String, among candidates: [String], shownAs name: String) -> String {
        if let nearest = nearest(to: word, among: candidates) { return "did you mean '\(nearest)'?" }
        return "\(name): \(candidates.joined(separator: ", "))"
    }

    /// The number of insertions, deletions, replacements and swaps of neighbors that turn one word into the other
    /// (the optimal string alignment distance).
    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var rows = [Array(0...b.count)]
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var least = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    least = min(least, rows[i - 1][j - 1] + 1)
                }
                row.append(least)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}
