internal import FlyingSocks
internal import Foundation
internal import Course
internal import LibC
internal import Synchronization

/// Serves all connections of a server, on a thread that waits for nothing but them: what builds do to the threads that
/// tasks share is nothing to it.
final class ConnectionLoop: Sendable {
    private let listener: Socket
    private let preview: Preview
    private let patience: Duration
    /// How often it is looked for connections whose time is up, in milliseconds.
    private let tick: Int
    /// A byte in it wakes the thread.
    private let alarm = Pipe()
    private let isEnded = Mutex(false)

    /// How many connections live at a time. A browser has six; what is beyond costs the one that is worth least.
    private static let most = 128

    /// Makes a loop for a socket that listens.
    init(_ listener: Socket, _ preview: Preview, patience: Duration) {
        self.listener = listener
        self.preview = preview
        self.patience = patience
        tick = max(1, min(Int(patience / .milliseconds(8)), 1000))
        let alarms = [alarm.fileHandleForReading, alarm.fileHandleForWriting]
        for file in [listener.file.rawValue] + alarms.map(\.fileDescriptor) { Self.prepare(file) }
    }

    /// Begins to serve.
    func begin() {
        Thread.detachNewThread { self.run() }
    }

    /// Ends, and closes all connections.
    func end() {
        isEnded.withLock { $0 = true }
        wake()
    }

    /// Has the thread look for news.
    @Sendable private func wake() {
        _ = write(alarm.fileHandleForWriting.fileDescriptor, "!", 1)
    }

    private func run() {
        var connections: [ServedConnection] = []
        // The door, the alarm, and what each connection waits for.
        let own = [listener.file.rawValue, alarm.fileHandleForReading.fileDescriptor]
        var files = own.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        var nextLook = ContinuousClock.now
        var isCrowded = false
        while !isEnded.withLock({ $0 }) {
            // Without a file left for another connection there is nothing to accept until the next look.
            files[0].fd = isCrowded ? -1 : own[0]
            _ = poll(&files, nfds_t(files.count), connections.isEmpty && !isCrowded ? -1 : Int32(tick))
            let isAlarmed = files[1].revents != 0
            if isAlarmed { drain() }
            let now = ContinuousClock.now
            let isLook = now >= nextLook
            if isLook { nextLook = now + .milliseconds(tick) }
            for index in connections.indices.reversed() {
                let connection = connections[index]
                guard
                    files[index + 2].revents != 0 || isAlarmed && connection.isStreaming
                        || isLook && connection.deadline <= now
                else { continue }
                if connection.step(onNews: wake) {
                    files[index + 2] = connection.events
                } else {
                    connections.remove(at: index)
                    files.remove(at: index + 2)
                }
            }
            isCrowded = files[0].revents != 0 && !accept(&connections)
            if files[0].revents != 0 { files = files.prefix(2) + connections.map(\.events) }
        }
        try? listener.close()
    }

    /// Takes new connections.
    ///
    /// - Returns: Whether the system lets this process have them.
    private func accept(_ connections: inout [ServedConnection]) -> Bool {
        // No more at a time than leave room for an answer to each.
        for _ in 0..<16 {
            do {
                let socket = Socket(file: try listener.accept().file)
                Self.prepare(socket.file.rawValue)
                #if canImport(Darwin)
                    try? socket.setValue(true, for: .noSIGPIPE)
                #endif
                connections.append(ServedConnection(socket, preview, patience: patience))
            } catch SocketError.blocked {
                break
            } catch SocketError.failed(_, ECONNABORTED, _) {
                continue
            } catch {
                dismiss(from: &connections)
                return false
            }
            if connections.count > Self.most { dismiss(from: &connections) }
        }
        return true
    }

    /// Closes the connection that is worth least, of equals the one that has had most time.
    private func dismiss(from connections: inout [ServedConnection]) {
        let least = connections.indices.min { a, b in
            (connections[a].worth, connections[a].deadline) < (connections[b].worth, connections[b].deadline)
        }
        if let least { connections.remove(at: least) }
    }

    private func drain() {
        var bytes = [UInt8](repeating: 0, count: 256)
        while read(alarm.fileHandleForReading.fileDescriptor, &bytes, bytes.count) > 0 {}
    }

    /// Sees to it that a file never waits, and that no program started from here has it.
    private static func prepare(_ file: Int32) {
        _ = fcntl(file, F_SETFL, fcntl(file, F_GETFL) | O_NONBLOCK)
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    }
}
