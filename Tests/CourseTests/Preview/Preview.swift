import Course
import Foundation
import Lessons
import Pages
import Records
import Serialization
import Serialization
import Testing

/// A preview of a folder with the sample's site in it, and a secret beside it.
private struct Served: ~Copyable {
    let folder = FileManager.default.temporaryDirectory.appending(path: "unroll preview \(UUID().uuidString)")
    let preview: Preview

    var site: URL { folder.appending(path: "site") }

    init(address: String = "127.0.0.1", port: Int = 8000) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data("secret".utf8).write(to: folder.appending(path: "secret.txt"))
        let site = folder.appending(path: "site").path(percentEncoded: false)
        try SiteWriter(to: site).write(SampleSite.site)
        preview = Preview(of: site, address: address, port: port)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func ask(
        _ target: String,
        host: String? = "127.0.0.1:8000",
        method: String = "GET"
    ) -> Preview.Response {
        preview.respond(to: Preview.Request(method: method, target: target, host: host))
    }

    /// Opens a page, and listens as its script does.
    func listen(to path: String) throws -> Listening {
        let page = ask("/\(path)").text
        let version = try #require(page.firstMatch(of: /data-version="(\d+)" data-session="([^"]+)"/)).output
        let query = "page=\(path)&version=\(version.1)&session=\(version.2)"
        guard case .stream(let stream) = ask("/unroll/events?\(query)").body else {
            throw Listening.Failure.noStream
        }
        return Listening(stream)
    }
}

/// What a page hears.
private struct Listening {
    enum Failure: Error { case noStream, silence }

    private let feed: EventFeed
    private var heard: [Substring] = []

    init(_ feed: EventFeed) { self.feed = feed }

    /// The data of the next event of a kind.
    mutating func next(_ kind: String) throws -> JSON {
        let events = String(decoding: feed.take().events, as: UTF8.self)
        #expect(events.isEmpty || events.hasSuffix("\n\n"))
        heard += events.split(separator: "\n\n")
        while !heard.isEmpty {
            let event = heard.removeFirst()
            guard event.hasPrefix("event: \(kind)\ndata: ") else { continue }
            #expect(event.split(separator: "\n").count == 2, "an event is a line of its kind and one of data")
            return try JSON(parsing: String(event.dropFirst("event: \(kind)\ndata: ".count)))
        }
        throw Failure.silence
    }
}

extension Preview.Response {
    fileprivate var bytes: [UInt8]? {
        if case .whole(let bytes) = body { bytes } else { nil }
    }

    fileprivate var text: String { String(decoding: bytes ?? [], as: UTF8.self) }
}

@Suite("A preview") struct PreviewTests {
    @Test("serves the files of the site, with a script in the pages that the folder does not hold")
    func pages() throws {
        let served = try Served()
        let page = served.ask("/02-by-hand.html?x=1")
        #expect(page.status == 200)
        #expect(page.headers["Content-Type"] == "text/html; charset=utf-8")
        #expect(page.headers["Cache-Control"] == "no-store")
        let file = try String(contentsOf: served.site.appending(path: "02-by-hand.html"), encoding: .utf8)
        #expect(!file.contains("preview.js"))
        #expect(page.text.replacing(/<script src="\/unroll\/preview.js"[^\n]*\n/, with: "") == file)
        #expect(page.headers["Content-Length"] == "\(page.text.utf8.count)")
        let script = served.ask("/unroll/preview.js")
        #expect(script.text.contains("EventSource"))
        let index = served.ask("/")
        #expect(index.text.contains("class=\"entries\""))
        let style = served.ask("/unroll.css")
        #expect(style.headers["Content-Type"] == "text/css; charset=utf-8")
        #expect(style.text.contains("--measure") && !style.text.contains("preview.js"))
    }

