internal import FlyingSocks
internal import Foundation
internal import Subprocess
internal import Synchronization
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

/// Requests of no use, and others that never come to their end.
private final class Storm: Sendable {
    private let port: UInt16
    private let left = Mutex(10_000)

    init(port: UInt16) { self.port = port }

    /// Whether all requests have been sent.
    var isOver: Bool { left.withLock { $0 <= 0 } }

    /// Begins, on threads of its own.
    func begin() {
        Thread.detachNewThread { self.dawdle() }
        Thread.detachNewThread { self.rage() }
    }

    private func rage() {
        var random = SplitMix(state: 13)
        while !isOver {
            left.withLock { $0 -= 1 }
            guard let connection = try? Connection(port: port) else { continue }
            try? connection.send(request(&random))
            // Some do not wait for an answer.
            guard Bool.random(using: &random) else { continue }
            connection.finish()
            _ = try? connection.read { !$0.isEmpty }
        }
    }

    /// Keeps 100 connections on which a byte comes now and then.
    private func dawdle() {
        var slow: [Socket] = []
        let request = Array("GET /01-sums.html HTTP/1.1\r\nX: ".utf8) + [UInt8](repeating: 97, count: 1 << 14)
        var index = 0
        while !isOver {
            while slow.count < 100, let socket = try? Socket(domain: AF_INET) {
                try? socket.connect(to: .inet(ip4: "127.0.0.1", port: port) as sockaddr_in)
                slow.append(socket)
            }
            slow = slow.filter { socket in
                let isOpen = (try? socket.write(Data([request[index]]))) != nil
                if !isOpen { try? socket.close() }
                return isOpen
            }
            index = (index + 1) % request.count
            usleep(50_000)
        }
        for socket in slow { try? socket.close() }
    }

    private func request(_ random: inout SplitMix) -> [UInt8] {
        let words = [
            "GET", "POST", "HEAD", "/", "/01-sums.html", "/unroll/events?page=index.html", "/../x", "%2e%2e",
            " ", " ",
            "HTTP/1.1", "HTTP/1.0", "\r\n", "\r\n", "\n", "\r", "\r\n\r\n", "Host: localhost:\(port)",
            "Host: evil", ":",
            "Content-Length: 7", "Content-Length: 99999999", "Transfer-Encoding: chunked", "\0", "\t", "é",
            "GET / HTTP/1.1\r\nHost: localhost:\(port)\r\n\r\n", "GET /01-sums.html HTTP/1.1\r\n",
        ]
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            return (0..<Int.random(in: 1...300, using: &random)).map { _ in
                .random(in: 0...255, using: &random)
            }
        case 1:
            let length = Int.random(in: 1...60_000, using: &random)
            return Array("GET /".utf8) + [UInt8](repeating: 97, count: length)
                + Array(" HTTP/1.1\r\n\r\n".utf8)
        default:
            let count = Int.random(in: 1...40, using: &random)
            return (0..<count).flatMap { _ in Array(words.randomElement(using: &random)!.utf8) }
        }
    }
}

/// Random numbers that are the same in every run.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
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

    @Test("shows no figure of a record that somebody edited by hand, if it is more than a drawing")
    func edited() async throws {
        try await withTool { tool in
            try tool.write(ServeCommandTests.endless, to: "lessons/01-endless.md")
            try tool.write(
                """
                {
                  "lesson": "01-endless",
                  "cells": [
                    {
                      "name": "cell-1",
                      "outputs": [
                        {"figure": {"title": "T", "summary": "S", "svg": ["<svg></svg><img src=x onerror='x()'>"]}}
                      ]
                    }
                  ]
                }

                """,
                to: "site/records/01-endless.json"
            )
            let run = try await tool.serve { port in
                let client = Client(port: port)
                try client.wait(for: "This figure holds text after its end", on: "01-endless.html")
                let page = try client.page("/01-endless.html")
                #expect(!page.contains("<img"))
            }
            #expect(run.status == 0)
        }
    }

    @Test("answers among 10,000 random requests and 100 slow ones while it builds, and ends at once")
    func storm() async throws {
        try await withTool { tool in
            try tool.write(BuildCommandTests.good, to: "lessons/01-sums.md")
            try tool.write(ServeCommandTests.endless, to: "lessons/02-endless.md")
            let ending = Mutex(ContinuousClock.now)
            let run = try await tool.serve { port in
                let client = Client(port: port)
                try client.wait(for: "Some prose.", on: "01-sums.html")
                try client.listen(to: "index.html", until: "\"lesson\":\"02-endless\"")
                func times() throws -> [Duration] {
                    try (0..<200).map { _ in
                        let begin = ContinuousClock.now
                        let page = try client.page("/01-sums.html")
                        let time = begin.duration(to: .now)
                        #expect(page.contains("Some prose."))
                        return time
                    }.sorted()
                }
                let alone = try times()
                let storm = Storm(port: port)
                storm.begin()
                var among: [Duration] = []
                while !storm.isOver { among = try (among + times()).sorted() }
                let (few, many) = (alone[alone.count * 99 / 100], among[among.count * 99 / 100])
                print("99 of 100 requests were answered in \(few) alone, and among others in \(many)")
                #expect(many < max(few * 3, .milliseconds(100)))
                #expect(try client.page("/").contains("preview.js"))
                ending.withLock { $0 = .now }
            }
            #expect(run.status == 0)
            #expect(ending.withLock { $0 }.duration(to: .now) < .seconds(2))
        }
    }

    @Test(
        "ends at once whatever asks it to, while it reads and makes pages that take long",
        arguments: [Signal.interrupt, .terminate, .terminalClosed]
    )
    func ended(by signal: Signal) async throws {
        try await withTool { tool in
            let formulas = String(repeating: "$\\frac{a}{b}$ and *words*, [x](#y). ", count: 1 << 15)
            for number in 1...8 {
                let text = "---\ntitle: A\n---\n\n## Y\n\n\(formulas)\n"
                try tool.write(text, to: "lessons/0\(number)-long.md")
            }
            let ending = Mutex(ContinuousClock.now)
            let run = try await tool.serve(until: signal) { port in
                // It is asked in the middle of the build, whose pages are not there yet.
                let page = try Client(port: port).page("/01-long.html")
                #expect(page.contains("Nothing to show yet"))
                ending.withLock { $0 = .now }
            }
            #expect(run.status == 0)
            #expect(ending.withLock { $0 }.duration(to: .now) < .seconds(2))
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
