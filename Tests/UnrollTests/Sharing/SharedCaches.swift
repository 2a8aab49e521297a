internal import Execution
internal import Foundation
internal import Testing
internal import Turns

/// Builds that share what lessons showed, through a folder and through a server, whatever that answers.
@Suite("Shared caches", .inTurns) struct SharedCachesTests {
    private static let lesson = """
        ---
        title: A
        ---

        ```swift model name=a
        Chart("Line") { for i in 0..<9 { LineMark(x: .value("x", i), y: .value("y", i * i)) } }
        ```

        ```swift model name=b
        1 + 1
        ```

        """

    /// Runs a test with a tool whose library is sealed, in a project with two lessons, and a server.
    private func withServer(_ body: (Tool, CacheServer) async throws -> Void) async throws {
        try await withTool { tool in
            try await tool.addSealedTool()
            for slug in ["01-a", "02-b"] {
                try tool.write(SharedCachesTests.lesson, to: "lessons/\(slug).md")
            }
            let server = try CacheServer()
            defer { server.end() }
            try await body(tool, server)
        }
    }

    /// Builds as a clone does that has never been built.
    private func build(_ tool: Tool, _ place: String, _ others: String = "") async throws -> Tool.Run {
        try await tool.shell("rm -rf .unroll; UNROLL_CACHE='\(place)' \(others) built/unroll build")
    }

