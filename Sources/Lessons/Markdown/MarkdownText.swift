/// The Markdown of a lesson as it is given to the parser, with the way back to the file.
///
/// Footnotes and the cells of tables are moved to its end, and formulas are replaced by stand-ins, before
/// CommonMark is parsed; so a line of it may be made of pieces of the file's lines.
struct MarkdownText {
    /// A line, as pieces of lines of the file.
    struct Line {
        /// The bytes that the parser gets.
        var bytes: [UInt8] = []
        /// The pieces, in order, with their locations in the file.
        var pieces: [Piece] = []
    }

    /// A piece of a line: from the offset `start` on, its bytes stand at a line and column of the file.
    struct Piece {
        var start: Int
        var line: Int
        var column: Int
    }

    /// A position between two bytes of the Markdown: the line from 1, the byte offset from 0.
    struct Position: Equatable {
        var line: Int
        var offset: Int
    }

    /// The file.
    let source: SourceText
    /// The lines of Markdown.
    var lines: [Line]

    /// The lines of a file from a line on, counted from 1.
    init(_ source: SourceText, from line: Int = 1) {
        self.source = source
        lines = source.lines.enumerated().dropFirst(line - 1).map { index, text in
            Line(bytes: Array(text.utf8), pieces: [Piece(start: 0, line: index + 1, column: 1)])
        }
    }

    /// The location in the file of a position in the Markdown.
    func location(line: Int, column: Int?) -> SourceLocation {
        guard lines.indices.contains(line - 1) else { return SourceLocation(file: source.file) }
        return lines[line - 1].location(
            ofByte: (column ?? 1) - 1,
            file: source.file,
            isWholeLine: column == nil
        )
    }

    /// The location in the file of a position in the Markdown.
    func location(_ position: Position) -> SourceLocation {
        location(line: position.line, column: position.offset + 1)
    }

    /// An error at a position in the Markdown.
    func diagnostic(_ position: Position, _ message: String, hint: String? = nil) -> Diagnostic {
        source.diagnostic(.markdown, at: location(position), message, hint: hint)
    }

    /// The number of bytes of a line that are indentation and marks of the quotes it stands in.
    func indentation(ofLine line: Int, quotes: Int) -> Int {
        let bytes = lines[line - 1].bytes
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        var rest = bytes.drop(while: isSpace)
        for _ in 0..<quotes where rest.first == UInt8(ascii: ">") {
            rest = rest.dropFirst().drop(while: isSpace)
        }
        return bytes.count - rest.count
    }

    /// Whether a line holds nothing but indentation and marks of the quotes it stands in.
    func isBlank(_ line: Int, quotes: Int = 0) -> Bool {
        indentation(ofLine: line, quotes: quotes) == lines[line - 1].bytes.count
    }
}

extension MarkdownText.Line {
    /// Text that stands for something in the file.
    init(standIn: String, at location: SourceLocation) {
        bytes = Array(standIn.utf8)
        pieces = [MarkdownText.Piece(start: 0, line: location.line ?? 1, column: location.column ?? 1)]
    }

    /// A part of a line.
    func slice(_ range: Range<Int>) -> MarkdownText.Line {
        let first = pieces.last { $0.start <= range.lowerBound }
        let moved = pieces.filter { $0.start > range.lowerBound && $0.start < range.upperBound }
        var slice = MarkdownText.Line(bytes: Array(bytes[range]))
        if let first {
            let column = first.column + range.lowerBound - first.start
            slice.pieces = [MarkdownText.Piece(start: 0, line: first.line, column: column)]
        }
        slice.pieces += moved.map {
            MarkdownText.Piece(start: $0.start - range.lowerBound, line: $0.line, column: $0.column)
        }
        return slice
    }

    /// Two lines as one.
    static func + (a: MarkdownText.Line, b: MarkdownText.Line) -> MarkdownText.Line {
        let moved = b.pieces.map {
            MarkdownText.Piece(start: $0.start + a.bytes.count, line: $0.line, column: $0.column)
        }
        return MarkdownText.Line(bytes: a.bytes + b.bytes, pieces: a.pieces + moved)
    }

    fileprivate func location(ofByte offset: Int, file: String, isWholeLine: Bool) -> SourceLocation {
        guard let piece = pieces.last(where: { $0.start <= offset }) ?? pieces.first else {
            return SourceLocation(file: file)
        }
        let column = isWholeLine ? nil : piece.column + max(0, offset - piece.start)
        return SourceLocation(file: file, line: piece.line, column: column)
    }
}
