internal import Records
internal import Synchronization

#if canImport(Glibc)
    @preconcurrency internal import Glibc
#elseif canImport(Musl)
    @preconcurrency internal import Musl
#else
    internal import Darwin
#endif

/// The run of a lesson in this process, which receives what cells show.
///
/// Started by Unroll, the process reads a token and writes events between its prints. Started by hand, as a program that
/// a reader downloaded, it has none and prints everything.
final class Session: Sendable {
    static let current = Session()

    private let stream: EventStream?
    /// Standard output and standard error as the process found them: events come through whatever a cell closes.
    private let (output, errors): (Int32, Int32)
    /// The only folder that a walled process may write to, which has a size.
    private let folder: Int32?
    private let state = Mutex(SessionState())
    /// What stands in place of standard output for now, the innermost last.
    private let sinks = Mutex<[PrintSink]>([])

    private init() {
        #if os(Linux)
            explainRefusals()
        #endif
        // Unbuffered, so that a trap loses nothing of what was printed, and prints and events keep their order.
        setvbuf(stdout, nil, _IONBF, 0)
        let walls = getenv(EventStream.variable).map { String(cString: $0) }
        unsetenv(EventStream.variable)
        guard let walls else {
            stream = nil
            (output, errors) = (STDOUT_FILENO, STDERR_FILENO)
            folder = nil
            return
        }
        stream = EventStream(token: Session.readInputLine())
        #if os(Linux)
            if walls == "open" { guardDescendants() }
        #endif
        output = Session.copy(of: STDOUT_FILENO)
        errors = Session.copy(of: STDERR_FILENO)
        folder = walls == "walled" ? open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : nil
        // By its status alone a process within walls cannot be told from one that a signal stopped.
        atexit { Session.current.put(.exit) }
    }

    /// Whether somebody reads the events of the run.
    var isRecording: Bool { stream != nil }

    /// Whether the results of runs side by side are kept: those of cells are, those of live calls show in their outputs.
    var keepsRuns: Bool { isRecording && state { !$0.isMuted && $0.calls.isEmpty && $0.called == nil } }

    /// Reads or changes the state of the session, which no other thread does meanwhile.
    func state<Result: Sendable>(_ body: (inout SessionState) -> Result) -> Result {
        state.withLock { body(&$0) }
    }

    func begin(cell: String) {
        check()
        state { $0.begin(cell: cell) }
        guard !state({ $0.isMuted }) else { return }
        announce(cell)
    }

    func end() {
        check()
        if state({ $0.isLive }) { callFromInput() }
        put(.end)
    }

    func show(_ output: Output) {
        requireShowing()
        guard !state({ $0.isMuted }) else { return }
        guard state({ $0.collected.isEmpty }) else { return collect(.finished(output)) }
        takePrints()
        emit(output)
    }

    func record(_ shape: TensorShape) {
        guard !state({ $0.isMuted }) else { return }
        put(.shape(shape))
    }

    /// Sends an event, after what was printed before it.
    func send(_ event: Event) {
        takePrints()
        put(event)
    }

    /// Notes how far a computation is, which a page shows and a build does not.
    func note(progress done: Int, of count: Int) {}

    /// Returns a name for the next figure of the current cell, unlike any other of the lesson.
    func nextFigureName() -> String {
        state { $0.figures.next() }
    }

    private func announce(_ cell: String) {
        put(.cell(cell))
        if let frame = stream?.frame(.cell(cell)) { _ = Session.put(frame, to: errors) }
    }

    private func emit(_ output: Output) {
        if stream != nil {
            put(.output(output))
        } else {
            print(output.readable)
        }
    }

    private func put(_ event: Event) {
        guard let frame = stream?.frame(event) else { return }
        state { $0.bytes += frame.count }
        // Under the lock of `stdout`: a print of another thread comes before or after, never within.
        let file = stdout
        flockfile(file)
        defer { funlockfile(file) }
        guard Session.put(frame, to: output) else {
            stop("the cell closed what the lesson's program writes to")
        }
    }

    /// Stops where a cell has closed standard output or led it elsewhere, or has filled the folder that it writes to:
    /// what comes after would be lost without a word.
    private func check() {
        guard stream != nil else { return }
        guard Session.isSame(STDOUT_FILENO, output) else {
            stop("standard output was closed or led elsewhere, and what is printed would be lost")
        }
        fflush(stdout)
        if let folder, Session.isFull(folder) { stop("the lesson's folder is full") }
    }

