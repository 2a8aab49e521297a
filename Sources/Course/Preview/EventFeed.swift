internal import Synchronization

/// The events for an open page, which wait until its connection takes them.
package final class EventFeed: Sendable {
    private struct State {
        var waiting: [UInt8] = []
        var isEnded = false
        var onNews: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    /// The most bytes that wait for a page that does not read. Beyond that it hears the end, asks anew, and is told what it
    /// missed.
    private static let most = 8 << 20

    /// A line that says nothing, by which either side notices that the other is gone.
    package static let heartbeat = Array(":\n\n".utf8)

    /// Whether nobody takes anything any longer.
    var isEnded: Bool { state.withLock(\.isEnded) }

    /// Adds events.
    ///
    /// - Returns: Whether there is still somebody who takes them.
    @discardableResult
    func send(_ events: [UInt8]) -> Bool {
        let (isEnded, onNews) = state.withLock { state in
            if !state.isEnded { state.waiting += events }
            if state.waiting.count > Self.most { state.isEnded = true }
            return (state.isEnded, state.onNews)
        }
        onNews?()
        return !isEnded
    }

    /// Ends the feed: nothing more is heard after what waits, or nobody takes it any longer.
    package func end() {
        let onNews = state.withLock { state in
            state.isEnded = true
            return state.onNews
        }
        onNews?()
    }

    /// Takes the events that wait.
    ///
    /// - Returns: The events, and whether these were the last.
    package func take() -> (events: [UInt8], isEnded: Bool) {
        state.withLock { state in
            defer { state.waiting = [] }
            return (state.waiting, state.isEnded)
        }
    }

    /// Names a function to be called, from any thread, each time there is something to take.
    package func onNews(_ call: @escaping @Sendable () -> Void) {
        state.withLock { $0.onNews = call }
    }
}
