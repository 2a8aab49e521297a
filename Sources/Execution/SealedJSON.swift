internal import Serialization

extension JSON {
    /// The value as a file that tells of its own whether it is whole: a digest on the first line, then what it is the
    /// digest of.
    var sealed: String {
        let content = compact
        return "\(Digest(of: content).text)\n\(content)\n"
    }

    /// Reads a value back; `nil` for what is none, or not as it was written.
    init?(sealed bytes: [UInt8]) {
        let newline = UInt8(ascii: "\n")
        guard let end = bytes.firstIndex(of: newline), end + 1 < bytes.count, bytes.last == newline else {
            return nil
        }
        let content = bytes[(end + 1)..<(bytes.count - 1)]
        guard Digest(of: content).text.utf8.elementsEqual(bytes[..<end]),
            let json = try? JSON(parsing: content)
        else { return nil }
        self = json
    }
}
