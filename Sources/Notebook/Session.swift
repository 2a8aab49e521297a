internal import Records
internal import Synchronization

#if canImport(Glibc)
    @preconcurrency internal import Glibc
#elseif canImport(Musl)
    @preconcurrency internal import Musl
#else
    internal import Darwin
#endif

/// The run that this process is: where what cells show goes.
///
/// Started by Unroll, the process has a token in its environment and writes events between its prints. Started by
/// hand, as a program that a reader downloaded, it has none and prints everything.
final class Session: Sendable {
    static let current = Session()

    private let stream: EventStream?
    private let figures = Mutex(FigureNames())

    private init() {
        #if os(Linux)
            explainRefusals()
        #endif
        // Unbuffered, so that a trap loses nothing of what was printed, and prints and events keep their order.
        setvbuf(stdout, nil, _IONBF, 0)
        stream = getenv(EventStream.tokenVariable).map { EventStream(token: String(cString: $0)) }
    }

    func begin(cell: String) {
        figures.withLock { $0 = FigureNames(cell: cell) }
        send(.cell(cell))
    }

    func end() {
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

    /// A name for the next figure of the current cell, unlike any other of the lesson.
    func nextFigureName() -> String {
        figures.withLock { $0.next() }
    }

    private func send(_ event: Event) {
        guard let frame = stream?.frame(event) else { return }
        // One call under the lock of `stdout`: a print of another thread comes before or after, never within.
        fwrite(frame, 1, frame.count, stdout)
    }
}

/// Names for the figures of a cell: `train`, then `train-2`, `train-3`.
private struct FigureNames {
    var cell = "figure"
    var count = 0

    mutating func next() -> String {
        count += 1
        return count == 1 ? cell : "\(cell)-\(count)"
    }
}
