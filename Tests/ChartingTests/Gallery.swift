internal import Foundation
import Testing

/// The gallery shows whatever a lesson can draw: what is public in the sources is looked for in the code of its cells.
@Suite struct GalleryTests {
    private static let root = URL(filePath: #filePath).resolvingSymlinksInPath().appending(path: "../../..")
        .standardizedFileURL

    @Test func `The gallery shows every mark and every drawing`() throws {
        let code = try GalleryTests.code()
        let sources = try GalleryTests.sources("Charting") + GalleryTests.sources("Notebook")
        let types = sources.matches(of: /public struct (\w+): (?:Mark|Drawing)\b/).map { String($0.1) }
        // Diagrams that a function of the notebook draws from a model are shown by a call of that function.
        let functions = sources.matches(of: /(?m)^public func (\w+)[^{]*?\) (?:rethrows )?-> (\w+Diagram)\b/)
        #expect(
            types.count > 10 && functions.count > 3,
            "the sources are written in another way than this reads"
        )
        for type in types where !functions.contains(where: { $0.2 == type }) {
            #expect(code.contains("\(type)("), "\(type)")
        }
        for function in functions { #expect(code.contains("\(function.1)("), "\(function.1)") }
    }

    @Test func `The gallery shows every modifier of a mark and of a chart`() throws {
        let code = try GalleryTests.code()
        let sources = try GalleryTests.sources("Charting")
        let modifiers = Set(
            sources.matches(of: /public func (\w+)\([^{]*?\) -> (?:Self|Chart|\w+Mark)\s/).map {
                String($0.1)
            }
        )
        #expect(modifiers.count > 12, "the sources are written in another way than this reads")
        for modifier in modifiers.sorted() { #expect(code.contains(".\(modifier)("), "\(modifier)") }
    }

    @Test(arguments: ["ScaleType", "InterpolationMethod", "Kind", "Shape", "Outputs", "LineStyle"])
    func `The gallery shows every choice`(type: String) throws {
        let code = try GalleryTests.code()
        let sources = try GalleryTests.sources("Charting")
        let declaration = try Regex("(?ms)^( *)public (enum|struct) \(type)\\b.*?^\\1\\}")
        let body = sources[try #require(sources.firstMatch(of: declaration)).range]
        let choices = body.matches(of: /(?m)^ +(?:public )?(?:case|static let) (\w+)/).map { String($0.1) }
        #expect(choices.count > 1, "the sources are written in another way than this reads")
        // What a chart does unasked needs no word.
        for choice in choices where !["automatic", "linear", "category", "process", "every"].contains(choice)
        {
            #expect(code.contains(".\(choice)"), "\(type).\(choice)")
        }
    }

    /// The code of the gallery's cells.
    private static func code() throws -> String {
        let lesson = try String(contentsOf: root.appending(path: "lessons/gallery.md"), encoding: .utf8)
        return lesson.matches(of: /(?s)```swift model.*?\n(.*?)```/).map { String($0.1) }.joined()
    }

    /// The sources of a module.
    private static func sources(_ module: String) throws -> String {
        let folder = root.appending(path: "Sources/\(module)")
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path(percentEncoded: false))
        return try paths.filter { $0.hasSuffix(".swift") }.sorted().map {
            try String(contentsOf: folder.appending(path: $0), encoding: .utf8)
        }.joined(separator: "\n")
    }
}
