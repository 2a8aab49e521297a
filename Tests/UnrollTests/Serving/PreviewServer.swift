internal import FlyingSocks
internal import Course
internal import Foundation
internal import Lessons
internal import Synchronization
internal import Testing
internal import Turns
internal import unroll

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A connection to a server of this machine, as raw as a test wants it.
final class Connection {
    private let socket: Socket

    struct Failure: Error {}

    /// Connects; what takes longer than a minute fails.
    init(port: UInt16) throws {
        socket = try Socket(domain: AF_INET)
        var time = timeval(tv_sec: 60, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(socket.file.rawValue, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
        }
        try socket.connect(to: .inet(ip4: "127.0.0.1", port: port) as sockaddr_in)
    }

    deinit { try? socket.close() }

    /// Sends all bytes.
    func send(_ bytes: [UInt8]) throws {
        let data = Data(bytes)
        var index = data.startIndex
        while index < data.endIndex { index = try socket.write(data, from: index) }
    }

    /// Sends a text.
    func send(_ text: String) throws { try send(Array(text.utf8)) }

    /// Says that nothing more is sent.
    func finish() {
        _ = shutdown(socket.file.rawValue, Int32(SHUT_WR))
    }

    /// What comes until the other side closes, or enough has come.
    func read(until isEnough: (String) -> Bool = { _ in false }) throws -> String {
        var bytes: [UInt8] = []
        while true {
            do {
                bytes += try socket.read(atMost: 1 << 16)
                if isEnough(String(decoding: bytes, as: UTF8.self)) { break }
            } catch SocketError.disconnected {
                break
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The status of the answer that comes next.
    func status() throws -> Int {
        let answer = try read { $0.contains("\r\n\r\n") }
        guard answer.hasPrefix("HTTP/1.1 "), let status = Int(answer.dropFirst(9).prefix(3)) else {
            throw Failure()
        }
        return status
    }
}

/// A server in this process, of a folder with two pages.
private final class Serving {
    let tool: Tool
    let server: PreviewServer
    let port: UInt16

    init(patience: Duration = .seconds(30)) throws {
        tool = try Tool()
        for name in ["index", "404"] {
            try tool.write("<!DOCTYPE html>\n<body>\nThe page \(name).</body>\n", to: "site/\(name).html")
        }
        let folder = tool.folder.appending(path: "site").path(percentEncoded: false)
        server = try PreviewServer(of: folder, host: "127.0.0.1", port: 0, patience: patience)
        server.preview.succeed(changing: [])
        port = UInt16(server.address.firstMatch(of: /:(\d+)/)?.output.1 ?? "") ?? 0
        server.begin()
    }

    deinit {
        server.end()
        tool.remove()
    }

    var host: String { "Host: localhost:\(port)\r\n" }

    /// The status of the answer to what is sent.
    func status(of request: String) throws -> Int {
        let connection = try Connection(port: port)
        try connection.send(request.replacing("HOST\r\n", with: host).replacing("PORT", with: "\(port)"))
        return try connection.status()
    }
}

@Suite("A preview's server", .serialized, .inTurns) struct PreviewServerTests {
    private static let long = String(repeating: "a", count: 17_000)
    private static let cookie = "Cookie: " + String(repeating: "a", count: 15_000) + "\r\n"

    private static func headers(_ count: Int) -> String { String(repeating: "a:\r\n", count: count) }

    /// Requests, the server's name and port left open, and their statuses.
    private static let requests: [(String, Int)] = [
        ("GET / HTTP/1.1\r\nHOST\r\n\r\n", 200), ("HEAD / HTTP/1.1\r\nHOST\r\n\r\n", 200),
        ("GET / HTTP/1.0\r\nHOST\r\n\r\n", 200), ("GET / HTTP/1.1\nHost: localhost:PORT\n\n", 200),
        ("GET / HTTP/1.9\r\nHOST\r\n\r\n", 200), ("\r\nGET / HTTP/1.1\r\nHOST\r\n\r\n", 200),
        ("GET /?a=/../%zz HTTP/1.1\r\nHOST\r\n\r\n", 200),
        ("GET /%69ndex.html HTTP/1.1\r\nHOST\r\n\r\n", 200),
        ("GET http://localhost:PORT/index.html HTTP/1.1\r\nHost: x\r\n\r\n", 200),
        ("GET HTTP://localhost:PORT HTTP/1.1\r\nHost: x\r\n\r\n", 200),
        ("GET / HTTP/1.1\r\nHOST\r\nX:\t é \r\nY:\r\n\r\n", 200),
        ("GET / HTTP/1.1\r\nHOST\r\nContent-Length: 3\r\n\r\nabc", 200),
        ("GET / HTTP/1.1\r\nHOST\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n", 200),
        ("GET / HTTP/1.1\r\nHOST\r\nRange: bytes=5-2,-9\r\n\r\n", 200),
        ("GET / HTTP/1.1\r\nHOST\r\n\(cookie)\(cookie)\(cookie)\(cookie)\r\n", 200),
        ("GET / HTTP/1.1\r\nHOST\r\n\(headers(250))\r\n", 200),
        ("GET /nothing HTTP/1.1\r\nHOST\r\n\r\n", 404), ("GET /index.html/ HTTP/1.1\r\nHOST\r\n\r\n", 404),
        ("GET /a/b/c.html HTTP/1.1\r\nHOST\r\n\r\n", 404),
        ("GET /\(long.prefix(16_300)) HTTP/1.1\r\nHOST\r\n\r\n", 404),
        // No requests. Those that never end are told so before.
        ("GET /\r\n", 400), ("GET\r\n", 400), ("\u{16}\u{3}\u{1}", 400), ("GET / http/1.1\r\n", 400),
        ("GET  / HTTP/1.1\r\n", 400), ("GET / HTTP/1.1 \r\n", 400), ("G(T / HTTP/1.1\r\n", 400),
        ("GET / HTTP/1.1.1\r\n", 400), ("GET /é HTTP/1.1\r\n", 400), ("GET /\0 HTTP/1.1\r\n", 400),
        ("GET / HTTP/1.1\rHOST\r\n\r\n", 400), ("\r\n\r\n", 400), (" GET / HTTP/1.1\r\n", 400),
        ("GET /%00 HTTP/1.1\r\nHOST\r\n\r\n", 400), ("GET /%zz HTTP/1.1\r\nHOST\r\n\r\n", 400),
        ("GET /../x HTTP/1.1\r\nHOST\r\n\r\n", 400), ("GET /%2e%2e/x HTTP/1.1\r\nHOST\r\n\r\n", 400),
        ("GET https://localhost:PORT/ HTTP/1.1\r\nHOST\r\n\r\n", 400),
        ("GET * HTTP/1.1\r\nHOST\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHOST\r\nX: a\r\n b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\n X: a\r\nHOST\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHOST\r\nX: a\0b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHOST\r\nX: a\rb\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHOST\r\nX\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHOST\r\nX : a\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHOST\r\n: a\r\n\r\n", 400), ("GET / HTTP/1.1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHOST\r\nHOST\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHOST\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHOST\r\nContent-Length: -1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHOST\r\nContent-Length: +1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHOST\r\nContent-Length: 1, 1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHOST\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        ("GET / HTTP/1.0\r\nHOST\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        // Refused.
        ("GET / HTTP/1.0\r\n\r\n", 403), ("GET / HTTP/1.1\r\nHost: evil\r\n\r\n", 403),
        ("GET http://evil/ HTTP/1.1\r\nHOST\r\n\r\n", 403),
        ("GET http://a@localhost:PORT/ HTTP/1.1\r\nHOST\r\n\r\n", 403),
        ("POST / HTTP/1.1\r\nHOST\r\n\r\n", 405), ("FOO / HTTP/1.1\r\nHOST\r\n\r\n", 405),
        ("OPTIONS * HTTP/1.1\r\nHOST\r\n\r\n", 405), ("CONNECT a:1 HTTP/1.1\r\nHOST\r\n\r\n", 405),
        ("POST / HTTP/1.1\r\nHOST\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n", 405),
        ("GET / HTTP/1.1\r\nHOST\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 413),
        ("GET / HTTP/1.1\r\nHOST\r\nContent-Length: 70000\r\n\r\n", 413),
        ("GET / HTTP/1.1\r\nHOST\r\nContent-Length: 99999999999999999999\r\n\r\n", 413),
        ("GET /\(long) HTTP/1.1\r\nHOST\r\n\r\n", 414), (long, 414),
        ("GET / HTTP/1.1\r\nHOST\r\nX: \(long)\r\n\r\n", 431), ("GET / HTTP/1.1\r\nHOST\r\n\(long)", 431),
        ("GET / HTTP/1.1\r\nHOST\r\n\(cookie)\(cookie)\(cookie)\(cookie)\(cookie)\r\n", 431),
        ("GET / HTTP/1.1\r\nHOST\r\n\(headers(16_000))\r\n", 431),
        ("GET / HTTP/1.1\r\nHOST\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
        ("GET / HTTP/2.0\r\n", 505), ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    ]

    @Test("gives each request its status, and goes on")
    func statuses() throws {
        let serving = try Serving()
        for (request, status) in PreviewServerTests.requests {
            #expect(try serving.status(of: request) == status, "\(request.prefix(80).debugDescription)")
            #expect(try serving.status(of: "GET / HTTP/1.1\r\nHOST\r\n\r\n") == 200)
        }
    }

    @Test("answers a line or headers of any length while they are sent, so that their sender can read it")
    func endless() throws {
        let serving = try Serving()
        for (begin, status) in [("GET /", 414), ("GET / HTTP/1.1\r\nX: ", 431)] {
            let connection = try Connection(port: serving.port)
            try connection.send(begin + String(repeating: "a", count: 5_000_000))
            #expect(try connection.read().hasPrefix("HTTP/1.1 \(status) "))
        }
        let upload = try Connection(port: serving.port)
        try upload.send("POST / HTTP/1.1\r\n\(serving.host)Content-Length: 10000000\r\n\r\n")
        try upload.send([UInt8](repeating: 0, count: 10_000_000))
        let answer = try upload.read { $0.hasSuffix("only be read.\n") }
        #expect(answer.hasPrefix("HTTP/1.1 405 ") && answer.hasSuffix("Pages can only be read.\n"))
    }

    @Test("answers one request after the other on a connection, and says where it ends")
    func connections() throws {
        let serving = try Serving()
        let connection = try Connection(port: serving.port)
        let request = "HEAD / HTTP/1.1\r\n\(serving.host)\r\n"
        try connection.send(
            String(repeating: request, count: 1000)
                + "GET /nothing HTTP/1.1\r\n\(serving.host)connection: x, Close\r\n\r\n" + request
        )
        let answers = try connection.read { $0.hasSuffix("</body>\n") }
        #expect(answers.ranges(of: "HTTP/1.1 200 ").count == 1000)
        #expect(answers.ranges(of: "HTTP/1.1 404 ").count == 1)
        #expect(answers.ranges(of: "Connection: close").count == 1)
        // Byte by byte is as good as at once.
        let slow = try Connection(port: serving.port)
        for byte in "GET / HTTP/1.1\r\n\(serving.host)\r\n".utf8 { try slow.send([byte]) }
        #expect(try slow.status() == 200)
    }

    @Test("takes time in proportion to what is sent")
    func proportion() throws {
        let serving = try Serving()
        func time(_ request: String) throws -> Duration {
            try (0..<20).map { _ in
                try ContinuousClock().measure { _ = try serving.status(of: request) }
            }.min()!
        }
        let begin = "GET /nothing HTTP/1.1\r\nHOST\r\n"
        let short = try time(begin + PreviewServerTests.cookie + "\r\n")
        let long = try time(begin + String(repeating: PreviewServerTests.cookie, count: 4) + "\r\n")
        #expect(long < short * 8, "four times as much: \(short), then \(long)")
    }

    @Test("has no patience with those that send a byte now and then, however many")
    func slow() throws {
        let serving = try Serving(patience: .milliseconds(400))
        // More than live at a time: those that have had most time go first.
        var slow: [Socket] = []
        defer { for socket in slow { try? socket.close() } }
        for _ in 0..<200 {
            let socket = try Socket(domain: AF_INET)
            try socket.connect(to: .inet(ip4: "127.0.0.1", port: serving.port) as sockaddr_in)
            slow.append(socket)
            _ = try? socket.write(Data("G".utf8))
        }
        #expect(try serving.status(of: "GET / HTTP/1.1\r\nHOST\r\n\r\n") == 200)
        var open = slow
        while !open.isEmpty {
            #expect(try serving.status(of: "GET / HTTP/1.1\r\nHOST\r\n\r\n") == 200)
            open = open.filter { (try? $0.write(Data("E".utf8))) != nil }
        }
        let late = try Connection(port: serving.port)
        try late.send("GET / HTT")
        #expect(try late.read().hasPrefix("HTTP/1.1 408 "))
    }

    @Test("tells open pages what happens, notices who has gone, and ends with them")
    func listeners() throws {
        let serving = try Serving(patience: .milliseconds(200))
        let html = try Connection(port: serving.port)
        try html.send("GET / HTTP/1.1\r\n\(serving.host)Connection: close\r\n\r\n")
        let session = try #require(try html.read().firstMatch(of: /data-session="([^"]+)"/)).output.1
        let request =
            "GET /unroll/events?page=index.html&version=0&session=\(session) HTTP/1.1\r\n\(serving.host)\r\n"
        do {
            let gone = try Connection(port: serving.port)
            try gone.send(request)
            _ = try gone.read { $0.contains("event: diagnostics") }
        }
        let page = try Connection(port: serving.port)
        try page.send(request)
        let first = try page.read { $0.contains("event: diagnostics") }
        #expect(first.hasPrefix("HTTP/1.1 200 ") && first.contains("Content-Type: text/event-stream"))
        #expect(
            try page.read { $0.contains(":\n\n") }.contains(":\n\n"),
            "it is not forgotten while nothing happens"
        )
        serving.server.preview.begin(language: "en")
        #expect(try page.read { $0.contains("building") }.contains("building"))
        // One that does not read is let go, and hears at its next try what it missed.
        let deaf = try Connection(port: serving.port)
        try deaf.send(request)
        let message = String(repeating: "so many words ", count: 100_000)
        for turn in 0..<20 {
            let place = SourceLocation(file: "lessons/01-a.md", line: turn + 1)
            serving.server.preview.report([Diagnostic(.error, .compile, at: place, message)])
            let heard = try page.read { $0.contains("event: diagnostics") && $0.hasSuffix("\n\n") }
            #expect(heard.contains("01-a.md:\(turn + 1)"))
        }
        serving.server.end()
        #expect(try page.read().isEmpty, "the end")
    }

    @Test("answers while builds keep all threads that tasks share")
    func busy() throws {
        let serving = try Serving()
        func times() throws -> [Duration] {
            try (0..<100).map { _ in
                try ContinuousClock().measure { _ = try serving.status(of: "GET / HTTP/1.1\r\nHOST\r\n\r\n") }
            }.sorted()
        }
        let alone = try times()
        let flag = Flag()
        for _ in 0..<ProcessInfo.processInfo.activeProcessorCount {
            Task.detached { while !flag.isRaised {} }
        }
        defer { flag.raise() }
        let among = try times()
        #expect(among[98] < max(alone[98] * 3, .milliseconds(100)), "\(alone[98]) alone, then \(among[98])")
    }
}

/// Something that is so once it was said.
private final class Flag: Sendable {
    private let state = Mutex(false)
    var isRaised: Bool { state.withLock { $0 } }
    func raise() { state.withLock { $0 = true } }
}
