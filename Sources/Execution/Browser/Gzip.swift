package import Foundation

/// The program of this name, which every system has.
package enum Gzip {
    /// A run of it that failed.
    package struct Failure: Error, CustomStringConvertible {
        /// What it said.
        package let description: String
    }

    /// Returns bytes compressed as well as it can, without a name and a time.
    package static func compress(_ bytes: Data) async throws -> Data {
        try await run(["-9", "-n"], on: bytes, named: "bytes", giving: "bytes.gz")
    }

    /// Returns the bytes that were compressed.
    package static func decompress(_ bytes: Data) async throws -> Data {
        try await run(["-d"], on: bytes, named: "bytes.gz", giving: "bytes")
    }

    /// Runs it on a file: what a child prints is text here.
    private static func run(
        _ options: [String],
        on bytes: Data,
        named name: String,
        giving result: String
    ) async throws -> Data {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        let file = folder.url.appending(path: name)
        try bytes.write(to: file)
        let child = ChildProcess(
            executable: "/usr/bin/env",
            arguments: ["gzip"] + options + [file.path(percentEncoded: false)]
        )
        let run = try await child.run()
        guard run.isSuccess else { throw Failure(description: "gzip failed: \(run.errors)") }
        return try Data(contentsOf: folder.url.appending(path: result))
    }
}
