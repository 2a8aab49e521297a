internal import Foundation
internal import Testing

/// The walks through the house in `CONTRIBUTING.md`.
@Suite("The walks through the house") struct WalkTests {
    private static let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL
    private static let sources = root.appending(path: "Sources")

    /// The names that the steps of the walks give, such as `Project.read` and `MarkKind`.
    private func names() throws -> Set<String> {
        let guide = WalkTests.root.appending(path: "CONTRIBUTING.md")
        let text = try String(contentsOf: guide, encoding: .utf8)
        let walks = text.split(separator: "\n## ").first { $0.hasPrefix("The house") } ?? ""
        let names = walks.matches(of: /`(?<name>[A-Z]\w+(?:\.[a-z]\w+)?)`/).map { String($0.name) }
        let modules = try FileManager.default.contentsOfDirectory(atPath: WalkTests.sources.path)
        return Set(names).subtracting(modules)
    }

    /// The names that a file declares.
    private struct Declarations {
        var types: Set<Substring> = []
        var extended: Set<Substring> = []
        var members: Set<Substring> = []

        init(in text: String) {
            let words = text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
            for (word, name) in zip(words, words.dropFirst()) {
                switch word {
                case "struct", "class", "enum", "actor", "protocol", "typealias": types.insert(name)
                case "extension": extended.insert(name)
                case "func", "var": members.insert(name)
                default: break
                }
            }
        }
    }

    private func declarations() throws -> [Declarations] {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: WalkTests.sources.path)
        return try paths.filter { $0.hasSuffix(".swift") }.map { path in
            Declarations(in: try String(contentsOf: WalkTests.sources.appending(path: path), encoding: .utf8))
        }
    }

    @Test("name types and functions that there are") func declared() throws {
        let (names, files) = (try names(), try declarations())
        #expect(names.count > 40)
        for name in names.sorted() {
            let parts = name.split(separator: ".")
            #expect(files.contains { $0.types.contains(parts[0]) }, "there is no type \(parts[0])")
            guard parts.count == 2 else { continue }
            // A function stands in a file of the type, or of an extension of it.
            let own = files.filter { $0.types.union($0.extended).contains(parts[0]) }
            #expect(own.contains { $0.members.contains(parts[1]) }, "there is no \(name)")
        }
    }
}