    @Test("lets no picture run a script when it is opened by itself")
    func pictures() throws {
        let served = try Served()
        for name in ["picture.svg", "PICTURE.SVG"] {
            try Data("<svg/>".utf8).write(to: served.site.appending(path: name))
            #expect(served.ask("/\(name)").headers["Content-Type"] == "image/svg+xml")
            #expect(served.ask("/\(name)").headers["Content-Security-Policy"] == "script-src 'none'")
        }
        #expect(served.ask("/index.html").headers["Content-Security-Policy"] == nil)
    }

    @Test("answers to HEAD as to GET, without a body")
    func head() throws {
        let served = try Served()
        for target in ["/", "/unroll.css", "/nothing.html", "/unroll/events?page=index.html"] {
            let (get, head) = (served.ask(target), served.ask(target, method: "HEAD"))
            #expect(head.status == get.status)
            #expect(head.headers == get.headers)
            #expect(head.bytes == [])
        }
    }

    @Test("can only be read", arguments: ["POST", "PUT", "DELETE", "OPTIONS", "get"])
    func methods(method: String) throws {
        let answer = try Served().ask("/index.html", method: method)
        #expect(answer.status == 405 && answer.headers["Allow"] == "GET, HEAD")
    }

    @Test("leads from a folder's name to its page, from which its links count")
    func folders() throws {
        let served = try Served()
        let folder = served.site.appending(path: "2 waves")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data("<p>Waves</p>".utf8).write(to: folder.appending(path: "index.html"))
        let answer = served.ask("/2%20waves")
        #expect(answer.status == 301 && answer.headers["Location"] == "/2%20waves/")
        #expect(served.ask("/2%20waves/").status == 200)
    }

    @Test("shows the site's own page for what is not there, in the place of the one that may come")
    func missing() throws {
        let served = try Served()
        served.preview.succeed(changing: [])
        let answer = served.ask("/nothing.html")
        #expect(answer.status == 404)
        #expect(answer.text.contains("data-page=\"nothing.html\""))
        let page = try String(contentsOf: served.site.appending(path: "404.html"), encoding: .utf8)
        #expect(answer.text.contains(try #require(page.firstMatch(of: /<h1>.*<\/h1>/)).output))
    }

