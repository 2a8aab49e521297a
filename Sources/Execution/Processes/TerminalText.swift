internal import Lessons

/// The text as a terminal shows it: the effect of carriage returns, backspaces and escape sequences, in place of
/// their bytes.
///
/// A progress line that a training loop writes over and over is its last state; colors go. Sequences are those of
/// ECMA-48 that act within a line; others, which move over lines, go without an effect. A control character that is
/// left is shown as its picture.
enum TerminalText {
    /// Returns the text as a terminal shows it.
    static func shown(_ text: String) -> String {
        guard text.utf8.contains(where: ControlCharacters.mayBegin) else { return text }
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        return lines.map { line in
            guard line.utf8.contains(where: ControlCharacters.mayBegin) else { return String(line) }
            var terminal = TerminalLine()
            terminal.write(line)
            return terminal.text.showingControlCharacters
        }.joined(separator: "\n")
    }
}

/// A line of a terminal, with a cursor.
private struct TerminalLine {
    private var columns: [Character] = []
    private var cursor = 0

    /// More columns than any terminal has: a cursor sent further stays here.
    private static let greatestColumn = 4096

    var text: String { String(columns) }

    mutating func write(_ line: Substring) {
        var rest = line
        while let character = rest.popFirst() {
            switch character {
            case "\r": cursor = 0
            case "\u{8}": cursor = max(0, cursor - 1)
            case "\u{1B}":
                if !followEscape(&rest) { put(character) }
            case "\u{9B}":
                if !followControlSequence(&rest) { put(character) }
            default: put(character)
            }
        }
    }

    private mutating func put(_ character: Character) {
        if cursor > columns.count { columns += repeatElement(" ", count: cursor - columns.count) }
        if cursor < columns.count { columns[cursor] = character } else { columns.append(character) }
        cursor += 1
    }

    /// Takes what follows an escape; `false` if that is no sequence.
    private mutating func followEscape(_ rest: inout Substring) -> Bool {
        switch rest.first {
        case "[":
            var after = rest.dropFirst()
            guard followControlSequence(&after) else { return false }
            rest = after
        case "]", "P", "X", "^", "_":
            // A string for the terminal, such as a title or the target of a link; it ends with BEL or ESC \.
            guard let end = rest.firstIndex(where: { $0 == "\u{7}" || $0 == "\u{1B}" || $0 == "\u{9C}" })
            else {
                return false
            }
            let isLong = rest[end] == "\u{1B}"
            guard !isLong || rest[end...].dropFirst().first == "\\" else { return false }
            rest = rest[end...].dropFirst(isLong ? 2 : 1)
        case let next? where next.isASCII && (0x20...0x7E).contains(next.asciiValue ?? 0):
            let after = rest.drop { (0x20...0x2F).contains($0.asciiValue ?? 0) }
            guard let final = after.first?.asciiValue, (0x30...0x7E).contains(final) else { return false }
            rest = after.dropFirst()
        default: return false
        }
        return true
    }

    /// Takes what follows the introducer of a control sequence: parameters and a final letter.
    private mutating func followControlSequence(_ rest: inout Substring) -> Bool {
        let body = rest.prefix { (0x20...0x3F).contains($0.asciiValue ?? 0) }
        guard let final = rest[body.endIndex...].first, (0x40...0x7E).contains(final.asciiValue ?? 0) else {
            return false
        }
        rest = rest[body.endIndex...].dropFirst()
        let parameter = Int(body.prefix { $0.isASCII && $0.isNumber })
        let count = min(max(1, parameter ?? 1), Self.greatestColumn)
        switch final {
        case "C": cursor = min(cursor + count, Self.greatestColumn)
        case "D": cursor = max(0, cursor - count)
        case "G": cursor = count - 1
        case "K": erase(parameter ?? 0)
        default: break
        }
        return true
    }

    /// Erases to the end of the line (0), from its start to the cursor (1), or all of it (2).
    private mutating func erase(_ part: Int) {
        switch part {
        case 0: columns.removeLast(max(0, columns.count - cursor))
        case 1: for column in columns.indices.prefix(cursor + 1) { columns[column] = " " }
        case 2: columns = []
        default: break
        }
    }
}
