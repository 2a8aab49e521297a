internal import ArgumentParser
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
    /// - Returns: The signal; `nil` if the task was cancelled.
    @discardableResult
    static func wait() async -> Int32? {
        let (signals, continuation) = AsyncStream.makeStream(of: Int32.self)
        let numbers = [SIGINT, SIGTERM, SIGHUP]
        let sources = numbers.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { continuation.yield(number) }
            source.resume()
            return source
        }
        var first: Int32?
        for await number in signals {
            first = number
            break
        }
        for source in sources { source.cancel() }
        // Who asks twice does not want to wait.
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
