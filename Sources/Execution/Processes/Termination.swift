internal import Lessons
internal import SwiftAnalysis

/// The end of a lesson's process before the lesson's own.
struct Termination: Sendable {
    /// The exit status of a process.
    enum Status: Sendable, Hashable {
        /// It ended itself, with this status.
        case exited(Int)
        /// The system or a trap ended it, with this signal.
        case signaled(Int)
    }

    /// The run that ended.
    let run: ProgramRun

    private var outcome: ProcessRunner.Outcome { run.outcome }
    private var lesson: Lesson { run.part.lesson }
    private var limits: Limits { run.limits }
    private var program: Program { run.program }
    /// The cell or expression that was running; `nil` before the first.
    private var step: Cell? { run.current.map { run.part.steps[$0] } }

    /// The error for the lesson's author.
    var diagnostic: Diagnostic {
        let (kind, message, hint) = explanation
        return lesson.error(kind, at: location, message, hint: hint)
    }

    private var words: RuntimeMessage { outcome.errors.runtimeMessage }

    /// `SIGSYS` of Linux, with which the sandbox's filter refuses a system call.
    private static let refusal = 31
    /// `SIGXFSZ` of Linux, with which the system refuses a file that is too long.
    private static let longFile = 25

    /// The sentence of `Notebook` when the filter refuses a socket.
    private static let noNetwork = "a lesson has no network"
    /// The sentence when the filter refuses a process.
    private static let noProcess = "a lesson cannot start another process"
    /// The sentences of `Notebook` when files grow beyond their limit.
    private static let fullFiles = ["a file is too long for a lesson", "the lesson's folder is full"]
    /// The beginning of the sentence of `Notebook` when prints have nowhere to go.
    private static let noOutput = "standard output was closed or led elsewhere"

    /// The beginning of the runtime's sentence when an error reaches the top of the program.
    private static let uncaught = "Error raised at top level: "

