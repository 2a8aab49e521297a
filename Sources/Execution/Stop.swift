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

    var outcome: Runner.Outcome
    var limits: Limits
    var lesson: Lesson
    var program: Program
    /// The cell or expression that was running; `nil` before the first.
    var step: Cell?
    /// What the parser made of it.
    var syntax: Syntax?

    /// What to tell the lesson's author.
    var diagnostic: Diagnostic {
        let (kind, message, hint) = explanation
        return lesson.error(kind, at: location, message, hint: hint)
    }

    private var words: LastWords { LastWords(outcome.errors) }

    /// `SIGSYS` of Linux, with which the sandbox's filter refuses a system call.
    private static let refusal = 31

    /// What `Notebook` says when the filter refuses a socket.
    private static let noNetwork = "a lesson has no network"

    /// How the runtime begins when an error reaches the top of the program.
    private static let uncaught = "Error raised at top level: "

    private var explanation: (kind: Diagnostic.Kind, message: String, hint: String?) {
        if let breach = memoryBreach ?? breach { return explanation(of: breach) }
        if let sentence = words.message {
            guard sentence.hasPrefix(Stop.uncaught) else { return (.crash, sentence, nil) }
            if sentence.contains("Read-only file system") {
                let message = "the lesson writes to a file outside of its scratch folder"
                return (.limit, "\(message), which is all that it may write to", nil)
            }
            let error = sentence.dropFirst(Stop.uncaught.count)
            return (.crash, "an error was thrown and not caught: \(error)", nil)
        }
        if let crash = outcome.crash {
            if crash.isStackOverflow {
                let function = crash.frames.first?.function.split(separator: " ").first ?? "a function"
                return (.crash, "the stack is full: \(function) calls itself without end", nil)
            }
            let trap = "Swift runtime failure: "
            guard crash.description.hasPrefix(trap) else {
                return (.crash, "the program stopped: \(crash.description)", nil)
            }
            return (.crash, String(crash.description.dropFirst(trap.count)), nil)
        }
        switch outcome.status {
        case .exited(let code):
            return (
                .crash, "the program ended itself with status \(code) before the end of the lesson",
                "a cell must not call exit: the cells after it would not run"
            )
        case .signaled(Stop.refusal):
            // The C library holds signals back while it starts a process, and so the lesson cannot say it itself.
            return (.crash, "a lesson cannot start another process", nil)
        case .signaled(let signal):
            return (.crash, "the program was stopped by signal \(signal)", nil)
        }
    }

    /// The limit that the process went beyond, unless it stopped by itself and only its report took longer.
    private var breach: Limits.Kind? {
        let isOwn = words.message != nil || outcome.crash?.isStackOverflow == true
        if case .time = outcome.breach, isOwn { return nil }
        return outcome.breach
    }

    /// The runtime's own words when the system gives it no more memory.
    private var memoryBreach: Limits.Kind? {
        words.message?.hasPrefix("failed to allocate ") == true ? .memory : nil
    }

    private func explanation(
        of breach: Limits.Kind
    ) -> (kind: Diagnostic.Kind, message: String, hint: String?) {
        let name = step?.title ?? "the lesson"
        switch breach {
        case .time(let allowed):
            return (
                .limit, "\(name) was still running after \(allowed.inWords)",
                "it was here; a cell that needs longer says so: timeout=120s"
            )
        case .memory:
            return (
                .limit,
                "\(name) needs more memory than the \(limits.memory.inBinaryUnits) that a lesson may have",
                nil
            )
        case .output:
            return (
                .limit, "\(name) prints more than the \(limits.output.inBinaryUnits) that a lesson may show",
                nil
            )
        }
    }

    private var location: SourceLocation {
        let frames = outcome.crash?.frames ?? []
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
        guard let step else { return SourceLocation(file: lesson.file) }
        if words.message?.hasPrefix(Stop.uncaught) == true {
            return lesson.placeOfThrow(in: step, syntax: syntax)
        }
        if case .exited = outcome.status, outcome.crash == nil {
            return lesson.place(of: "exit(", in: step)
        }
        if case .time = breach { return lesson.place(of: "sleep(", in: step) }
        if words.message == Stop.noNetwork { return lesson.place(of: "socket(", in: step) }
        return step.fence
    }
}

extension Lesson {
    /// Where a cell calls a function of which no report tells: the first place that reads like it, or the fence.
    func place(of call: String, in cell: Cell) -> SourceLocation {
        guard let range = cell.code.firstRange(of: call) else { return cell.fence }
        return location(in: cell, offset: cell.code[..<range.lowerBound].utf8.count)
    }
}
