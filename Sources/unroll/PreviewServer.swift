internal import FlyingFox
internal import FlyingSocks
internal import Foundation
internal import Lessons
internal import Pages

/// Answers browsers with what a preview has for them.
struct PreviewServer: Sendable {
    /// Where the pages are found.
    let address: String
    /// What is shown.
    let preview: Preview
    private let server: HTTPServer

    /// How many ports are tried for one that is free.
    private static let tried = 100

    /// Prepares a server.
    ///
    /// - Parameters:
    ///   - folder: The site's folder.
    ///   - host: The address to listen on.
    ///   - port: The port, or 0 for one that is free.
    /// - Throws: `Diagnostic` of kind `setup`, for an address or a port that cannot be had.
    init(of folder: String, host: String, port: UInt16) throws(Diagnostic) {
        let port = try PreviewServer.reserve(port, of: host)
        preview = Preview(of: folder, address: host, port: Int(port))
        address = "http://\(host.contains(":") ? "[\(host)]" : host):\(port)/"
        let configuration = HTTPServer.Configuration(
            address: try PreviewServer.socketAddress(host, port),
            logger: .disabled
        )
        server = HTTPServer(config: configuration, handler: PreviewHandler(preview: preview))
    }

    /// Answers until the task is cancelled.
    ///
    /// - Returns: Why it cannot, if it ends before.
    func run() async -> Diagnostic? {
        do {
            try await server.run()
            return nil
        } catch {
            return Task.isCancelled
                ? nil : PreviewServer.refusal(of: address, error.localizedDescription)
        }
    }

    /// Waits until browsers can ask.
    ///
    /// - Returns: Whether they can.
    func isListening() async -> Bool {
        (try? await server.waitUntilListening()) != nil
    }

    /// Finds out whether a port can be had.
    private static func reserve(_ port: UInt16, of host: String) throws(Diagnostic) -> UInt16 {
        do {
            return try bind(port, of: socketAddress(host, port))
        } catch SocketError.failed(_, EADDRINUSE, _) {
            let others = (1...tried).compactMap { UInt16(exactly: Int(port) + $0) }
            let free = others.first { other in
                (try? bind(other, of: socketAddress(host, other))) != nil
            }
            throw refusal(
                of: "\(host):\(port)",
                "another program listens there",
                hint: free.map { "port \($0) is free: ./unroll serve --port \($0)" }
            )
        } catch let diagnostic as Diagnostic {
            throw diagnostic
        } catch {
            throw refusal(of: "\(host):\(port)", error.localizedDescription)
        }
    }

    /// Takes a port and gives it back.
    private static func bind(_ port: UInt16, of address: any SocketAddress) throws -> UInt16 {
        let socket = try Socket(domain: Int32(address.family))
        defer { try? socket.close() }
        try socket.setValue(true, for: .localAddressReuse)
        try socket.bind(to: address)
        switch try socket.sockname() {
        case .ip4(_, let port), .ip6(_, let port): return port
        case .unix: return port
        }
    }

    private static func socketAddress(_ host: String, _ port: UInt16) throws(Diagnostic) -> any SocketAddress
    {
        do {
            if host.contains(":") { return try .inet6(ip6: host, port: port) as sockaddr_in6 }
            return try .inet(ip4: host == "localhost" ? "127.0.0.1" : host, port: port) as sockaddr_in
        } catch {
            throw refusal(of: host, "this is no address of a machine", hint: "such as 127.0.0.1 or 0.0.0.0")
        }
    }

    private static func refusal(of place: String, _ reason: String, hint: String? = nil) -> Diagnostic {
        let message = "pages cannot be served here: \(reason)"
        return Diagnostic(.error, .setup, at: SourceLocation(file: place), message, hint: hint)
    }
}

/// Puts a preview's answers into FlyingFox's words.
private struct PreviewHandler: HTTPHandler {
    let preview: Preview

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        let question = Preview.Request(
            method: request.method.rawValue,
            target: request.target.rawValue,
            host: request.headers[.host]
        )
        let answer = await preview.respond(to: question)
        var headers = HTTPHeaders()
        for (name, value) in answer.headers { headers[HTTPHeader(name)] = value }
        let status = HTTPStatusCode(answer.status, phrase: "")
        switch answer.body {
        case .whole(let bytes):
            return HTTPResponse(
                statusCode: status,
                headers: headers,
                body: HTTPBodySequence(data: Data(bytes), suggestedBufferSize: 1 << 16)
            )
        case .stream(let stream):
            return HTTPResponse(
                statusCode: status,
                headers: headers,
                body: HTTPBodySequence(from: EventBytes(pieces: stream))
            )
        }
    }
}

/// The bytes of a stream, handed on as they come.
private struct EventBytes: AsyncBufferedSequence {
    typealias Element = UInt8

    let pieces: AsyncStream<[UInt8]>

    struct AsyncIterator: AsyncBufferedIteratorProtocol {
        var pieces: AsyncStream<[UInt8]>.Iterator
        private var rest: ArraySlice<UInt8> = []

        init(pieces: AsyncStream<[UInt8]>.Iterator) {
            self.pieces = pieces
        }

        mutating func nextBuffer(suggested count: Int) async -> [UInt8]? {
            if !rest.isEmpty {
                defer { rest = [] }
                return Array(rest)
            }
            return await pieces.next()
        }

        mutating func next() async -> UInt8? {
            if rest.isEmpty { rest = (await pieces.next() ?? [])[...] }
            return rest.popFirst()
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(pieces: pieces.makeAsyncIterator())
    }
}
