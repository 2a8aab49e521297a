internal import Foundation
internal import Testing
internal import Turns

/// Installations are made of a checkout with the built tool in it, which its launcher takes for fresh.
@Suite("unroll install", .inTurns) struct InstallCommandTests {
    private static let root = URL(filePath: #filePath).appending(path: "../../../..").standardized

    /// A checkout with this package's launcher and sources, and what was built of them; and a home without anything.
    private func withCheckout(_ body: (Tool) async throws -> Void) async throws {
        try await withTool { tool in
            let built = Tool.products.resolvingSymlinksInPath().path(percentEncoded: false)
            let root = InstallCommandTests.root.path(percentEncoded: false)
            let made = try await tool.shell(
                """
                set -e
                mkdir -p 'check out/.build' home
                cd 'check out'
                ln -s '\(built)' .build/release
                ln -s '\(root)Sources' Sources
                cp '\(root)unroll' '\(root)Package.swift' .
                touch Package.resolved .build/release/engine.seal
                echo "$(readlink -f "$(command -v swift)") -c release -Xswiftc -Onone" >.build/unroll-built
                """
            )
            try #require(made.status == 0, "\(made.errors)")
            try await body(tool)
        }
    }

    /// A line for a shell that runs as a user with an empty home, and without this checkout's tool.
    private func asUser(_ command: String) -> String {
        "home=$PWD/home; unset UNROLL_ROOT XDG_CACHE_HOME; export HOME=$home PATH=\"$home/.local/bin:$PATH\"; \(command)"
    }

    @Test("makes a tool that builds a project without its checkout, is replaced, and goes") func life()
        async throws
    {
        try await withCheckout { tool in
            let made = try await tool.shell(asUser("'check out/unroll' install"))
            let home = tool.folder.appending(path: "home").resolvingSymlinksInPath().path(
                percentEncoded: false
            )
            .replacing("//", with: "/")
            #expect(
                made.status == 0 && made.output == "✓ unroll 2.0.0 → \(home)/.local/bin/unroll\n",
                "\(made)"
            )
            try tool.remove("check out")
            let first = try await tool.shell(asUser("unroll init c && cd c && unroll build && unroll check"))
            #expect(first.status == 0, "\(first.errors)")
            #expect(
                first.output.contains("✓ 2 lessons · 1 run, 1 unchanged · 1 chart")
                    && first.output.hasSuffix("✓ 2 cells, and nothing differs\n")
            )
            #expect(first.output.contains("now: cd c && unroll serve --open\n"))
            let test = try await tool.shell(asUser("unroll test"))
            #expect(test.status == 2 && test.errors.hasPrefix("unroll: an installation has no tests"))
            let itself = try await tool.shell(asUser("unroll install"))
            #expect(itself.status == 2 && itself.errors.contains("error: this is the installation itself\n"))
            let other = try await tool.shell(
                asUser("unroll install --prefix 'a b' && 'a b/bin/unroll' --version")
            )
            #expect(other.status == 0 && other.output.hasSuffix("unroll 2.0.0\n"), "\(other)")
            let gone = try await tool.shell(asUser("unroll install --uninstall && find home -type f"))
            #expect(gone.status == 0, "\(gone.errors)")
            #expect(
                gone.output == "✓ removed \(home)/.local/bin/unroll and \(home)/.local/lib/unroll\n"
            )
            let again = try await tool.shell(asUser("'a b/bin/unroll' install --uninstall"))
            #expect(again.status == 2 && again.errors.contains("error: there is no installation here\n"))
        }
    }

    @Test("replaces an earlier one, but nothing else, and not while it runs") func careful() async throws {
        try await withCheckout { tool in
            let install = "'check out/unroll' install --prefix p"
            for (before, sentence, kept) in [
                (
                    "mkdir -p p/lib/unroll && echo mine >p/lib/unroll/a",
                    "this folder is none of Unroll's, and would be lost", "p/lib/unroll/a"
                ),
                (
                    "rm -r p/lib && mkdir p/bin && echo mine >p/bin/unroll",
                    "this file is none of Unroll's, and would be lost", "p/bin/unroll"
                ),
                (
                    "rm -r p && echo mine >p",
                    "cannot write the installation: Not a directory", "p"
                ),
            ] {
                let run = try await tool.shell(asUser("\(before) && \(install)"))
                #expect(run.status == 2 && run.errors.contains("error: \(sentence)\n"), "\(run.errors)")
                #expect(tool.read(kept) == "mine\n")
            }
            let twice = try await tool.shell(
                asUser(
                    "rm p; \(install) && echo old >p/lib/unroll/old && \(install); ls -A p/lib p/lib/unroll"
                )
            )
            #expect(
                twice.output.hasSuffix(
                    "p/lib:\nunroll\n\np/lib/unroll:\n.build\nPackage.resolved\nPackage.swift\nSources\ninstallation.json\nunroll\n"
                )
            )
            let served = Tool(in: tool.folder)
            var installed = served
            installed.executable = tool.folder.appending(path: "p/lib/unroll/.build/release/unroll")
            try tool.write("---\ntitle: A\n---\n", to: "lessons/01-a.md")
            _ = try await installed.serve { _ in
                let run = try await tool.shell(asUser(install))
                #expect(
                    run.status == 2
                        && run.errors.contains(
                            /error: it is running, as process \d+\n  end it, and try again: kill \d+\n/
                        )
                )
            }
            #expect(try await tool.shell(asUser(install)).status == 0)
        }
    }

    @Test("is built by another compiler in the user's cache, once") func compiler() async throws {
        try await withCheckout { tool in
            #expect(try await tool.shell(asUser("'check out/unroll' install")).status == 0)
            // A compiler that builds by copying what is there, and counts how often.
            try tool.write(
                """
                #!/bin/sh
                while [ "$1" != --package-path ]; do shift; done
                mkdir -p "$2/.build/release" && cp "$HOME/.local/lib/unroll/.build/release/unroll" "$2/.build/release/"
                test -f "$2/Sources/unroll/Commands/InstallCommand.swift" && echo built >>"$HOME/built"
                """,
                to: "other/swift"
            )
            #expect(try await tool.shell("chmod +x other/swift").status == 0)
            let call = asUser("PATH=$PWD/other:$PATH unroll --version")
            let first = try await tool.shell(call)
            #expect(first.output == "unroll 2.0.0\n" && first.status == 0, "\(first.errors)")
            #expect(
                first.errors.contains(
                    /another one than that of the installation: building Unroll for it in .*\/home\/.cache\/unroll, once\n/
                )
            )
            #expect(try await tool.shell(call).output == "unroll 2.0.0\n")
            #expect(tool.read("home/built") == "built\n")
        }
    }
}
