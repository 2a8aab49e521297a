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
        try await run(["-9", "-n"], on: bytes)
    }

    /// Returns the bytes that were compressed.
    package static func decompress(_ bytes: Data) async throws -> Data { try await run(["-d"], on: bytes) }

    private static func run(_ options: [String], on bytes: Data) async throws -> Data {
        let child = ChildProcess(executable: "/usr/bin/env", arguments: ["gzip"] + options)
        let result = try await child.run(reading: Array(bytes))
        guard result.isSuccess else {
            throw Failure(description: "gzip failed: \(String(decoding: result.errors, as: UTF8.self))")
        }
        return Data(result.output)
    }
}
