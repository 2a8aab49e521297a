/// A file as lines of valid UTF-8, with the mistakes in its bytes.
///
/// Line ends of every kind (LF, CRLF, CR) count as one, and a byte order mark counts as nothing; so lines and
/// columns are those that an editor shows.
package struct SourceText: Sendable {
    /// The file as the author would name it.
    package let file: String
    /// The lines, without their ends.
    package let lines: [String]
    /// Bytes that are not UTF-8, and control characters.
    package let diagnostics: [Diagnostic]

    /// Splits a file into lines; bytes that are not UTF-8 become U+FFFD.
    package init(_ bytes: [UInt8], file: String) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes.starts(with: mark) ? Array(bytes.dropFirst(3)) : bytes
        let lines = SourceText.split(text)
        self.file = file
        self.lines = lines.map { String(decoding: $0, as: UTF8.self) }
        diagnostics =
            SourceText.wrongEncoding(lines, file: file).map { [$0] }
            ?? SourceText.controlCharacters(lines, file: file)
    }

    /// An error in this file, with its line shown; `column` counts bytes from 1.
    package func diagnostic(
        _ kind: Diagnostic.Kind,
        line: Int,
        column: Int?,
        _ message: String,
        hint: String? = nil
    ) -> Diagnostic {
        let location = SourceLocation(file: file, line: line, column: column)
        let sourceLine = lines.indices.contains(line - 1) ? lines[line - 1] : nil
        return Diagnostic(.error, kind, at: location, message, hint: hint, sourceLine: sourceLine)
    }

    /// An error in this file, with its line shown.
    func diagnostic(
        _ kind: Diagnostic.Kind,
        at location: SourceLocation,
        _ message: String,
        hint: String? = nil
    ) -> Diagnostic {
        diagnostic(kind, line: location.line ?? 1, column: location.column, message, hint: hint)
    }

    /// The text with a line feed at the end of each line.
    package var text: String { lines.map { $0 + "\n" }.joined() }

    /// The location of a line and a column that counts Unicode scalars, as libyaml does, both from 1.
    package func location(line: Int, scalarColumn: Int) -> SourceLocation {
        guard lines.indices.contains(line - 1) else { return SourceLocation(file: file, line: line) }
        let before = lines[line - 1].unicodeScalars.prefix(max(0, scalarColumn - 1))
        return SourceLocation(file: file, line: line, column: String(before).utf8.count + 1)
    }

    /// The line and column of a byte offset in a text, both from 1; the column counts bytes.
    package static func position(
        of offset: Int,
        in text: some Sequence<UInt8>
    ) -> (line: Int, column: Int) {
        var (line, column) = (1, 1)
        for byte in text.prefix(offset) {
            (line, column) = byte == UInt8(ascii: "\n") ? (line + 1, 1) : (line, column + 1)
        }
        return (line, column)
    }

    /// The column in characters of a column in bytes, both from 1: a letter that a person sees as one counts as one,
    /// however many bytes or scalars it is made of. Beyond the end of the line, it is the one after its last character.
    package static func characterColumn(_ column: Int, in line: String) -> Int {
        var (characters, end) = (1, 0)
        for character in line {
            end += character.utf8.count
            if column <= end { break }
            characters += 1
        }
        return characters
    }

    private static func split(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        var index = 0
        while index < text.count {
            let byte = text[index]
            guard byte == 0x0A || byte == 0x0D else {
                index += 1
                continue
            }
            lines.append(text[start..<index])
            let isPair = byte == 0x0D && index + 1 < text.count && text[index + 1] == 0x0A
            index += isPair ? 2 : 1
            start = index
        }
        if start < text.count { lines.append(text[start...]) }
        return lines
    }

    /// The diagnostic for bytes that are not UTF-8: the first of them, and their number.
    private static func wrongEncoding(_ lines: [ArraySlice<UInt8>], file: String) -> Diagnostic? {
        var first: (line: Int, column: Int, byte: UInt8)?
        var count = 0
        for (index, line) in lines.enumerated() where String(validating: line, as: UTF8.self) == nil {
            for offset in invalidOffsets(line) {
                if first == nil { first = (index + 1, offset + 1, line[line.startIndex + offset]) }
                count += 1
            }
        }
        guard let first else { return nil }
        let isWide = [[0xFF, 0xFE], [0xFE, 0xFF]].contains(lines[0].prefix(2).map(Int.init))
        let hex = String(first.byte, radix: 16, uppercase: true)
        return Diagnostic(
            .error,
            .file,
            at: SourceLocation(file: file, line: first.line, column: first.column),
            isWide
                ? "the file is in UTF-16; a lesson is UTF-8"
                : "byte 0x\(hex) is not UTF-8"
                    + (count > 1
                        ? "; nor is what stands at \(count - 1) other place\(count > 2 ? "s" : "")" : ""),
            hint: "save the file in the encoding UTF-8",
            sourceLine: String(decoding: lines[first.line - 1], as: UTF8.self)
        )
    }

    private static func invalidOffsets(_ line: ArraySlice<UInt8>) -> [Int] {
        var parser = Unicode.UTF8.ForwardParser()
        var bytes = line.makeIterator()
        var offset = 0
        var invalid: [Int] = []
        while true {
            switch parser.parseScalar(from: &bytes) {
            case .valid(let scalar):
                offset += scalar.count
            case .error(let length):
                invalid.append(offset)
                offset += length
            case .emptyInput:
                return invalid
            }
        }
    }

    /// The diagnostics for characters that HTML cannot hold, such as NUL, escape and noncharacters: one a line.
    private static func controlCharacters(_ lines: [ArraySlice<UInt8>], file: String) -> [Diagnostic] {
        lines.enumerated().compactMap { index, line in
            guard ControlCharacters.mayStand(in: line) else { return nil }
            let text = String(decoding: line, as: UTF8.self)
            let scalars = text.unicodeScalars
            guard let first = scalars.firstIndex(where: { ControlCharacters.picture(of: $0) != nil }) else {
                return nil
            }
            let hex = String(scalars[first].value, radix: 16, uppercase: true)
            let code = "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
            return Diagnostic(
                .error,
                .file,
                at: SourceLocation(
                    file: file,
                    line: index + 1,
                    column: text.utf8.distance(from: text.startIndex, to: first) + 1
                ),
                "the control character \(code) cannot stand in a lesson",
                hint: "delete it; many editors show it only as a gap",
                sourceLine: text
            )
        }
    }
}
