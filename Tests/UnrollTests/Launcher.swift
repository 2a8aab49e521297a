internal import Foundation
internal import Testing
internal import Turns

@Suite("The launcher", .inTurns) struct LauncherTests {
    /// A checkout whose tool is built, and prints the name that it was called by and its arguments; with a link to its
    /// launcher in a folder of `PATH`.
    private func withCheckout(_ body: (Tool) async throws -> Void) async throws {
        try await withTool { tool in
            let launcher = URL(filePath: #filePath).appending(path: "../../../unroll").standardized
            try tool.write(try Data(contentsOf: launcher), to: "check out/unroll")
            for file in ["Package.swift", "Package.resolved", "Sources/a.swift"] {
                try tool.write("", to: "check out/\(file)")
            }
            try tool.write("#!/bin/sh\nexit 1\n", to: "bin/swift")
            let echo = "#!/bin/sh\necho \"$UNROLL_COMMAND|$UNROLL_ROOT|$*|$PWD\"\n"
            try tool.write(echo, to: "check out/.build/release/unroll")
            let made = try await tool.shell(
                """
                chmod +x bin/swift 'check out/unroll' 'check out/.build/release/unroll'
                ln -s '../check out/unroll' bin/unroll; mkdir course
                echo "$(readlink -f bin/swift) -c release -Xswiftc -Onone" >'check out/.build/unroll-built'
                """
            )
            try #require(made.status == 0, "\(made.errors)")
            try await body(tool)
        }
    }

    @Test("hands over the name that it was called by, and stays where the user stands")
    func names() async throws {
        try await withCheckout { tool in
            let folder = tool.folder.resolvingSymlinksInPath().path(percentEncoded: false)
            let root = "\(folder)/check out".replacing("//", with: "/")
            for (place, call, name) in [
                ("check out", "./unroll", "./unroll"), ("check out/Sources", "../unroll", "../unroll"),
                ("course", "'../check out/unroll'", "../check out/unroll"), ("course", "unroll", "unroll"),
                ("course", "../bin/unroll", "../bin/unroll"), ("check out", "sh ./unroll", "./unroll"),
            ] {
                let path = "PATH=\"$PWD/bin:$PATH\"; export PATH; cd '\(place)'"
                let run = try await tool.shell("\(path); \(call) build --out 'a b'")
                let here = "\(folder)/\(place)".replacing("//", with: "/")
                #expect(run.output == "\(name)|\(root)|build --out a b|\(here)\n", "\(run.errors)")
            }
        }
    }

    @Test("says so where it is a copy outside of its checkout")
    func copy() async throws {
        try await withCheckout { tool in
            let run = try await tool.shell("cp 'check out/unroll' course/unroll && course/unroll build")
            #expect(run.status == 2)
            #expect(
                run.errors.hasPrefix(
                    "unroll: course/unroll stands outside of its checkout; put a link there: ln "
                )
            )
            #expect(try tool.files(under: "course").keys.sorted() == ["unroll"])
        }
    }
}
