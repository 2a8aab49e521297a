internal import FlyingSocks
internal import Foundation
internal import Testing
internal import Turns

/// A browser's side of a connection, as far as these tests need it.
private struct Client: Sendable {
    let port: UInt16

    struct Failure: Error {}

    /// Asks for a path, and reads for as long as the body is not satisfied with what has come so far.
    @discardableResult
    func read(_ path: String, until isEnough: (String) throws -> Bool) throws -> String {
        let socket = try Socket(domain: AF_INET)
        defer { try? socket.close() }
        try socket.connect(to: .inet(ip4: "127.0.0.1", port: port) as sockaddr_in)
        let request = "GET \(path) HTTP/1.1\r\nHost: localhost:\(port)\r\nConnection: close\r\n\r\n"
        _ = try socket.write(Data(request.utf8))
        var bytes: [UInt8] = []
        let end = ContinuousClock.now + .seconds(60)
        // A listening page hears something every 15 seconds.
        while .now < end, let more = try? socket.read(atMost: 1 << 16), !more.isEmpty {
            bytes += more
            if try isEnough(String(decoding: bytes, as: UTF8.self)) { break }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A page, with its headers.
    func page(_ path: String) throws -> String {
        try read(path) { _ in false }
    }

    /// Listens as an open page does until something is said; `body` is called when the page is up to date.
    func listen(to page: String, until text: String, after body: () throws -> Void = {}) throws {
        let html = try self.page("/\(page)")
        let tag = try #require(html.firstMatch(of: /data-version="(\d+)" data-session="([^"]+)"/)).output
        var isBegun = false
        let heard = try read("/unroll/events?page=\(page)&version=\(tag.1)&session=\(tag.2)") { heard in
            if !isBegun, heard.contains("event: diagnostics") {
                isBegun = true
                try body()
            }
            return heard.contains(text)
        }
        #expect(heard.contains(text), "\(text) was not heard")
    }

    /// Waits until a page is there and says something.
    func wait(for text: String, on page: String) throws {
        let end = ContinuousClock.now + .seconds(60)
        while .now < end {
            if try self.page("/\(page)").contains(text) { return }
            usleep(20_000)
        }
        Issue.record("\(page) does not say \(text)")
    }
}

@Suite("unroll serve", .serialized, .inTurns) struct ServeCommandTests {
    static let endless = "---\ntitle: A\n---\n\nProse.\n\n```swift model timeout=500s\nwhile true {}\n```\n"

    @Test("shows the page at once, what is wrong with an edit, and the mended page")
    func edits() async throws {
        try await withTool { tool in
            try tool.write(BuildCommandTests.good, to: "my lessons/01-sums.md")
            let run = try await tool.serve("--lessons", "my lessons", "--out", "out") { port in
                let client = Client(port: port)
                try client.wait(for: "Some prose.", on: "01-sums.html")
                try client.listen(to: "01-sums.html", until: "\"phase\":\"ready\"")
                #expect(try client.page("/01-sums.html").contains("unroll/preview.js"))

                let other = BuildCommandTests.good.replacing("Some prose.", with: "Other prose.")
                try client.listen(to: "01-sums.html", until: "event: reload") {
                    try tool.write(other, to: "my lessons/01-sums.md")
                }
                #expect(try client.page("/01-sums.html").contains("Other prose."))
                let file = try #require(tool.read("out/01-sums.html"))
                #expect(file.contains("Other prose.") && !file.contains("preview.js"))

                let wrong = other.replacing("Tensor([1, 2, 3])", with: "Tensr([1, 2, 3])")
                try client.listen(to: "01-sums.html", until: "my lessons/01-sums.md:9:15") {
                    try tool.write(wrong, to: "my lessons/01-sums.md")
                }
                #expect(try client.page("/01-sums.html").contains("Other prose."), "the old page stays")
                let mended = other.replacing("Tensor([1, 2, 3])", with: "Tensor([4, 5, 6])")
                try client.listen(to: "01-sums.html", until: "event: reload") {
                    try tool.write(mended, to: "my lessons/01-sums.md")
                }
                // The new text comes first, with the old output.
                try client.wait(for: "[4.0, 5.0, 6.0]", on: "01-sums.html")
            }
            #expect(run.status == 0)
            #expect(run.output.contains("✓ 1 lesson · 0 run, 1 unchanged"), "\(run.output)")
        }
    }

    @Test("begins anew when an edit comes while lessons run, and ends in the middle of a run")
    func overtaken() async throws {
        try await withTool { tool in
            try tool.write(BuildCommandTests.good, to: "lessons/01-sums.md")
            let run = try await tool.serve { port in
                let client = Client(port: port)
                try client.wait(for: "Some prose.", on: "01-sums.html")
                try client.listen(to: "01-sums.html", until: "\"phase\":\"ready\"")
                try tool.write(ServeCommandTests.endless, to: "lessons/02-endless.md")
                try client.listen(to: "index.html", until: "\"lesson\":\"02-endless\"")
                // Prose need not wait for what runs.
                let other = BuildCommandTests.good.replacing("Some prose.", with: "Other prose.")
                try tool.write(other, to: "lessons/01-sums.md")
                try client.wait(for: "Other prose.", on: "01-sums.html")
                #expect(tool.read("site/01-sums.html")?.contains("Some prose.") == true)
                try client.listen(to: "index.html", until: "\"lesson\":\"02-endless\"")
            }
            #expect(run.status == 0)
        }
    }

    @Test("shows the text of a site that was never built while its cells run")
    func first() async throws {
        try await withTool { tool in
            try tool.write(ServeCommandTests.endless, to: "lessons/01-endless.md")
            let run = try await tool.serve { port in
                try Client(port: port).wait(for: "<p>Prose.</p>", on: "01-endless.html")
                #expect(tool.read("site/01-endless.html") == nil)
            }
            #expect(run.status == 0)
        }
    }

    @Test("says which port is free when another program has the one it wants")
    func busy() async throws {
        try await withTool { tool in
            let socket = try Socket(domain: AF_INET)
            defer { try? socket.close() }
            try socket.bind(to: .inet(ip4: "127.0.0.1", port: 0) as sockaddr_in)
            try socket.listen()
            guard case .ip4(_, let port) = try socket.sockname() else { return }
            let run = try await tool("serve", "--port", "\(port)")
            #expect(run.status == 2)
            let free = try #require(
                run.errors.firstMatch(of: /port (\d+) is free: .\/unroll serve --port (\d+)/)
            )
            #expect(free.output.1 == free.output.2 && UInt16(free.output.1) ?? 0 > port)
            #expect(run.errors.hasPrefix("127.0.0.1:\(port): error: "))

            let nowhere = try await tool("serve", "--host", "example.org")
            #expect(nowhere.status == 2 && nowhere.errors.hasPrefix("example.org: error: "))
        }
    }
}
