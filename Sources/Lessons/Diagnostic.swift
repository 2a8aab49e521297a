/// One thing that a person should know about a lesson: what, where, and what to do.
///
/// Stages collect diagnostics and go on; nothing is written to the site while one of them is an error.
public struct Diagnostic: Sendable, Hashable, Error {
    /// How much it matters.
    public enum Severity: String, Sendable, Hashable {
        /// The site is not written.
        case error
        /// Shown; does not fail the build.
        case warning
    }

    /// What sort of trouble it is. The list is closed, so that each kind has its tests.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
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

extension Diagnostic: CustomStringConvertible {
    /// The message as the compiler would print it: place, severity, sentence; then the source line with
    /// a caret, and the remedy.
    ///
    ///     lessons/05-sine-wave.md:57:24: error: Linear(32 → 1) got [1000, 49, 16]: its last axis must be 32
    ///        57 |     let prediction = head(output)
    ///           |                      ^ was the RNN made with hiddenSize: 16?
    public var description: String {
        var text = "\(location): \(severity.rawValue): \(message)"
        guard let sourceLine, let line = location.line else {
            return hint.map { "\(text)\n  \($0)" } ?? text
        }
        let number = String(line)
        let gutter = String(repeating: " ", count: max(5, number.count + 2))
        text += "\n\(gutter.dropLast(number.count))\(number) | \(sourceLine)"
        if let column = location.column {
            let before = sourceLine.utf8.prefix(max(0, column - 1))
            let blank = String(decoding: before, as: UTF8.self).map { character in
                character == "\t" ? "\t" : character.isWide ? "  " : " "
            }
            text += "\n\(gutter) | \(blank.joined())^\(hint.map { " \($0)" } ?? "")"
        } else if let hint {
            text += "\n\(gutter) | \(hint)"
        }
        return text
    }
}

extension Character {
    /// Whether a terminal gives the character two columns: Chinese, Japanese, Korean, full-width forms, emoji.
    fileprivate var isWide: Bool {
        guard let first = unicodeScalars.first else { return false }
        switch first.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            return true
        default:
            return unicodeScalars.contains { $0.value == 0xFE0F }
        }
    }
}
