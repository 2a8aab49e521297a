package import Lessons

/// The compiler's messages about a lesson's program, as diagnostics at the lesson's own places.
package struct CompilerMessages {
    private let lesson: Lesson
    private let program: Program
    private var messages: [Message] = []
    private var rest: [String] = []

    package init(lesson: Lesson, program: Program) {
        self.lesson = lesson
        self.program = program
    }

    /// Reads the compiler's standard error, printed in LLVM's style.
    package mutating func read(_ text: String) {
        Message.read(text, into: &messages, &rest)
    }

    /// Returns the messages about files of their own, at their places; those about others are left out.
    ///
    /// - Parameters:
    ///   - text: The compiler's standard error.
    ///   - sourceLine: Returns the line of a file; `nil` for a file that is another's.
    static func ofFiles(_ text: String, sourceLine: (String, Int) -> String?) -> [Diagnostic] {
        var (messages, rest): ([Message], [String]) = ([], [])
        Message.read(text, into: &messages, &rest)
        var found: [Diagnostic] = []
        for (index, message) in messages.enumerated() {
            guard let severity = message.severity, let line = sourceLine(message.file, message.line) else {
                continue
            }
            let place = SourceLocation(file: message.file, line: message.line, column: message.column)
            let note = messages[(index + 1)...].first.flatMap { $0.severity == nil ? $0 : nil }
            let hint = note.map { note in
                note.line == message.line || sourceLine(note.file, note.line) == nil
                    ? note.text : "\(note.text) (\(note.file):\(note.line))"
            }
            let diagnostic = Diagnostic(
                severity,
                .compile,
                at: place,
                message.text,
                hint: hint,
                sourceLine: line
            )
            if !found.contains(where: { $0.location == place && $0.message == message.text }) {
                found.append(diagnostic)
            }
        }
        return found
    }

    /// Errors and warnings in the order of the compiler, none of them twice; notes are their hints.
    package var diagnostics: [Diagnostic] {
        var found: [Diagnostic] = []
        var index = 0
        while index < messages.count {
            let message = messages[index]
            let notes = messages[(index + 1)...].prefix { $0.severity == nil }
            index += 1 + notes.count
            guard let severity = message.severity else { continue }
            // A warning about a line that the author did not write is none of theirs.
            if severity == .warning, message.isGenerated || place(of: message) == nil { continue }
            let diagnostic = diagnostic(severity, message, notes: Array(notes))
            if !found.contains(where: {
                $0.location == diagnostic.location && $0.message == diagnostic.message
            }) {
                found.append(diagnostic)
            }
        }
        return found
    }

    /// One diagnostic for a failure about which the compiler gave no place, such as the linker's.
    package var unexplained: Diagnostic {
        let text = rest.first { $0.contains("error:") } ?? rest.first { !$0.isEmpty } ?? "it said nothing"
        return Diagnostic(
            .error,
            .compile,
            at: SourceLocation(file: lesson.file),
            "the compiler failed: \(text)"
        )
    }

    private func diagnostic(
        _ severity: Diagnostic.Severity,
        _ message: Message,
        notes: [Message]
    ) -> Diagnostic {
        var hint = notes.first
        var location = place(of: message)
        if location == nil {
            // The end of the file is ours; what the compiler expected there was begun in the lesson.
            hint = notes.first { place(of: $0) != nil }
            location = hint.flatMap(place)
        }
        let line = location?.line
        let hintLine = hint.flatMap(place)?.line
        return Diagnostic(
            severity,
            .compile,
            at: location ?? SourceLocation(file: lesson.file),
            message.text,
            hint: hint.map { hint in
                hintLine == nil || hintLine == line ? hint.text : "\(hint.text) (line \(hintLine!))"
            },
            sourceLine: line.flatMap(lesson.line)
        )
    }

    /// Returns the place of a message in the lesson; `nil` for one that only the program has.
    private func place(of message: Message) -> SourceLocation? {
        let found = program.location(file: message.file, line: message.line, column: message.column)
        guard let found else { return nil }
        if message.isOpening { return SourceLocation(file: lesson.file, line: found.line) }
        if message.isGenerated, let place = found.line.flatMap({ program.shown[$0] }) { return place }
        return found
    }
}

/// A line such as `lessons/05.md:57:24: error: cannot find 'lose' in scope`.
private struct Message {
    var file: String
    var line: Int
    var column: Int
    /// `nil` for a note.
    var severity: Diagnostic.Severity?
    var text: String
    /// The line of source that the compiler printed below.
    var excerpt: String?

    /// Whether it is about the line that opens a cell.
    var isOpening: Bool { excerpt?.hasPrefix(Program.opening(cell: "")) == true }

    /// Whether it is about a line that the program has and the lesson has not.
    var isGenerated: Bool { isOpening || excerpt == Program.show }

    /// Reads the compiler's standard error: its messages, and the lines that belong to none.
    static func read(_ text: String, into messages: inout [Message], _ rest: inout [String]) {
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let message = Message(line) {
                messages.append(message)
            } else if messages.last?.excerpt == nil, !messages.isEmpty {
                // The line below a message is the source that it is about.
                messages[messages.count - 1].excerpt = String(line)
            } else {
                rest.append(String(line))
            }
        }
    }

    init?(_ printed: Substring) {
        let kinds: [(String, Diagnostic.Severity?)] = [
            (": error: ", .error), (": warning: ", .warning), (": note: ", nil), (": remark: ", nil),
        ]
        let found = kinds.compactMap { kind in printed.firstRange(of: kind.0).map { ($0, kind.1) } }
            .min { $0.0.lowerBound < $1.0.lowerBound }
        guard let (separator, severity) = found else { return nil }
        let place = printed[..<separator.lowerBound].split(separator: ":", omittingEmptySubsequences: false)
        guard place.count >= 3, let line = Int(place[place.count - 2]),
            let column = Int(place[place.count - 1])
        else { return nil }
        file = place.dropLast(2).joined(separator: ":")
        self.line = line
        self.column = column
        self.severity = severity
        text = Message.withoutGroup(printed[separator.upperBound...])
        while text.last == " " { text.removeLast() }
    }

    /// Without the name of the diagnostic's group, `[#no-usage]`, which the compiler appends.
    private static func withoutGroup(_ text: Substring) -> String {
        guard text.hasSuffix("]"), let group = text.firstRange(of: " [#") else { return String(text) }
        return String(text[..<group.lowerBound])
    }
}
