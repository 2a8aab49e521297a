internal import Foundation
package import Serialization

/// The version of the engine and the runtime that a lesson's program links, as a record depends on it.
package enum EngineVersion: Sendable, Hashable, CustomStringConvertible {
    /// A digest of their sources, which the launcher sealed to the library that it built of them: the same in every clone,
    /// whatever the path, the flags and the instruction set.
    case sources(Digest)
    /// A digest of a library that has no valid seal: no other machine shares it.
    case library(Digest)

    /// The mark of a library without a seal.
    static let unsealed = "unsealed "

    /// The version as a part of a key.
    package var description: String {
        switch self {
        case .sources(let digest): digest.text
        case .library(let digest): EngineVersion.unsealed + digest.text
        }
    }
}

extension NotebookLibrary {
    /// The file beside the library that holds the digest of its sources, and below that the digest of the library that was
    /// built of them.
    package static let sealName = "engine.seal"

    /// Returns the version of the engine in the library.
    ///
    /// - Parameter memo: A cache that has the library's digest for as long as no file of it is written anew.
    package func engineVersion(memo: Cache?) throws -> EngineVersion {
        let digest = try digest(memo: memo)
        let seal = try? String(contentsOfFile: "\(folder)/\(NotebookLibrary.sealName)", encoding: .utf8)
        let lines = (seal ?? "").split(separator: "\n").map(String.init)
        guard lines.count == 2, lines.allSatisfy({ $0.utf8.count == 64 }), lines[1] == digest.text else {
            return .library(digest)
        }
        return .sources(Digest(text: lines[0]))
    }
}