    @Test("of both kinds let the second clone run nothing, and have the same pages") func second()
        async throws
    {
        try await withServer { tool, server in
            for place in ["a cache", server.address, server.address + "/"] {
                let first = try await build(tool, place)
                #expect(first.status == 0 && !first.errors.contains("warning"), "\(first.errors)")
                let files = try tool.files(under: "site")
                try tool.remove("site")
                let second = try await build(tool, place)
                #expect(
                    second.output.hasPrefix("✓ 2 lessons · 0 run, 0 unchanged, 2 shared · 2 charts"),
                    "\(second)"
                )
                #expect(second.errors == "")
                #expect(try tool.files(under: "site") == files)
            }
            let heads = server.requests()
            #expect(heads.allSatisfy { $0.contains(/^(GET|PUT) \/unroll\/(ac|cas)\/[0-9a-f]{64} HTTP/) })
            try tool.write("cache: own cache\n", to: "unroll.yml")
            _ = try await tool.shell("cd lessons && ../built/unroll build")
            #expect(try tool.files(under: "own cache/cas").count == 2)
        }
    }

    @Test("are sent the token, which nobody else sees") func token() async throws {
        try await withServer { tool, server in
            let first = try await build(tool, server.address, "UNROLL_CACHE_TOKEN=s3cret")
            let heads = server.requests()
            #expect(!heads.isEmpty && heads.allSatisfy { $0.contains("Authorization: Bearer s3cret") })
            let other = try CacheServer()
            defer { other.end() }
            server.manner = .bytes(
                "HTTP/1.1 302 Found\r\nLocation: \(other.address)\r\nContent-Length: 0\r\n\r\n"
            )
            let second = try await build(tool, server.address, "UNROLL_CACHE_TOKEN=s3cret")
            #expect(second.status == 0)
            #expect(other.requests().isEmpty)
            for text in [first.output, first.errors, second.output, second.errors] {
                #expect(!text.contains("s3cret"))
            }
            let files = try tool.files(under: ".")
            #expect(!files.values.contains { $0.firstRange(of: Data("s3cret".utf8)) != nil })
        }
    }

    @Test(
        "that answer otherwise are left alone with one sentence",
        arguments: [
            (
                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.2:1/\r\nContent-Length: 0\r\n\r\n",
                "it answers with a redirect (302), and none is followed"
            ),
            (
                "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n",
                "it asks for a token (401): set UNROLL_CACHE_TOKEN"
            ),
            (
                "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
                "it does not take the token for this (403)"
            ),
            ("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n", "it answers with the status 500"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", "what it holds is larger than 64 MiB"),
            ("SSH-2.0-OpenSSH\r\n", ""), ("", ""), ("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf", ""),
        ]
    )
    func hostile(answer: String, reason: String) async throws {
        try await withServer { tool, server in
            server.manner = .bytes(answer)
            let plan = try await tool.shell("UNROLL_CACHE='\(server.address)' built/unroll plan")
            #expect(plan.status == 0 && plan.output.contains("02-b"))
            #expect(
                plan.errors.hasPrefix(
                    "\(server.address): warning: the shared cache is left alone, for \(reason)"
                ),
                "\(plan.errors)"
            )
            #expect(plan.errors.components(separatedBy: "warning:").count == 2, "\(plan.errors)")
        }
    }

    @Test("that give a page to log in give nothing else") func login() async throws {
        try await withServer { tool, server in
            let page = "<html><script>alert(1)</script></html>"
            server.manner = .bytes(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: \(page.utf8.count)\r\nConnection: close\r\n\r\n\(page)"
            )
            let run = try await build(tool, server.address)
            #expect(run.status == 0 && run.output.contains("2 run"))
            #expect(
                run.errors.contains(
                    /the run of 01-a is not taken, for ac\/[0-9a-f]+ is no result of an action; the lesson is run/
                )
            )
            #expect(
                try !tool.files(under: "site").values.contains {
                    $0.firstRange(of: Data("alert(1)".utf8)) != nil
                }
            )
        }
    }

    @Test("that are dead or slow cost a second in all, and a warning") func slow() async throws {
        try await withServer { tool, server in
            for slug in 3...30 {
                try tool.write("---\ntitle: A\n---\n\n`{swift} \(slug)`\n", to: "lessons/\(slug)-a.md")
            }
            for manner in [CacheServer.Manner.never, .late(.milliseconds(300))] {
                server.manner = manner
                let plan = try await tool.shell("UNROLL_CACHE='\(server.address)' built/unroll plan")
                // What is lost of each of these is a quarter of a second, and of the last no more than is left.
                #expect(server.requests().count <= 5)
                #expect(plan.status == 0 && plan.output.contains("30-a"))
                #expect(
                    plan.errors.components(separatedBy: "the shared cache is left alone").count == 2,
                    "\(plan.errors)"
                )
            }
            server.end()
            let dead = try await build(tool, server.address)
            #expect(dead.status == 0 && dead.errors.contains("the shared cache is left alone, for "))
        }
    }

    @Test("that change what they hold never change a page") func fuzz() async throws {
        try await withServer { tool, server in
            _ = try await build(tool, server.address)
            let files = try tool.files(under: "site")
            for seed in 0..<5 {
                server.manner = .changed { bytes in
                    var bytes = bytes
                    for shift in 0...seed % 3 {
                        bytes[(seed * 7919 + shift * 104_729) % bytes.count] ^= UInt8(1 << (seed % 8))
                    }
                    return seed % 4 == 3 ? Array(bytes.dropLast(seed)) : bytes
                }
                let run = try await build(tool, server.address)
                #expect(run.status == 0, "\(run.errors)")
                #expect(try tool.files(under: "site") == files)
            }
        }
    }

    @Test("in a place that can be none are refused") func misuse() async throws {
        try await withServer { tool, _ in
            for (place, sentence) in [
                (
                    "ftp://example.org/x",
                    "UNROLL_CACHE: error: 'ftp://example.org/x' is no address of a cache\n"
                ),
                ("https://", "UNROLL_CACHE: error: 'https://' is no address of a cache\n"),
                (
                    "https://ada:pw@example.org",
                    "UNROLL_CACHE: error: the address of a cache holds no name, password or query"
                ),
            ] {
                let run = try await build(tool, place)
                #expect(run.status == 2 && run.errors.hasPrefix(sentence), "\(run.errors)")
                #expect(!run.errors.contains("ada:pw"))
            }
            let patience = try await build(tool, "x", "UNROLL_CACHE_PATIENCE=soon")
            #expect(
                patience.status == 2
                    && patience.errors.hasPrefix(
                        "UNROLL_CACHE_PATIENCE: error: 'soon' is no number of seconds"
                    )
            )
            try tool.write("title: A\ncache: https://ada:pw@example.org\n", to: "unroll.yml")
            let set = try await tool.shell("built/unroll build")
            #expect(
                set.status == 2
                    && set.errors.hasPrefix("unroll.yml:2: error: the address of a cache holds no name"),
                "\(set.errors)"
            )
            try tool.write("title: A\n", to: "unroll.yml")
            try tool.write("mine", to: "file")
            let file = try await build(tool, "file/cache")
            #expect(
                file.status == 0
                    && file.errors.contains(
                        "file/cache: warning: the shared cache is left alone, for Not a directory\n"
                    ),
                "\(file.errors)"
            )
        }
    }
}
