internal import FlyingSocks
internal import Foundation
internal import Course
internal import LibC

/// A browser's connection: a request, its answer, and the next one, in turn.
///
/// It never waits. Each step does what can be done at once, and ``events`` says what the next one waits for.
final class ServedConnection {
    private enum Phase {
        /// A request is to come in.
        case reading
        /// An answer goes out.
        case answering(isLast: Bool)
        /// An open page listens.
        case streaming(EventFeed)
        /// All is said; what the browser still sends is thrown away, so that it gets to read the answer.
        case leaving
    }

    private let socket: Socket
    private let preview: Preview
    private let patience: Duration
    private var reader = RequestReader()
    private var phase = Phase.reading
    private var output = Data()
    /// When it has taken too long.
    private(set) var deadline: ContinuousClock.Instant

    /// Takes a connection.
    ///
    /// - Parameters:
    ///   - socket: Its socket, which never waits.
    ///   - preview: What answers.
    ///   - patience: How long a request may take to come in, and each piece of an answer to go out.
    init(_ socket: Socket, _ preview: Preview, patience: Duration) {
        self.socket = socket
        self.preview = preview
        self.patience = patience
        deadline = .now + patience
    }

    deinit {
        if case .streaming(let feed) = phase { feed.end() }
        try? socket.close()
    }

    /// What it waits for, as the system's `poll` has it.
    var events: pollfd {
        var wanted = POLLIN
        switch phase {
        case .reading where reader.hasUnread: wanted |= POLLOUT
        case .answering: wanted = POLLOUT
        case .streaming where !output.isEmpty: wanted |= POLLOUT
        case .reading, .streaming, .leaving: break
        }
        return pollfd(fd: socket.file.rawValue, events: Int16(wanted), revents: 0)
    }

    /// How much would be lost with it: a page that listens is worth more than an answer, and that more than a request
    /// that does not come in.
    var worth: Int {
        switch phase {
        case .reading, .leaving: 0
        case .answering: 1
        case .streaming: 2
        }
    }

    /// Whether a page listens.
    var isStreaming: Bool { worth == 2 }

    /// Does what can be done.
    ///
    /// - Parameter onNews: Called from any thread when there is more to do for a page that listens.
    /// - Returns: Whether the connection lives on.
    func step(onNews: @escaping @Sendable () -> Void) -> Bool {
        do {
            if deadline <= .now { try expire() }
            switch phase {
            case .reading: try read(onNews)
            case .answering: break
            case .streaming(let feed): try stream(feed)
            case .leaving: _ = try socket.read(atMost: 1 << 16)
            }
            try write()
            return true
        } catch SocketError.blocked {
            return true
        } catch {
            return false
        }
    }

    /// The other side took too long.
    private func expire() throws {
        switch phase {
        case .reading where reader.hasBegun: refuse(.slow)
        case .streaming where output.isEmpty:
            output = Data(EventFeed.heartbeat)
            deadline = .now + patience
        case .reading, .answering, .streaming, .leaving: throw SocketError.disconnected
        }
    }

    private func read(_ onNews: @escaping @Sendable () -> Void) throws {
        do throws(RequestRefusal) {
            if let head = try reader.next() { return answer(head, onNews) }
        } catch {
            return refuse(error)
        }
        reader.append(try socket.read(atMost: 1 << 14))
        do throws(RequestRefusal) {
            if let head = try reader.next() { answer(head, onNews) }
        } catch {
            refuse(error)
        }
    }

    private func answer(_ head: RequestHead, _ onNews: @escaping @Sendable () -> Void) {
        let response = preview.respond(to: head.page)
        if response.status < 400, let refusal = head.refusal { return refuse(refusal) }
        switch response.body {
        case .whole(let bytes):
            begin(response, bytes, isLast: !head.isFollowed)
        case .stream(let feed):
            feed.onNews(onNews)
            begin(response, feed.take().events, isLast: true)
            phase = .streaming(feed)
        }
    }

    private func refuse(_ refusal: RequestRefusal) {
        let response = Preview.Response(refusal.status, saying: refusal.sentence)
        guard case .whole(let bytes) = response.body else { return }
        begin(response, bytes, isLast: true)
    }

    private func begin(_ response: Preview.Response, _ body: [UInt8], isLast: Bool) {
        var head = "HTTP/1.1 \(response.status) \r\n"
        for (name, value) in response.headers.sorted(by: { $0.key < $1.key }) {
            head += "\(name): \(value)\r\n"
        }
        head += isLast ? "Connection: close\r\n\r\n" : "\r\n"
        output = Data(head.utf8) + body
        phase = .answering(isLast: isLast)
        deadline = .now + patience
    }

    private func stream(_ feed: EventFeed) throws {
        // A page that listens says nothing; this is how it is found to be gone.
        do { _ = try socket.read(atMost: 1 << 14) } catch SocketError.blocked {}
        guard output.isEmpty else { return }
        let (events, isEnded) = feed.take()
        output = Data(events)
        if isEnded { phase = .answering(isLast: true) }
    }

    /// Sends what the other side takes.
    private func write() throws {
        while !output.isEmpty {
            output.removeFirst(try socket.write(output, from: output.startIndex) - output.startIndex)
            deadline = .now + patience
        }
        guard case .answering(let isLast) = phase else { return }
        phase = isLast ? .leaving : .reading
        deadline = .now + patience
        if isLast { _ = shutdown(socket.file.rawValue, Int32(SHUT_WR)) }
    }
}
