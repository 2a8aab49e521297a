/// A few words of a page around the byte where it differs from another.
///
/// It begins with a tag or in a text, never inside of a tag, and cuts no character in two.
package enum Excerpt {
    /// The number of bytes before the place, and from there on.
    private static let (before, after) = (12, 24)
    /// The number of bytes before the place that a tag may take and still be shown whole.
    private static let longest = 80

    /// Returns an excerpt of a page, in one line.
    ///
    /// - Parameters:
    ///   - page: The page in UTF-8.
    ///   - place: The offset of the byte that differs.
    package static func cut(from page: [UInt8], at place: Int) -> String {
        let place = min(place, page.count)
        var start = max(0, place - before)
        var end = min(page.count, place + after)
        // The tag that the excerpt would begin inside of.
        let near = page[max(0, place - longest)..<start]
        if let edge = near.lastIndex(where: { "<>".utf8.contains($0) }), page[edge] == UInt8(ascii: "<") {
            start = edge
        }
        while start < place, isInsideCharacter(page[start]) { start += 1 }
        while end < page.count, isInsideCharacter(page[end]) { end += 1 }
        return String(decoding: page[start..<end], as: UTF8.self).replacing("\n", with: "⏎")
    }

    private static func isInsideCharacter(_ byte: UInt8) -> Bool { byte & 0b1100_0000 == 0b1000_0000 }
}
