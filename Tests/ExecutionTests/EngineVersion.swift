import Execution
import Foundation
import Lessons
import Serialization
import Testing
import Turns

@Suite("The version of the engine", .inTurns) struct EngineVersionTests {
    /// Runs a test with a folder of its own.
    private func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "unroll test \(UUID().uuidString)"
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    private func write(_ text: String, to path: String, in folder: URL) throws {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(text.utf8).write(to: file)
    }

    /// A library whose files hold a text, with the seal of some sources.
    private func library(of text: String, sealed sources: String?, in folder: URL) throws -> NotebookLibrary {
        let names =
            NotebookLibrary.moduleNames.flatMap { ["Modules/\($0).swiftmodule", "Modules/\($0).swiftdoc"] }
            + [NotebookLibrary.fileName]
        for name in names { try write(text, to: name, in: folder) }
        if let sources {
            let built = Digest(of: String(repeating: text, count: names.count))
            try write(
                "\(Digest(of: sources).text)\n\(built.text)\n",
                to: NotebookLibrary.sealName,
                in: folder
            )
        }
        return try NotebookLibrary.find(in: folder.path(percentEncoded: false))
    }

    private func key(_ library: NotebookLibrary) async throws -> RunKey {
        try RunKey.make(
            of: lesson("1"),
            parsing: try await TestRunner.shared().analysis.parse,
            engine: try library.engineVersion(memo: nil),
            compiler: "Swift 6.3.1",
            limits: Limits(),
            data: []
        )
    }

    @Test("A library whose comments alone have changed is another, for pages show them") func comments()
        async throws
    {
        try await withFolder { folder in
            let before = try await key(library(of: "avx2", sealed: nil, in: folder))
            try write("other comments", to: "Modules/Recurrent.swiftdoc", in: folder)
            let after = try NotebookLibrary.find(in: folder.path(percentEncoded: false))
            #expect(try await key(after) != before)
        }
    }

    @Test("Libraries that were built of the same sources at two paths, in two ways, have equal keys")
    func sealed() async throws {
        try await withFolder { folder in
            let one = try library(of: "avx2", sealed: "a", in: folder.appending(path: "one"))
            let two = try library(of: "debug", sealed: "a", in: folder.appending(path: "two"))
            let three = try library(of: "avx2", sealed: "b", in: folder.appending(path: "three"))
            let keys = [try await key(one), try await key(two), try await key(three)]
            #expect(keys[0] == keys[1] && keys[0].isShared)
            #expect(keys[2] != keys[0])
        }
    }

    @Test("A library without a seal, or with another's, has a key that is not shared") func unsealed()
        async throws
    {
        try await withFolder { folder in
            let place = folder.appending(path: "one")
            let sealed = try await key(try library(of: "a", sealed: "sources", in: place))
            // Built again, by something else than the launcher.
            let stale = try await key(try library(of: "b", sealed: nil, in: place))
            let other = try await key(try library(of: "b", sealed: nil, in: folder.appending(path: "two")))
            #expect(!stale.isShared && stale != sealed && stale == other)
            try write("0\n", to: NotebookLibrary.sealName, in: place)
            #expect(try await key(try NotebookLibrary.find(in: place.path(percentEncoded: false))) == stale)
        }
    }

    /// The modules whose sources the launcher digests, with a file each.
    private static let sources = [
        "CProcessor/include/a.h", "Charting/A.swift", "KernelInterface/A.swift", "Kernels/A.swift",
        "KernelsBaseline/A.swift", "Notebook/A.swift", "Records/A.swift", "Recurrent/Layers/A.swift",
        "Serialization/A.swift",
    ]

    /// Sources that no lesson's program links: the tool's, and what stands in for the engine's in the browser.
    private static let others = ["Execution/A.swift", "Notebook/Browser/A.swift"]

    /// A checkout of made-up sources, with a `swift` that builds nothing, and the launcher.
    private func checkout(in folder: URL) throws -> (root: URL, bin: URL) {
        let (root, bin) = (folder.appending(path: "a clone"), folder.appending(path: "bin"))
        for path in EngineVersionTests.sources + EngineVersionTests.others {
            try write("// \(path)\n", to: "Sources/\(path)", in: root)
        }
        try write("// Package\n", to: "Package.swift", in: root)
        let release = root.appending(path: ".build/release").path(percentEncoded: false)
        let modules = NotebookLibrary.moduleNames.flatMap { ["\($0).swiftmodule", "\($0).swiftdoc"] }
            .joined(separator: " ")
        let tools = [
            "bwrap": "exit 0", "pkg-config": "exit 0",
            "swift": """
            mkdir -p '\(release)/Modules'
            for file in \(modules); do echo "$file" >'\(release)/Modules/'"$file"; done
            echo library >'\(release)/\(NotebookLibrary.fileName)'
            echo '#!/bin/sh' >'\(release)/unroll'
            chmod +x '\(release)/unroll'
            """,
        ]
        for (name, text) in tools { try write("#!/bin/sh\n\(text)\n", to: name, in: bin) }
        let launcher = URL(filePath: #filePath).appending(path: "../../../unroll").standardized
        try FileManager.default.copyItem(at: launcher, to: root.appending(path: "unroll"))
        for name in tools.keys {
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755],
                ofItemAtPath: bin.appending(path: name).path(percentEncoded: false)
            )
        }
        return (root, bin)
    }

    @Test("The launcher seals a library with the sources of all modules that lessons link, and of no others")
    func launcher() async throws {
        try await withFolder { folder in
            let (root, bin) = try checkout(in: folder)
            func version() throws -> EngineVersion {
                let process = Process()
                process.executableURL = URL(filePath: "/bin/sh")
                process.arguments = [root.appending(path: "unroll").path(percentEncoded: false), "build"]
                process.environment = [
                    "PATH": "\(bin.path(percentEncoded: false)):/usr/bin:/bin", "HOME": "/",
                ]
                process.standardError = FileHandle.nullDevice
                try process.run()
                process.waitUntilExit()
                try #require(process.terminationStatus == 0)
                let release = root.appending(path: ".build/release").path(percentEncoded: false)
                return try NotebookLibrary.find(in: release).engineVersion(memo: nil)
            }
            var seen = [try version()]
            guard case .sources = seen[0] else { return #expect(Bool(false), "no seal is valid") }
            for path in EngineVersionTests.sources {
                try write("// \(path), edited\n", to: "Sources/\(path)", in: root)
                let edited = try version()
                #expect(!seen.contains(edited), "\(path)")
                seen.append(edited)
            }
            for path in EngineVersionTests.others {
                try write("// edited\n", to: "Sources/\(path)", in: root)
            }
            #expect(try version() == seen.last)
            // What was taken back is what it was.
            for path in EngineVersionTests.sources {
                try write("// \(path)\n", to: "Sources/\(path)", in: root)
            }
            #expect(try version() == seen[0])
        }
    }
}