    @Test(
        "shows that page whole at any depth",
        arguments: ["nothing.html", "reference/nope/deep.html", "index.html/"]
    )
    func deep(path: String) throws {
        let served = try Served()
        served.preview.succeed(changing: [])
        let answer = served.ask("/\(path)")
        #expect(answer.status == 404)
        let base = try #require(answer.text.firstMatch(of: /<base href="([^"]*)">/)).output.1
        let page = try #require(
            URL(string: String(base), relativeTo: URL(string: "http://127.0.0.1:8000/\(path)"))
        )
        let links = answer.text.matches(of: /(?:href|src)="([^"]*)"/).map(\.output.1).filter { $0 != base }
        #expect(!links.isEmpty)
        for link in links {
            let address = try #require(URL(string: String(link), relativeTo: page))
            #expect(served.ask(address.path).status == 200, "\(link)")
        }
    }

    @Test(
        "refuses foreign names",
        arguments: [
            nil, "", "example.org", "127.0.0.1", "127.0.0.1:9000", "evil.localhost:8000",
            "localhost.evil.org:8000",
            "127.0.0.1:8000.evil.org", "127.0.0.1.evil.org:8000", "192.168.1.5:8000", "0.0.0.0:8000",
            "localhost:8000:8000", "user@localhost:8000",
        ]
    )
    func foreign(host: String?) throws {
        let answer = try Served().ask("/index.html", host: host)
        #expect(answer.status == 403)
        #expect(!answer.text.contains("<html"))
    }

    @Test(
        "answers to its own names",
        arguments: ["127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000", "[::1]:8000"]
    )
    func own(host: String) throws {
        #expect(try Served().ask("/index.html", host: host).status == 200)
    }

    @Test("answers to addresses where it can be reached from the network, and never to another site's name")
    func network() throws {
        let served = try Served(address: "0.0.0.0", port: 80)
        for host in ["192.168.1.5", "192.168.1.5:80", "[fe80::1]", "localhost"] {
            let answer = served.ask("/", host: host)
            #expect(answer.status == 200, "\(host)")
        }
        for host in [
            "example.org", "example.org:80", "1.2.3.4.evil.org", "[fe80::1].evil.org", "256.1.1.1",
        ] {
            let answer = served.ask("/", host: host)
            #expect(answer.status == 403, "\(host)")
        }
    }

    @Test(
        "refuses paths that lead out",
        arguments: [
            "/../secret.txt", "/%2e%2e/secret.txt", "/%2E%2E%2Fsecret.txt", "/downloads/..%2f..%2fsecret.txt",
            "/..%5csecret.txt", "/a\\b", "index.html", "/%00", "/%ff", "/./index.html", "//index.html",
            "/.git/config",
            "", "http://127.0.0.1:8000/index.html", "/downloads//../../secret.txt",
        ]
    )
    func outside(target: String) throws {
        let answer = try Served().ask(target)
        #expect(answer.status == 400)
        #expect(!answer.text.contains("secret"))
    }

    @Test("finds nothing under names that are escaped twice, nor through links that lead out")
    func links() throws {
        let served = try Served()
        let secret = served.folder.appending(path: "secret.txt")
        try FileManager.default.createSymbolicLink(
            at: served.site.appending(path: "link.txt"),
            withDestinationURL: secret
        )
        try FileManager.default.createSymbolicLink(
            at: served.site.appending(path: "up"),
            withDestinationURL: served.folder
        )
        try FileManager.default.createSymbolicLink(
            at: served.site.appending(path: "inside.css"),
            withDestinationURL: served.site.appending(path: "unroll.css")
        )
        for target in [
            "/link.txt", "/up/secret.txt", "/up/site/index.html", "/%252e%252e/secret.txt", "/downloads",
            "/up",
        ] {
            let answer = served.ask(target)
            #expect(answer.status == (target == "/up/site/index.html" ? 200 : 404), "\(target)")
            #expect(answer.text != "secret", "\(target)")
        }
        let inside = served.ask("/inside.css")
        #expect(inside.status == 200)
    }

    @Test("tells open pages how the build goes, and what is wrong")
    func diagnostics() throws {
        let served = try Served()
        var page = try served.listen(to: "02-by-hand.html")
        let state = try page.next("state")
        #expect(state["phase"]?.string == "building")
        let lesson = SampleSite.finished.lesson
        served.preview.begin(language: "en")
        served.preview.begin(cell: "train", of: lesson)
        _ = try page.next("state")
        let running = try page.next("state")["running"]?.array?.first
        #expect(running?["page"]?.string == "02-by-hand.html" && running?["cell"]?.string == "train")

        let place = SourceLocation(file: "lessons/02-by-hand.md", line: 7, column: 5)
        let error = Diagnostic(
            .error,
            .compile,
            at: place,
            "<b> is lost",
            hint: "find it",
            sourceLine: "né <b> x"
        )
        served.preview.report([error])
        served.preview.fail()
        let told = try #require(try page.next("diagnostics").array?.first)
        #expect(told["place"]?.string == "lessons/02-by-hand.md:7:4")
        #expect(told["message"]?.string == "<b> is lost" && told["hint"]?.string == "find it")
        // The compiler's column counts bytes, and a person's characters.
        #expect(told["before"]?.string == "né " && told["after"]?.string == "<b> x")
        #expect(try page.next("state")["phase"]?.string == "failed")
        // One that opens later hears the same.
        var later = try served.listen(to: "index.html")
        #expect(try later.next("diagnostics").array?.count == 1)
        served.preview.report([])
        #expect(try page.next("diagnostics").array?.isEmpty == true)
    }

    @Test("sends the outputs of cells to the pages that show them, as they come")
    func cells() throws {
        let served = try Served()
        var page = try served.listen(to: "02-by-hand.html")
        served.preview.begin(language: "en")
        let (lesson, record) = (SampleSite.finished.lesson, SampleSite.finished.record)
        for cell in record.cells { served.preview.end(cell, of: lesson) }
        let cell = try page.next("cell")
        #expect(cell["html"]?.string?.hasPrefix("<div class=\"output\">") == true)
        #expect(cell["html"]?.string?.contains("<script>") == false)
        // One that opens in the middle of a build misses nothing, and hears nothing of other pages.
        var later = try served.listen(to: "02-by-hand.html")
        #expect(try later.next("cell")["html"] == cell["html"])
        var other = try served.listen(to: "index.html")
        served.preview.close()
        #expect(throws: Listening.Failure.silence) { try other.next("cell") }
    }

    @Test("reloads the pages that a build changes, and no others")
    func reload() throws {
        let served = try Served()
        var page = try served.listen(to: "02-by-hand.html")
        var index = try served.listen(to: "index.html")
        served.preview.begin(language: "en")
        served.preview.succeed(changing: ["02-by-hand.html", "downloads/02-by-hand.md"])
        _ = try page.next("reload")
        // One that was hidden meanwhile finds out when it listens again.
        served.preview.succeed(changing: [])
        served.preview.close()
        #expect(throws: Listening.Failure.silence) { try index.next("reload") }
    }

    @Test("reloads every page when the look changes, and those of an earlier server")
    func look() throws {
        let served = try Served()
        var index = try served.listen(to: "index.html")
        served.preview.succeed(changing: ["unroll.css"])
        _ = try index.next("reload")
        guard
            case .stream(let stream) = served.ask("/unroll/events?page=index.html&version=1&session=x")
                .body
        else { throw Listening.Failure.noStream }
        var old = Listening(stream)
        _ = try old.next("reload")
    }

    @Test("shows the site with its drafts, which the folder does not hold")
    func draftLessons() throws {
        let served = try Served()
        let front = SiteFile("index.html", "<body>with a draft</body>")
        let draft = SiteFile("03-later.html", "<body>later</body>")
        var index = try served.listen(to: "index.html")
        served.preview.succeed(changing: [], besides: [front, draft])
        _ = try index.next("reload")
        #expect(served.ask("/03-later.html").text.hasPrefix("<body>later<script "))
        #expect(served.ask("/").text.hasPrefix("<body>with a draft<script "))
        #expect(!FileManager.default.fileExists(atPath: served.site.appending(path: "03-later.html").path))
        index = try served.listen(to: "index.html")
        served.preview.succeed(changing: [], besides: [front, draft])
        served.preview.close()
        #expect(throws: Listening.Failure.silence) { try index.next("reload") }
        served.preview.succeed(changing: [])
        #expect(served.ask("/03-later.html").status == 404)
    }

    @Test("shows drafts until the build is done, and reloads only where it made another page of them")
    func drafts() throws {
        let served = try Served()
        let present = try [UInt8](Data(contentsOf: served.site.appending(path: "index.html")))
        var page = try served.listen(to: "02-by-hand.html")
        served.preview.show(drafts: [
            SiteFile("02-by-hand.html", "<body>draft</body>"), SiteFile("index.html", present),
        ])
        _ = try page.next("reload")
        #expect(served.ask("/02-by-hand.html").text.hasPrefix("<body>draft<script "))
        page = try served.listen(to: "02-by-hand.html")
        var index = try served.listen(to: "index.html")
        try Data("<body>draft</body>".utf8).write(to: served.site.appending(path: "02-by-hand.html"))
        served.preview.succeed(changing: ["02-by-hand.html"])
        served.preview.close()
        #expect(throws: Listening.Failure.silence) { try page.next("reload") }
        #expect(throws: Listening.Failure.silence) { try index.next("reload") }
    }
}
