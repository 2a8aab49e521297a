internal import Lessons

/// A variable of a lesson that is read further up than it is declared.
///
/// The compiler lets it pass, for in a program of one file a variable is there from the start, but it holds nothing yet:
/// the lesson would show 0, or stop at an address.
struct EarlyUse: Sendable, Hashable {
    /// The variable.
    var name: String
    /// The step that reads it, and where in its code, in bytes.
    var step: Int
    var position: Int
    /// The step that declares it.
    var declaration: Int

    /// Finds the first early use of each variable.
    ///
    /// - Parameter syntaxes: What the parser made of the steps.
    static func find(in steps: [Cell], syntaxes: [Syntax]) -> [EarlyUse] {
        let names = zip(steps, syntaxes).map { OutermostNames(in: $0.code, $1) }
        var found: [EarlyUse] = []
        var declared: Set<String> = []
        var declaring: [String: Int] = [:]
        for (step, names) in names.enumerated() {
            for name in names.all where name.isDeclaration {
                declaring[name.text] = declaring[name.text] ?? step
            }
        }
        for (step, names) in names.enumerated() {
            for name in names.all {
                if name.isDeclaration {
                    declared.insert(name.text)
                } else if !declared.contains(name.text), let declaration = declaring[name.text] {
                    // Once is enough.
                    declared.insert(name.text)
                    found.append(
                        EarlyUse(
                            name: name.text,
                            step: step,
                            position: name.position,
                            declaration: declaration
                        )
                    )
                }
            }
        }
        return found
    }
}

/// The names in a piece of code outside of all braces, where they are reached in the order of the text.
private struct OutermostNames {
    struct Name {
        var text: String
        var position: Int
        /// Whether a statement begins here that declares a variable of this name.
        var isDeclaration: Bool
    }

    private(set) var all: [Name] = []

    init(in code: String, _ syntax: Syntax) {
        let bytes = Array(code.utf8)
        var (depth, end) = (0, 0)
        var isDeclaring = false
        // A declaration holds for what comes after its value.
        var declared: [Name] = []
        for token in syntax.tokens where token.kind != .comment {
            for byte in bytes[end..<max(end, token.range.lowerBound)] {
                if byte == UInt8(ascii: "{") { depth += 1 }
                if byte == UInt8(ascii: "}") { depth -= 1 }
                if byte == UInt8(ascii: "=") || byte == UInt8(ascii: ":") { isDeclaring = false }
                if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: ";"), depth == 0 {
                    isDeclaring = false
                    all += declared
                    declared = []
                }
            }
            let text = String(decoding: bytes[token.range], as: UTF8.self)
            if token.kind == .operator, text == "=" { isDeclaring = false }
            if depth == 0, token.kind == .keyword, ["let", "var"].contains(text) {
                isDeclaring = OutermostNames.beginsStatement(token.range.lowerBound, in: bytes)
            } else if depth == 0, token.kind == .identifier {
                let name = Name(text: text, position: token.range.lowerBound, isDeclaration: isDeclaring)
                if isDeclaring {
                    declared.append(name)
                } else if !OutermostNames.isMemberOrLabel(token.range, in: bytes) {
                    all.append(name)
                }
            }
            end = token.range.upperBound
        }
        all += declared
    }

    private static func beginsStatement(_ start: Int, in bytes: [UInt8]) -> Bool {
        let before = bytes[..<start].last { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        return before == nil || before == UInt8(ascii: "\n") || before == UInt8(ascii: ";")
    }

    private static func isMemberOrLabel(_ range: Range<Int>, in bytes: [UInt8]) -> Bool {
        if range.lowerBound > 0, bytes[range.lowerBound - 1] == UInt8(ascii: ".") { return true }
        return bytes[range.upperBound...].first { $0 != UInt8(ascii: " ") } == UInt8(ascii: ":")
    }
}
