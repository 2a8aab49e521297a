internal import FlyingSocks
internal import Foundation
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A server of this machine that keeps what is put, as Bazel's remote cache does, or answers as it likes.
final class CacheServer: Sendable {
    /// The way in which requests are answered.
    enum Manner: Sendable {
        /// Rightly.
        case right
        /// With these bytes, whatever is asked for.
        case bytes(String)
        /// After this time, that there is nothing.
        case late(Duration)
        /// Not at all.
        case never
        /// Rightly, but what is sent is changed.
        case changed(@Sendable ([UInt8]) -> [UInt8])
    }

    private struct State {
        /// Whether its socket is still its own: a number that was given back is soon another file's.
        var isOpen = true
        var blobs: [String: [UInt8]] = [:]
        var manner = Manner.right
        var requests: [String] = []
    }

    private let state = Mutex(State())
    private let socket: Socket
    let port: UInt16

    init() throws {
        socket = try Socket(domain: AF_INET)
        try socket.bind(to: .inet(ip4: "127.0.0.1", port: 0) as sockaddr_in)
        try socket.listen()
        guard case .ip4(_, let port) = try socket.sockname() else { throw SocketError.disconnected }
        self.port = port
        Thread.detachNewThread { [self] in
            while let (file, _) = try? socket.accept() {
                Thread.detachNewThread { [self] in
                    let connection = Socket(file: file)
                    while (try? answer(connection)) == true {}
                    try? connection.close()
                }
            }
            state.withLock { state in
                state.isOpen = false
                try? socket.close()
            }
        }
    }

    /// Ends: nobody listens there any more, and the thread that did gives the socket back.
    func end() {
        state.withLock { if $0.isOpen { shutdown(socket.file.rawValue, Int32(SHUT_RDWR)) } }
    }

    var address: String { "http://127.0.0.1:\(port)/unroll" }
    var manner: Manner {
        get { state.withLock { $0.manner } }
        set { state.withLock { $0.manner = newValue } }
    }

    /// The heads of all requests so far, which are forgotten then.
    func requests() -> [String] {
        state.withLock { state in
            defer { state.requests = [] }
            return state.requests
        }
    }

    /// Answers one request; false if there is none any more.
    private func answer(_ connection: Socket) throws -> Bool {
        var bytes: [UInt8] = []
        let end = Array("\r\n\r\n".utf8)
        while bytes.firstRange(of: end) == nil {
            bytes += try connection.read(atMost: 1 << 16)
        }
        let split = bytes.firstRange(of: end)!
        let head = String(decoding: bytes[..<split.lowerBound], as: UTF8.self)
        var body = Array(bytes[split.upperBound...])
        let length = head.firstMatch(of: /(?i)\r\ncontent-length: *(\d+)/).flatMap { Int($0.1) } ?? 0
        while body.count < length { body += try connection.read(atMost: 1 << 16) }
        let words = head.split(separator: " ")
        let (method, path) = (String(words[0]), String(words[1]))
        let (manner, blob) = state.withLock { state in
            state.requests.append(head)
            if method == "PUT", case .right = state.manner { state.blobs[path] = body }
            return (state.manner, state.blobs[path])
        }
        func send(_ status: String, _ body: [UInt8] = []) throws {
            try write(
                Array("HTTP/1.1 \(status)\r\nContent-Length: \(body.count)\r\n\r\n".utf8) + body,
                to: connection
            )
        }
        switch manner {
        case .right where method == "PUT": try send("201 Created")
        case .right: try blob.map { try send("200 OK", $0) } ?? send("404 Not Found")
        case .changed(let change): try blob.map { try send("200 OK", change($0)) } ?? send("404 Not Found")
        case .bytes(let text):
            try write(Array(text.utf8), to: connection)
            return false
        case .late(let time):
            Thread.sleep(forTimeInterval: time / .seconds(1))
            try send("404 Not Found")
        case .never:
            while true { bytes = try connection.read(atMost: 1 << 16) }
        }
        return true
    }

    private func write(_ bytes: [UInt8], to connection: Socket) throws {
        let data = Data(bytes)
        var index = data.startIndex
        while index < data.endIndex { index = try connection.write(data, from: index) }
    }
}
