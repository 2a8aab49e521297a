internal import Foundation
internal import Testing
internal import Turns

@Suite("unroll doctor", .inTurns) struct DoctorCommandTests {
    /// Runs it with a `PATH` of its own.
    private func doctor(_ tool: Tool, path: String) async throws -> Tool.Run {
        try await tool.shell("PATH='\(path)' '\(tool.executable.path(percentEncoded: false))' doctor")
    }

    @Test("finds what builds here, where builds run")
    func found() async throws {
        try await withTool { tool in
            try tool.remove("unroll.yml")
            let run = try await tool("doctor")
            #expect(run.status == 0 && run.errors == "", "\(run.output)\(run.errors)")
            #expect(run.output.contains(/✓ Swift compiler  6\.[0-9.]+, \/.*swiftc\n/), "\(run.output)")
            #expect(run.output.contains("\n✓ SourceKit "))
            #expect(run.output.contains("\n✓ engine "))
            #expect(run.output.hasSuffix(" can build here\n"))
            #expect(try tool.files(under: ".").isEmpty)
        }
    }

    @Test("says what works without, and what to type for it")
    func missing() async throws {
        try await withTool { tool in
            let none = try await doctor(tool, path: "/nowhere")
            #expect(none.status == 2)
            for part in [
                "✗ Swift compiler", "✗ SourceKit", "– bubblewrap", "– WebAssembly", "– node", "– browser",
            ] {
                #expect(none.output.contains("\(part) "), "\(none.output)")
            }
            #expect(none.output.contains("→ install Swift 6.3 or later from https://www.swift.org/install\n"))
            #expect(none.output.hasSuffix(" cannot build here\n"))
            #expect(none.output.contains("✓ engine"))
        }
    }

    @Test("takes no compiler that is too old, and no bubblewrap that does not work")
    func unfit() async throws {
        try await withTool { tool in
            try tool.write("#!/bin/sh\necho 'Swift version 6.2.4 (swift-6.2.4-RELEASE)'\n", to: "bin/swiftc")
            for name in ["bwrap", "apt-get", "node"] {
                try tool.write("#!/bin/sh\nexit 1\n", to: "bin/\(name)")
            }
            #expect(try await tool.shell("chmod +x bin/*").status == 0)
            let path = tool.folder.appending(path: "bin").path(percentEncoded: false)
            let run = try await doctor(tool, path: path)
            #expect(run.status == 2)
            #expect(
                run.output.contains("✗ Swift compiler  \(path)/swiftc is Swift 6.2.4; nothing can be built\n")
            )
            #expect(
                run.output.contains(
                    "bubblewrap      \(path)/bwrap does not work here; lessons run without walls"
                )
            )
            #expect(run.output.contains("apt-get install nodejs\n"), "\(run.output)")
        }
    }
}