    private var explanation: (kind: Diagnostic.Kind, message: String, hint: String?) {
        if let breach = ownBreach ?? breach { return explanation(of: breach) }
        if wantsProcess { return (.crash, Termination.noProcess, nil) }
        if let sentence = words.message {
            if let hidden = hiddenFile(in: sentence) { return hidden }
            guard sentence.hasPrefix(Termination.uncaught) else { return (.crash, sentence, nil) }
            let error = sentence.dropFirst(Termination.uncaught.count)
            return (.crash, "an error was thrown and not caught: \(error)", nil)
        }
        if let crash = outcome.crash {
            if crash.frames.contains(where: { $0.function.hasPrefix("abort") }) {
                return (.crash, "the program stopped itself: it called abort", nil)
            }
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
        case .signaled(Termination.refusal):
            // The C library holds signals back while it starts a process, and so the lesson cannot say it itself.
            return (.crash, Termination.noProcess, nil)
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

    /// The limit of which the process itself says that it went beyond it.
    private var ownBreach: Limits.Kind? {
        // The runtime's own words when the system gives it no more memory.
        if words.message?.hasPrefix("failed to allocate ") == true { return .memory }
        let isFull = words.message.map { message in
            Termination.fullFiles.contains(message)
                || ["NSFilePath=", Termination.uncaught].contains(where: message.contains)
                    && message.contains("No space left on device")
        }
        return isFull == true || outcome.status == .signaled(Termination.longFile) ? .files : nil
    }

    /// Whether it was refused a socket that `Process` makes on its way to another process.
    private var wantsProcess: Bool {
        words.message == Termination.noNetwork
            && outcome.crash?.frames.contains { $0.function.hasPrefix("Process.") } == true
    }

    /// The explanation of an error about a file of this machine that a lesson does not see, as Foundation words it.
    private func hiddenFile(in error: String) -> (kind: Diagnostic.Kind, message: String, hint: String?)? {
        let path = error.firstRange(of: "NSFilePath=").map { range in
            let rest = error[range.upperBound...]
            let end = rest.firstRange(of: ", NS")?.lowerBound ?? rest.firstIndex(of: "}")
            return String(rest[..<(end ?? rest.endIndex)])
        }
        if path != nil, step?.code.contains("executableURL") == true {
            return (.crash, Termination.noProcess, nil)
        }
        let isReadOnly = error.contains("Read-only file system")
        guard let path else {
            return isReadOnly
                ? (.limit, "the lesson writes to a file outside of its folder", Termination.ownFiles) : nil
        }
        if let data = undeclared(path) {
            return (.crash, "the lesson reads '\(data)' and does not declare it", lesson.declaring([data]))
        }
        let isOutside = path.hasPrefix("/") && !path.hasPrefix("\(Sandbox.Inside.folder)/")
        if !isOutside, error.contains("Code=260 ") { return missing(path) }
        guard isReadOnly || isOutside && error.contains("Code=4 ") else {
            return isOutside && error.contains("Code=260 ")
                ? (.crash, "the lesson reads '\(path)', which it does not see", Termination.ownFiles) : nil
        }
        return (.limit, "the lesson writes to '\(path)', outside of its folder", Termination.ownFiles)
    }

    /// The explanation of an error about a file that is nowhere.
    private func missing(_ path: String) -> (kind: Diagnostic.Kind, message: String, hint: String?) {
        let name = path.hasPrefix("/") ? String(path.dropFirst(Sandbox.Inside.folder.count + 1)) : path
        let declared = lesson.frontMatter.data.map(\.path)
        let hint =
            declared.isEmpty
            ? "put it beside the lesson, and \(lesson.declaring([name]))"
            : Spelling.hint(for: name, among: declared, shownAs: "the lesson declares")
        return (.crash, "the lesson reads '\(name)', and there is no such file", hint)
    }

    /// The remedy for files that a lesson does not see.
    private static let ownFiles =
        "a lesson sees the data that it declares, and a folder of its own to write to"

    /// A path in the folder of lessons, if a path that the lesson asked for names a file there that it does not declare.
    private func undeclared(_ path: String) -> String? {
        guard let data = run.data, let file = LessonFiles(of: lesson, in: data).path(of: path) else {
            return nil
        }
        return lesson.frontMatter.data.contains { $0.path == file } ? nil : file
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
        case .files:
            return (
                .limit,
                "\(name) writes more to files than the \(limits.files.inBinaryUnits) that a lesson may write",
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
        if let step, words.message?.hasPrefix(Termination.noOutput) == true {
            return lesson.place(of: ["fclose(", "close(", "dup2(", "freopen("], in: step)
        }
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
        if words.message?.hasPrefix(Termination.uncaught) == true {
            let offset = run.current.flatMap { TopLevelThrow.offset(in: run.part.code[$0]) }
            return offset.map { lesson.location(in: step, offset: $0) } ?? step.fence
        }
        if case .exited = outcome.status, outcome.crash == nil {
            return lesson.place(of: ["_exit(", "_Exit(", "quick_exit(", "exit("], in: step)
        }
        if case .signaled(Termination.refusal) = outcome.status, outcome.crash == nil {
            return lesson.place(of: ["posix_spawn(", "posix_spawnp(", "system(", "popen("], in: step)
        }
        if case .signaled = outcome.status, outcome.crash == nil, breach == nil {
            return lesson.place(of: ["kill(", "raise("], in: step)
        }
        if case .time = breach { return lesson.place(of: ["sleep("], in: step) }
        if words.message == Termination.noNetwork { return lesson.place(of: ["socket("], in: step) }
        return step.fence
    }
}

extension Lesson {
    /// Returns the place at which a cell calls one of the functions of which no report tells: the first that reads like it,
    /// or the fence.
    func place(of calls: [String], in cell: Cell) -> SourceLocation {
        let places = calls.compactMap { cell.code.firstRange(of: $0)?.lowerBound }
        guard let first = places.min() else { return cell.fence }
        return location(in: cell, offset: cell.code[..<first].utf8.count)
    }
}
