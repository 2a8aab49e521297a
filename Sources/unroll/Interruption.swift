internal import ArgumentParser
internal import Execution
internal import Foundation

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The signals by which a command is asked to end: Ctrl-C, `kill`, and the terminal that closes.
enum Interruption {
    /// Waits until one of them comes, or the task is cancelled. They do not end the process by themselves meanwhile.
    ///
    /// - Parameter patience: How long the process has from then on to come to its end; then it is ended as it is, with
    ///   all that it has started. `nil` leaves that to whoever asks twice.
    /// - Returns: The signal; `nil` if the task was cancelled.
    @discardableResult
    static func wait(atMost patience: Duration? = nil) async -> Int32? {
        let (signals, continuation) = AsyncStream.makeStream(of: Int32.self)
        let numbers = [SIGINT, SIGTERM, SIGHUP]
        // A queue of its own has a thread of its own: builds may keep all busy that tasks and other queues share.
        let queue = DispatchQueue(label: "unroll.interruption", qos: .userInteractive)
        let sources = numbers.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                // Who asks twice does not want to wait.
                for number in numbers { signal(number, SIG_DFL) }
                continuation.yield(number)
                guard let patience else { return }
                queue.asyncAfter(deadline: .now() + patience / .seconds(1)) {
                    Descendants.end()
                    _exit(EXIT_SUCCESS)
                }
            }
            source.resume()
            return source
        }
        var first: Int32?
        for await number in signals {
            first = number
            break
        }
        for source in sources { source.cancel() }
        for number in numbers { signal(number, SIG_DFL) }
        return first
    }

    /// Does work until it is done, or one of the signals comes: then the work is cancelled, and with it all that it has
    /// started comes to its end.
    ///
    /// - Throws: What the work throws; `ExitCode`, as a shell reports that signal, if it was interrupted.
    static func stopping(_ work: sending @escaping @isolated(any) () async throws -> Void) async throws {
        let task = Task(operation: work)
        let watch = Task {
            guard let number = await wait() else { return Int32?.none }
            task.cancel()
            return number
        }
        let result = await task.result
        watch.cancel()
        if let number = await watch.value {
            Terminal.say("✗ interrupted")
            throw ExitCode(128 + number)
        }
        try result.get()
    }
}
