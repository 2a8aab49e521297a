import Lessons
import Pages
import Records
import Testing

@Suite struct PreviewTests {
    private func ask(
        _ preview: Preview,
        _ target: String,
        host: String? = "127.0.0.1:8000",
        method: String = "GET"
    ) async
        -> Preview.Response
    {
        await preview.respond(to: Preview.Request(method: method, target: target, host: host))
    }

    private func text(_ response: Preview.Response) -> String {
        String(decoding: response.body, as: UTF8.self)
    }

    private func ready() async -> Preview {
        let preview = Preview(port: 8000)
        await preview.succeed(with: Sample.site, language: "en")
        return preview
    }

    @Test func servesThePagesOfTheSite() async {
        let preview = await ready()
        let page = await ask(preview, "/02-by-hand.html?x=1")
        #expect(page.status == 200)
        #expect(page.headers["Content-Type"] == "text/html; charset=utf-8")
        #expect(text(page).contains("A network by hand"))
        #expect(text(page).hasSuffix("<script src=\"/unroll/preview.js\" data-version=\"1\"></script>\n"))
        #expect(text(await ask(preview, "/")).contains("class=\"entries\""))
        #expect(text(await ask(preview, "/unroll.css")).contains("--measure"))
        #expect(await ask(preview, "/nothing.html").status == 404)
    }

    @Test(arguments: [
        nil, "example.org", "127.0.0.1", "127.0.0.1:9000", "evil.localhost:8000", "127.0.0.1:8000.evil.org",
    ])
    func refusesForeignHosts(host: String?) async {
        #expect(await ask(ready(), "/index.html", host: host).status == 403)
    }

    @Test(arguments: ["localhost:8000", "LOCALHOST:8000", "[::1]:8000"])
    func answersToItsOwnNames(host: String) async {
        #expect(await ask(ready(), "/index.html", host: host).status == 200)
    }

    @Test(arguments: [
        "/../etc/passwd", "/%2e%2e/etc/passwd", "/a/..%2f..", "/..%5c..", "/a\\b", "index.html", "/%00",
        "/%ff",
    ])
    func refusesPathsThatLeadOut(target: String) async {
        #expect(await ask(ready(), target).status == 400)
    }

    @Test func canOnlyBeRead() async {
        #expect(await ask(ready(), "/index.html", method: "POST").status == 405)
    }

    @Test func anOpenPageHearsOfABuildAtOnce() async throws {
        let preview = await ready()
        let first = try #require(try? JSON(parsing: text(await ask(preview, "/unroll/state?after=-1"))))
        #expect(first["phase"]?.string == "ready")
        let version = try #require(first["version"]?.integer)
        async let answer = ask(preview, "/unroll/state?after=\(version)")
        try await Task.sleep(for: .milliseconds(50))
        await preview.fail(with: ["lessons/01-a.md:3:1: error: <b>"])
        let second = try #require(try? JSON(parsing: text(await answer)))
        #expect(second["phase"]?.string == "failed")
        #expect(second["messages"]?.array == [.string("lessons/01-a.md:3:1: error: <b>")])
        #expect(second["site"]?.integer == 1)
    }

    @Test func outputsComeInAsCellsFinish() async throws {
        let preview = await ready()
        await preview.begin()
        await preview.cellFinished("train", of: "02-by-hand", in: Sample.finished)
        await preview.cellFinished("setup", of: "02-by-hand", in: Sample.finished)
        let state = try #require(try? JSON(parsing: text(await ask(preview, "/unroll/state?after=0"))))
        #expect(state["cells"]?.array?.count == 1)
        #expect(state["cells"]?.array?.first?["html"]?.string?.contains("&lt;script&gt;") == true)
        #expect(text(await ask(preview, "/02-by-hand.html")).contains("A network by hand"))
    }

    @Test func aBuildThatChangesNothingReloadsNothing() async throws {
        let preview = await ready()
        await preview.begin()
        await preview.succeed(with: Sample.site, language: "en")
        #expect(text(await ask(preview, "/unroll/state?after=0")).contains("\"site\":1"))
    }
}
