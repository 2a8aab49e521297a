internal import Foundation
internal import Subprocess
internal import Testing

#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif

/// The drawing of the package in `CONTRIBUTING.md`.
@Suite("The package's graph") struct PackageGraphTests {
    private static let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL

    /// The manifest as `swift package dump-package` writes it.
    private struct Manifest: Decodable {
        let targets: [Target]

        struct Target: Decodable {
            let name: String
            let type: String
            let path: String?
            let dependencies: [Dependency]
        }

        /// The name of a target; `nil` for a product of another package.
        struct Dependency: Decodable {
            let target: String?

            private enum Keys: CodingKey { case byName, target }

            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: Keys.self)
                guard let key = container.allKeys.first else {
                    target = nil
                    return
                }
                var names = try container.nestedUnkeyedContainer(forKey: key)
                target = try names.decode(String.self)
            }
        }
    }

    /// The targets in `Sources` that import others of them, with those.
    private func imports() async throws -> [String: Set<String>] {
        let scratch = FileManager.default.temporaryDirectory.appending(
            path: "unroll graph \(UUID().uuidString)"
        )
        defer { try? FileManager.default.removeItem(at: scratch) }
        let result = try await Subprocess.run(
            .name("swift"),
            arguments: [
                "package", "--package-path", Self.root.path(percentEncoded: false),
                // The package's own is locked while its tests run.
                "--scratch-path", scratch.path(percentEncoded: false), "dump-package",
            ],
            output: .data(limit: 1 << 20),
            error: .discarded
        )
        let manifest = try JSONDecoder().decode(Manifest.self, from: result.standardOutput)
        let targets = manifest.targets.filter { $0.type != "test" && $0.path?.hasPrefix("Sources") ?? true }
        return Dictionary(
            uniqueKeysWithValues: targets.map { ($0.name, Set($0.dependencies.compactMap(\.target))) }
        ).filter { !$0.value.isEmpty }
    }

    /// The arrows of the drawing.
    private func drawing() throws -> [String: Set<String>] {
        let text = try String(contentsOf: Self.root.appending(path: "CONTRIBUTING.md"), encoding: .utf8)
        var arrows: [String: Set<String>] = [:]
        for line in text.split(separator: "\n") where line.hasPrefix("      ") && line.contains(" → ") {
            let sides = line.split(separator: " → ").map { side in
                side.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            }
            for target in sides[0] { arrows[target] = Set(sides[1]) }
        }
        return arrows
    }

    @Test("is drawn as the manifest has it") func drawn() async throws {
        let (drawing, imports) = (try drawing(), try await imports())
        #expect(!imports.isEmpty)
        for target in Set(drawing.keys).union(imports.keys).sorted() {
            #expect(drawing[target] == imports[target], "\(target)")
        }
    }
}
