#if !hasFeature(Embedded)
    internal import Synchronization
#endif

/// The state of the recording: the operations' numbers, and whether they are being recorded.
package enum Tape {
    #if hasFeature(Embedded)
        nonisolated(unsafe) private static var lastNumber: UInt64 = 0
        nonisolated(unsafe) private static var isPaused = false

        static func nextNumber() -> UInt64 {
            lastNumber += 1
            return lastNumber
        }

        package static var isRecording: Bool { !isPaused }

        static func paused<Result, Failure: Error>(
            _ body: () throws(Failure) -> Result
        ) throws(Failure) -> Result {
            let wasPaused = isPaused
            isPaused = true
            defer { isPaused = wasPaused }
            return try body()
        }
    #else
        private static let lastNumber = Atomic<UInt64>(0)

        // One thread's pause must not stop another's recording.
        @TaskLocal private static var isPaused = false

        @inline(__always)
        static func nextNumber() -> UInt64 {
            lastNumber.wrappingAdd(1, ordering: .relaxed).newValue
        }

        /// Whether operations go onto the tape; false within `withoutGradients`.
        package static var isRecording: Bool { !isPaused }

        static func paused<Result>(_ body: () throws -> Result) rethrows -> Result {
            try $isPaused.withValue(true, operation: body)
        }
    #endif
}

#if hasFeature(Embedded)
    /// Runs `body` without recording it: what it computes are constants.
    public func withoutGradients<Result, Failure: Error>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try Tape.paused(body)
    }
#else
    /// Runs `body` without recording it: what it computes are constants, as under `torch.no_grad()`.
    ///
    ///     let prediction = withoutGradients { model(x) }
    public func withoutGradients<Result>(_ body: () throws -> Result) rethrows -> Result {
        try Tape.paused(body)
    }
#endif

extension Tensor {
    /// The node that an operation on this tensor must record as its input; nil when there is nothing to record.
    @inline(__always)
    package var tracked: Node? {
        guard let node, !node.isFrozen, Tape.isRecording else { return nil }
        return node
    }
}
