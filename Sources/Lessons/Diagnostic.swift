/// One thing that a person should know about a lesson: what, where, and what to do.
///
/// Stages collect diagnostics and go on; nothing is written to the site while one of them is an error.
public struct Diagnostic: Sendable, Hashable, Codable, Error {
    /// How much it matters.
    public enum Severity: String, Sendable, Hashable, Codable {
        /// The site is not written.
        case error
        /// Shown; does not fail the build.
        case warning
        /// Shown, and nothing is wrong.
        case note
    }

    /// What sort of trouble it is. The list is closed, so that each kind has its tests.
    public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        /// A file or folder that is missing, unreadable, not UTF-8, or not writable.
        case file
        /// Front matter that is not YAML, or lacks or misstates a key.
        case frontMatter
        /// Markdown that cannot be what its author meant.
        case markdown
        /// A link, a picture or a reference that leads nowhere, or where it must not.
        case link
        /// The site's settings, or a file of its theme.
        case settings
        /// A cell's info string: unknown, repeated or contradicting options.
        case cellOption
        /// The compiler refused a cell, or warned about it.
        case compile
        /// A cell's program stopped: a trap, a failed requirement, an uncaught error.
        case crash
        /// A cell's program went beyond a limit.
        case limit
        /// What a cell wrote to standard error.
        case standardError
        /// Something on this machine that the build needs.
        case setup
    }

    /// Error or warning.
    public var severity: Severity
    /// The sort of trouble.
    public var kind: Kind
    /// Where it is.
    public var location: SourceLocation
    /// One sentence without a full stop: what is wrong and what was expected.
    public var message: String
    /// A likely remedy, where there is one.
    public var hint: String?
    /// The line of the file that `location` names, for display.
    public var sourceLine: String?

    /// Makes a diagnostic.
    public init(
        _ severity: Severity,
        _ kind: Kind,
        at location: SourceLocation,
        _ message: String,
        hint: String? = nil,
        sourceLine: String? = nil
    ) {
        self.severity = severity
        self.kind = kind
        self.location = location
        self.message = message
        self.hint = hint
        self.sourceLine = sourceLine
    }
}

extension Diagnostic {
    /// The column in characters, from 1, as editors count; `nil` when the whole line is meant.
    public var column: Int? {
        guard let column = location.column, let sourceLine else { return nil }
        return SourceText.characterColumn(column, in: sourceLine)
    }

    /// The place for people, and for editors: `file:line:column`, as far as they are known.
    public var place: String {
        [location.file, location.line.map(String.init), column.map(String.init)].compactMap(\.self)
            .joined(separator: ":")
    }
}

extension Diagnostic: CustomStringConvertible {
    /// The message as the compiler would print it: place, severity, sentence; then the source line with
    /// a caret, and the remedy.
    ///
    ///     lessons/05-sine-wave.md:57:24: error: Linear(32 → 1) got [1000, 49, 16]: its last axis must be 32
    ///        57 |     let prediction = head(output)
    ///           |                      ^ was the RNN made with hiddenSize: 16?
    public var description: String {
        var text = "\(place): \(severity.rawValue): \(message)"
        guard let sourceLine, let line = location.line else {
            return hint.map { "\(text)\n  \($0)" } ?? text
        }
        let number = String(line)
        let gutter = String(repeating: " ", count: max(5, number.count + 2))
        text += "\n\(gutter.dropLast(number.count))\(number) | \(sourceLine)"
        if let column {
            let blank = sourceLine.prefix(column - 1).map(\.blank).joined()
            text += "\n\(gutter) | \(blank)^\(hint.map { " \($0)" } ?? "")"
        } else if let hint {
            text += "\n\(gutter) | \(hint)"
        }
        return text
    }
}

extension Character {
    /// Blanks that are as wide as the character in a terminal.
    fileprivate var blank: String { self == "\t" ? "\t" : isInvisible ? "" : isWide ? "  " : " " }

    /// Whether a terminal shows nothing for the character, as for the joiners and marks of direction.
    private var isInvisible: Bool {
        unicodeScalars.allSatisfy { scalar in
            // A soft hyphen is shown.
            scalar.value != 0xAD
                && [.format, .nonspacingMark, .enclosingMark].contains(scalar.properties.generalCategory)
        }
    }

    /// Whether a terminal gives the character two columns: Chinese, Japanese, Korean, full-width forms, emoji.
    private var isWide: Bool {
        guard let first = unicodeScalars.first else { return false }
        switch first.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97C,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
            0xFFE0...0xFFE6, 0x16FE0...0x1B2FB, 0x20000...0x3FFFD:
            return true
        default:
            return first.properties.isEmojiPresentation || unicodeScalars.contains { $0.value == 0xFE0F }
        }
    }
}
