internal import ArgumentParser
internal import Execution
internal import Foundation
internal import LibC

/// The signals by which a command is asked to end: Ctrl-C, `kill`, and the terminal that closes.
enum Interruption {
    /// Where the handler says which signal has come: a handler may do little more than write.
    private nonisolated(unsafe) static var alarm: Int32 = -1

    private static let numbers = [SIGINT, SIGTERM, SIGHUP]

    /// The first of these signals that comes from now on; it does not end the process by itself.
    ///
    /// It is waited for on a thread of its own, for a build may keep all of those busy that tasks share.
    ///
    /// - Parameter patience: How long the process has from then on to come to its end; then it is ended as it is, with
    ///   all that it has started. `nil` leaves that to whoever asks twice.
    static func signals(atMost patience: Duration? = nil) -> AsyncStream<Int32> {
        let (signals, continuation) = AsyncStream.makeStream(of: Int32.self)
        let pipe = Pipe()
        alarm = pipe.fileHandleForWriting.fileDescriptor
        for number in numbers {
            signal(number) { number in
                let error = errno
                var byte = UInt8(truncatingIfNeeded: number)
                write(Interruption.alarm, &byte, 1)
                errno = error
            }
        }
        Thread.detachNewThread {
            guard let byte = try? pipe.fileHandleForReading.read(upToCount: 1)?.first else { return }
            // Who asks twice does not want to wait.
            for number in numbers { signal(number, SIG_DFL) }
            continuation.yield(Int32(byte))
            continuation.finish()
            guard let patience else { return }
            Thread.sleep(forTimeInterval: patience / .seconds(1))
            Descendants.end()
            _exit(EXIT_SUCCESS)
        }
        return signals
    }

    /// Does work until it is done, or one of the signals comes: then the work is cancelled, and with it all that it has
    /// started comes to its end.
    ///
    /// - Throws: What the work throws; `ExitCode`, as a shell reports that signal, if it was interrupted.
    static func stopping(_ work: sending @escaping @isolated(any) () async throws -> Void) async throws {
        let signals = signals()
        let task = Task(operation: work)
        let watch = Task { () -> Int32? in
            for await number in signals {
                task.cancel()
                return number
            }
            return nil
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
