/// A fenced block of code, as it stands in the file.
struct Fence {
    /// Where the opening fence starts.
    var location: SourceLocation
    /// The opening fence itself, such as three backticks.
    var marks: String
    /// What follows it on its line, as it is written.
    var info: String
    /// The code.
    var code: String
    /// The lines of the Markdown from the opening fence to the closing one.
    var lines: ClosedRange<Int>
    /// Whether the block was closed by a fence of its own.
    var isClosed = false

    /// The bytes that a fence may consist of.
    static let marks = Array("`~".utf8)

    /// Whether a line of the file, with whatever quotes and indentation before it, closes this fence.
    func isClosing(_ line: String) -> Bool {
        let rest = line.utf8.drop { [0x20, 0x09, UInt8(ascii: ">")].contains($0) }
        let run = rest.prefix { $0 == marks.utf8.first }
        return run.count >= marks.utf8.count
            && rest.dropFirst(run.count).allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }
}
