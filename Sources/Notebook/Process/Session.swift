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
    private let figures = Mutex(FigureNames())
    private let only = Mutex<ObjectIdentifier?>(nil)

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
        stream = EventStream(token: Session.readToken())
        #if os(Linux)
            if walls == "open" { guardDescendants() }
        #endif
        output = Session.copy(of: STDOUT_FILENO)
        errors = Session.copy(of: STDERR_FILENO)
        folder = walls == "walled" ? open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : nil
        // By its status alone a process within walls cannot be told from one that a signal stopped.
        atexit { Session.current.send(.exit) }
    }

    /// The program that runs, once it has started.
    var program: ObjectIdentifier? { only.withLock { $0 } }

    /// Starts a program, and returns whether it is the first.
    func start(_ program: ObjectIdentifier) -> Bool {
        only.withLock { only in
            defer { only = only ?? program }
            return only == nil
        }
    }

    func begin(cell: String) {
        check()
        figures.withLock { $0 = FigureNames(cell: cell) }
        send(.cell(cell))
        if let frame = stream?.frame(.cell(cell)) { _ = Session.put(frame, to: errors) }
    }

    func end() {
        check()
        send(.end)
    }

    func show(_ output: Output) {
        if stream != nil {
            send(.output(output))
        } else {
            print(output.readable)
        }
    }

    func record(_ shape: TensorShape) {
        send(.shape(shape))
    }

    /// Returns a name for the next figure of the current cell, unlike any other of the lesson.
    func nextFigureName() -> String {
        figures.withLock { $0.next() }
    }

    private func send(_ event: Event) {
        guard let frame = stream?.frame(event) else { return }
        // Under the lock of `stdout`: a print of another thread comes before or after, never within.
        flockfile(stdout)
        defer { funlockfile(stdout) }
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

// MARK: - Files

extension Session {
    /// Reads the first line of standard input, byte by byte: what follows it is not for this program.
    private static func readToken() -> String {
        var token: [UInt8] = []
        var byte: UInt8 = 0
        while read(STDIN_FILENO, &byte, 1) == 1, byte != UInt8(ascii: "\n") { token.append(byte) }
        return String(decoding: token, as: UTF8.self)
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
