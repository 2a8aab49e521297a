internal import Course
internal import Foundation
internal import Lessons
internal import Pages
internal import Records
internal import Serialization
internal import Testing
internal import Turns

/// The gallery shows whatever a lesson can draw, each by the code above it.
@Suite("The gallery", .inTurns) struct GalleryTests {
    private let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL

    private func path(_ name: String) -> String { root.appending(path: name).path(percentEncoded: false) }

    private var lesson: Lesson {
        get throws {
            let project = Project.read(ProjectFolders(lessons: path("lessons"), site: path("site")))
            return try #require(project.lessons.first { $0.slug == "gallery" })
        }
    }

    @Test("has a drawing for each of its cells, and no drawing without a cell") func drawings() throws {
        let lesson = try lesson
        let json = try String(contentsOfFile: path("site/records/gallery.json"), encoding: .utf8)
        let record = try #require(RunRecord(json: JSON(parsing: json.utf8)))
        #expect(record.cells.map(\.name) == lesson.cells.map(\.name))
        for (cell, shown) in zip(lesson.cells, record.cells) where !cell.options.isQuiet {
            guard case .figure(let figure)? = shown.outputs.first, shown.outputs.count == 1 else {
                Issue.record("\(cell.name) shows no chart, or more than one")
                continue
            }
            #expect(figure.svg.contains(" class=\"chart\" "), "\(cell.name)")
            #expect(!figure.summary.isEmpty, "\(cell.name)")
        }
    }

    @Test("shows every mark, drawing, modifier and choice") func completeness() async throws {
        let code = try lesson.cells.map(\.code).joined(separator: "\n")
        let (charting, notebook) = (try await symbols(of: "Charting"), try await symbols(of: "Notebook"))
        let drawings = charting.types(conformingTo: ["Mark", "Drawing"])
        #expect(drawings.count > 10)
        // Diagrams that a function of the notebook draws from a model are shown by a call of that function.
        let functions = notebook.symbols.filter {
            $0.kind.identifier == "swift.func" && drawings.contains($0.result)
        }
        for name in drawings.subtracting(functions.map(\.result)) + functions.map(\.name) {
            #expect(code.contains("\(name)("))
        }
        let modifiers = charting.symbols.filter {
            $0.kind.identifier == "swift.method" && drawings.union(["Self"]).contains($0.result)
        }
        #expect(modifiers.count > 12)
        for modifier in modifiers { #expect(code.contains(".\(modifier.name)(")) }
        for choice in charting.choices { #expect(code.contains(".\(choice)")) }
    }

    /// What the compiler says of a module's public symbols.
    private func symbols(of module: String) async throws -> SymbolGraph {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let modules = Tool.products.appending(path: "Modules").path(percentEncoded: false)
        let run = try await Tool(in: folder).shell(
            """
            triple=$(swift -print-target-info | sed -n 's/.*"unversionedTriple": "\\(.*\\)".*/\\1/p')
            swift symbolgraph-extract -module-name \(module) -I '\(modules)' -target "$triple" \
                -minimum-access-level public -skip-synthesized-members -output-dir .
            """
        )
        try #require(run.status == 0, "\(run.errors)")
        return try SymbolGraph(json: Data(contentsOf: folder.appending(path: "\(module).symbols.json")))
    }
}

extension SymbolGraph {
    /// The names of the types that conform to one of some protocols.
    fileprivate func types(conformingTo protocols: Set<String>) -> Set<String> {
        let names = Dictionary(uniqueKeysWithValues: symbols.map { ($0.identifier.precise, $0.names.title) })
        let ties = relationships.filter {
            $0.kind == "conformsTo" && protocols.contains(names[$0.target] ?? "")
        }
        return Set(ties.compactMap { names[$0.source] }).subtracting(protocols)
    }

    /// The cases and constants from which an author of a chart chooses, but for those that need no word.
    fileprivate var choices: [String] {
        let types: Set = [
            "ScaleType", "InterpolationMethod", "CellDiagram.Kind", "FlowStep.Shape",
            "UnrolledDiagram.Outputs",
            "LineStyle",
        ]
        let choices = symbols.filter {
            ["swift.enum.case", "swift.type.property"].contains($0.kind.identifier)
                && types.contains($0.pathComponents.dropLast().joined(separator: "."))
        }
        return choices.map(\.name).filter {
            !["automatic", "linear", "category", "process", "every"].contains($0)
        }
    }
}

extension SymbolGraph.Symbol {
    /// The name without its arguments.
    fileprivate var name: String { String((pathComponents.last ?? "").prefix { $0 != "(" }) }

    /// The type that a function's declaration ends with.
    fileprivate var result: String { declarationFragments?.last?.spelling ?? "" }
}
