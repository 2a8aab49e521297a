internal import Lessons

/// A lesson's process that stopped before the lesson's end.
struct Stop: Sendable {
    /// How a process ends.
    enum Status: Sendable, Hashable {
        /// It ended itself, with this status.
        case exited(Int)
        /// The system or a trap ended it, with this signal.
        case signaled(Int)
    }

    var status: Status
    /// The crash report, if Swift's runtime wrote one.
    var crash: Crash?
    /// What it wrote to its standard error.
    var words: LastWords
    /// The cell that was running; `nil` before the first.
    var cell: Int?

    /// What to tell the lesson's author.
    func diagnostic(in lesson: Lesson, program: Program) -> Diagnostic {
        let (message, hint) = explanation
        let place = location(in: lesson, program: program)
        return Diagnostic(
            .error,
            .crash,
            at: place,
            message,
            hint: hint,
            sourceLine: place.line.flatMap(lesson.line)
        )
    }

    private var explanation: (message: String, hint: String?) {
        if let sentence = words.message {
            let uncaught = "Error raised at top level: "
            guard sentence.hasPrefix(uncaught) else { return (sentence, nil) }
            return ("an error was thrown and not caught: \(sentence.dropFirst(uncaught.count))", nil)
        }
        if let crash {
            if crash.isStackOverflow {
                let function = crash.frames.first?.function.split(separator: " ").first ?? "a function"
                return ("the stack is full: \(function) calls itself without end", nil)
            }
            let trap = "Swift runtime failure: "
            if crash.description.hasPrefix(trap) {
                return (String(crash.description.dropFirst(trap.count)), nil)
            }
            return ("the program stopped: \(crash.description)", nil)
        }
        switch status {
        case .exited(let code):
            return (
                "the program ended itself with status \(code) before the end of the lesson",
                "a cell must not call exit: the cells after it would not run"
            )
        case .signaled(let signal):
            return ("the program was stopped by signal \(signal)", nil)
        }
    }

    private func location(in lesson: Lesson, program: Program) -> SourceLocation {
        let frames = crash?.frames ?? []
        let own = frames.indices.filter { program.isOwn(frames[$0].file) && frames[$0].line > 0 }
        let said = words.place.flatMap { program.isOwn($0.file) ? $0.line : nil }
        // A failed requirement names its caller's line; the frame of that line has the column.
        let index =
            own.first { frames[$0].line == said && frames[$0].column > 0 }
            ?? (said == nil ? own.first { frames[$0].column > 0 } ?? own.first : nil)
        if let index {
            let frame = frames[index]
            let isInShow = index > 0 && frames[index - 1].function.hasPrefix("show")
            if isInShow, let place = program.shown[frame.line] { return place }
            let column = frame.column > 0 ? frame.column : nil
            return SourceLocation(file: lesson.file, line: frame.line, column: column)
        }
        if let said { return SourceLocation(file: lesson.file, line: said) }
        guard let cell else { return SourceLocation(file: lesson.file) }
        return placeOfExit(in: lesson.cells[cell], of: lesson)
    }

    /// Where a cell ends the program itself; no report tells, so the call is looked for.
    private func placeOfExit(in cell: Cell, of lesson: Lesson) -> SourceLocation {
        guard case .exited = status, crash == nil else { return cell.fence }
        let lines = cell.code.split(separator: "\n", omittingEmptySubsequences: false)
        for (offset, line) in lines.enumerated() {
            guard let call = line.firstRange(of: "exit(") else { continue }
            let column = line[..<call.lowerBound].utf8.count + cell.indentation + 1
            return SourceLocation(file: lesson.file, line: cell.firstLine + offset, column: column)
        }
        return cell.fence
    }
}