    private func stop(_ sentence: String) -> Never {
        _ = Session.put(Array("Fatal error: \(sentence)\n".utf8), to: errors)
        _exit(1)
    }
}

// MARK: - Prints and calls

extension Session {
    /// Drops what is shown and printed from here on.
    func beginMuting() {
        takePrints()
        state { $0.mutes += 1 }
        sinks.withLock { $0.append(PrintSink(keeps: false)) }
    }

    private func endMuting() {
        sinks.withLock { _ = $0.popLast()?.close() }
        state { $0.mutes -= 1 }
    }

    /// Runs a body whose outputs are dropped.
    func muted(_ body: () -> Void) {
        beginMuting()
        body()
        endMuting()
    }

    /// Runs a body, and returns what it showed and printed.
    func collecting(_ body: () -> Void) -> [PendingOutput] {
        takePrints()
        state { $0.collected.append([]) }
        keepingPrints(body)
        return state { $0.collected.removeLast() }
    }

    /// Keeps an output for later.
    func collect(_ output: PendingOutput) {
        takePrints()
        state { $0.collected[$0.collected.count - 1].append(output) }
    }

    /// Runs a body whose prints are taken when something is shown, and at its end.
    private func keepingPrints(_ body: () -> Void) {
        sinks.withLock { $0.append(PrintSink(keeps: true)) }
        body()
        takePrints()
        sinks.withLock { _ = $0.popLast()?.close() }
    }

    /// Makes an output of what was printed since the last one, where prints are kept.
    func takePrints() {
        let printed = sinks.withLock { $0.last?.take() ?? [] }
        guard !printed.isEmpty else { return }
        count(printed: printed.count)
        let text = Output.text(String(decoding: printed, as: UTF8.self))
        let isKept = state { state in
            guard !state.collected.isEmpty else { return false }
            state.collected[state.collected.count - 1].append(.finished(text))
            return true
        }
        if !isKept { emit(text) }
    }

    /// Makes the call that the next line of standard input asks for, if there is one.
    private func callFromInput() {
        endMuting()
        guard stream != nil, case let line = Session.readInputLine(), !line.isEmpty else { return }
        let functions = state { $0.functions }
        guard let call = LiveCall(line: line) else { stop("this is no call of a live cell: \(line)") }
        guard let function = functions.first(where: { $0.cell == call.cell }) else {
            stop("there is no live cell of the name '\(call.cell)'")
        }
        announce(call.cell)
        keepingPrints { self.call(function, call.settings) }
    }
}

// MARK: - Files

extension Session {
    /// Reads the values of built cells, which stand in a file beside the lesson's data.
    func readValues() -> [UInt8] {
        guard let file = fopen(ShippedValues.file, "rb") else { return [] }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&block, 1, block.count, file), count > 0 { bytes += block[..<count] }
        return bytes
    }

    /// Reads a line of standard input, byte by byte: what follows it is not for the reader of this one.
    private static func readInputLine() -> String {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while read(STDIN_FILENO, &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
        return String(decoding: line, as: UTF8.self)
    }

    /// Returns a copy of a descriptor with a high number, for this program alone.
    private static func copy(of descriptor: Int32) -> Int32 {
        let firstOutOfTheWay: Int32 = 100
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, firstOutOfTheWay)
        return copy >= 0 ? copy : descriptor
    }

    /// Whether two descriptors lead to one file.
    private static func isSame(_ a: Int32, _ b: Int32) -> Bool {
        var (first, second) = (stat(), stat())
        return fstat(a, &first) == 0 && fstat(b, &second) == 0
            && (first.st_dev, first.st_ino) == (second.st_dev, second.st_ino)
    }

    /// Whether nothing more can be written to the file system of a folder.
    private static func isFull(_ folder: Int32) -> Bool {
        var status = statvfs()
        return fstatvfs(folder, &status) == 0 && status.f_blocks > 0 && status.f_bavail == 0
    }

    /// Writes bytes, and returns whether all of them were written.
    private static func put(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { return false }
            rest = rest.dropFirst(max(0, count))
        }
        return true
    }
}
