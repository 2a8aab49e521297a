internal import Foundation
internal import Testing
internal import Turns

/// Shares of a course that are computed apart, and what becomes of them together.
@Suite("unroll merge", .inTurns) struct MergeCommandTests {
    private func lesson(_ value: String) -> String {
        "---\ntitle: A\n---\n\n```swift model name=a\n\(value)\n```\n"
    }

    /// Runs a test with a tool whose library is sealed, in a project with four lessons, two of which take their time.
    private func withCourse(_ body: (Tool) async throws -> Void) async throws {
        try await withTool { tool in
            try await tool.addSealedTool()
            var tool = tool
            tool.executable = tool.folder.appending(path: "built/unroll")
            try tool.write("---\ntitle: Front\n---\n", to: "lessons/index.md")
            for (slug, value) in [
                ("01-a", "1"), ("02-b", "2 // \(String(repeating: "b", count: 90))"), ("03-c", "3"),
            ] {
                try tool.write(lesson(value), to: "lessons/\(slug).md")
            }
            try await body(tool)
        }
    }

    @Test("builds the site that one machine builds, and runs nothing") func merge() async throws {
        try await withCourse { tool in
            #expect(try await tool("build").status == 0)
            let site = try tool.files(under: "site")
            try tool.remove("site")
            var folders: [String] = []
            for number in 1...3 {
                try tool.remove(".unroll")
                let share = try await tool(
                    "build",
                    "--records-only",
                    "--shard",
                    "\(number)/3",
                    "--to",
                    "share \(number)"
                )
                #expect(
                    share.output.hasPrefix("✓ 1 of 4 lessons · 1 run · ")
                        && share.output.hasSuffix(" s → share \(number)\n")
                )
                folders.append("share \(number)")
            }
            #expect(tool.read("site/index.html") == nil)
            try tool.remove(".unroll")
            let merge = try await tool(["merge"] + folders)
            #expect(
                merge.output.hasPrefix("✓ 4 lessons · 0 run, 1 unchanged, 3 shared · 0 charts"),
                "\(merge)"
            )
            #expect(try tool.files(under: "site") == site)
            // In any order, twice, and without what is cached.
            try tool.remove(".unroll")
            let check = try await tool(
                ["merge", "--check"] + folders.reversed() + [folders[0]] + ["--junit", "check.xml"]
            )
            #expect(check.status == 0 && check.output == "✓ 3 cells, and nothing differs\n", "\(check)")
            #expect(tool.read("check.xml")?.contains("<testcase") == true)
        }
    }

    @Test("takes lessons that use the project's own files, in a project that was moved") func own()
        async throws
    {
        try await withCourse { tool in
            try tool.write("sources: [Sources/Helpers]\n", to: "unroll.yml")
            try tool.write("public func seven() -> Int { 7 }\n", to: "Sources/Helpers/Seven.swift")
            try tool.write(lesson("seven()"), to: "lessons/03-c.md")
            #expect(try await tool("build", "--records-only", "--to", "all").status == 0)
            let moved = try await tool.shell("mkdir -p to && mv lessons Sources unroll.yml all to")
            #expect(moved.status == 0)
            let merge = try await tool.shell(
                "cd to && ../built/unroll merge all && ../built/unroll merge --check all"
            )
            #expect(merge.status == 0, "\(merge.errors)")
            #expect(merge.output.hasSuffix("✓ 3 cells, and nothing differs\n"))
        }
    }

    @Test("says what is missing, and what computes it") func missing() async throws {
        try await withCourse { tool in
            _ = try await tool("build", "--records-only", "--shard", "1/2")
            let run = try await tool("merge")
            #expect(run.status == 1 && run.output == "")
            #expect(
                run.errors == """
                    lessons/01-a.md: error: no share has a run of 01-a, 03-c
                      ./unroll build --records-only --shard 2/2
                    ✗ 1 of 4 lessons failed; site/ is as it was

                    """
            )
            #expect(try await tool("build", "--records-only", "03").status == 0)
            let rest = try await tool("merge")
            #expect(rest.errors.contains("no share has a run of 01-a\n"))
            // What is cached here is as good.
            #expect(try await tool("build", "--records-only", "1", "--to", "elsewhere").status == 0)
            #expect(try await tool("merge").status == 0)
            #expect(try await tool("build", "--records-only").output.hasSuffix(" s → .unroll/shards/all\n"))
            #expect(try await tool("merge").status == 0)
        }
    }

    @Test("refuses shares of other code, of other divisions, that contradict each other, or that are none")
    func refused() async throws {
        try await withCourse { tool in
            for number in 1...2 {
                _ = try await tool("build", "--records-only", "--shard", "\(number)/2", "--to", "s\(number)")
            }
            _ = try await tool("build", "--records-only", "--shard", "1/3", "--to", "other")
            try tool.write("mine", to: "empty/file")
            _ = try await tool.shell(
                "rm -rf .unroll; cp -r s2 torn; truncate -s 40 torn/cas/*; cp -r s2 broken; echo '{' >broken/shard.json"
            )
            for (folders, sentence) in [
                (
                    ["s1", "s2", "other"],
                    "other: error: this is the share 1/3, and s1 is 1/2: shares of one division are merged\n"
                ),
                (
                    ["s1", "empty"],
                    "empty: error: there is no shard.json in this folder: no share came to its end here\n"
                ),
                (["s1", "broken"], "broken/shard.json: error: this is no list of a share\n"),
                (["s1", "nowhere"], "nowhere: error: there is no shard.json in this folder"),
                (
                    ["s1", "torn"],
                    "lessons/01-a.md: error: there is no run of it to be taken, and nothing runs here\n"
                ),
                (["s1", "torn"], "torn: warning: the run of 01-a is not taken, for cas/"),
            ] {
                let run = try await tool(["merge"] + folders)
                #expect(run.status != 0 && run.errors.contains(sentence), "\(folders): \(run.errors)")
            }
            let list = try #require(tool.read("s2/shard.json"))
            let runs = list.matches(of: /"run" : "([0-9a-f]+)"/).map { String($0.1) }
            try tool.write(
                list.replacing(runs[0], with: String(repeating: "0", count: 64)),
                to: "false/shard.json"
            )
            let contradicting = try await tool("merge", "s1", "s2", "false")
            #expect(
                contradicting.errors.contains(
                    "false: error: 01-a showed something else here than in s2, under the same key\n"
                ),
                "\(contradicting.errors)"
            )
            try tool.write(lesson("7"), to: "lessons/03-c.md")
            let changed = try await tool("merge", "s1", "s2")
            #expect(
                changed.errors.contains(
                    "s2: error: 03-c was run with another cell a than it has here\n  compute the share at this commit, with this compiler\n"
                ),
                "\(changed.errors)"
            )
            #expect(tool.read("site/index.html") == nil)
        }
    }

    @Test("takes a share without the lesson that failed, and says so") func failed() async throws {
        try await withCourse { tool in
            try tool.write(lesson("fatalError(\"oh\")"), to: "lessons/03-c.md")
            let share = try await tool("build", "--records-only", "--to", "all")
            #expect(share.status == 1 && share.errors.contains("lessons/03-c.md:6:1: error:"))
            #expect(
                share.errors.hasSuffix(
                    "✗ of 3 of 4 lessons, not all came to their ends; merge will say which are missing\n"
                )
            )
            let merge = try await tool("merge", "all")
            #expect(merge.status == 1 && merge.errors.contains("no share has a run of 03-c\n"))
        }
    }

    @Test("and plan, shares and samples are refused what contradicts itself") func misuse() async throws {
        try await withCourse { tool in
            for (arguments, sentence) in [
                (["build", "--shard", "1/2"], "--shard and --to belong to --records-only"),
                (
                    ["build", "01-a"],
                    "Unexpected argument '01-a': build makes the whole site; --records-only takes lessons"
                ),
                (
                    ["build", "--records-only", "--shard", "3/2"],
                    "The value '3/2' is invalid for '--shard <k/n>'"
                ),
                (
                    ["build", "--records-only", "--shard", "0/2"],
                    "The value '0/2' is invalid for '--shard <k/n>'"
                ),
                (
                    ["build", "--records-only", "--shard", "1/2", "01-a"],
                    "--shard and names of lessons contradict each other"
                ),
                (
                    ["check", "--sample", "1/2", "--shard", "1/2"],
                    "names, --against, --shard and --sample each say what is compared: give one"
                ),
                (
                    ["check", "--records-only", "--twice"],
                    "--records-only compares nothing; merge --check does"
                ),
                (["merge", "--junit", "a.xml", "s"], "--junit and --report belong to merge --check"),
                (["plan", "--tasks", "0"], "--tasks takes a number from 1 to 10000"),
            ] {
                let run = try await tool(arguments)
                #expect(
                    run.status == 2 && run.errors.hasPrefix("Error: \(sentence)"),
                    "\(arguments): \(run.errors)"
                )
            }
            let unknown = try await tool("build", "--records-only", "04-d")
            #expect(
                unknown.status == 2
                    && unknown.errors.contains("lessons/04-d.md: error: there is no such lesson")
            )
        }
    }

    @Test("of a check compares a share, or a sample that no one chooses") func check() async throws {
        try await withCourse { tool in
            #expect(try await tool("build").status == 0)
            var cells = 0
            for number in 1...2 {
                let check = try await tool("check", "--shard", "\(number)/2")
                #expect(check.status == 0)
                cells += Int(check.output.firstMatch(of: /✓ (\d) cell/)?.1 ?? "") ?? 0
            }
            #expect(cells == 3)
            for number in 1...4 {
                let sample = try await tool("check", "--sample", "\(number)/4")
                #expect(sample.output.contains(/^✓ [123] cells?, and nothing differs\n$/), "\(sample)")
            }
            // A false record that is well-formed is found by those who run it, and by nobody else.
            try tool.write("cache: shared\n", to: "unroll.yml")
            #expect(try await tool("build").status == 0)
            #expect(try await tool("check", "--trust-cache").errors == "")
        }
    }
}
