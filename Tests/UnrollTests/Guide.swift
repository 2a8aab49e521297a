internal import Foundation
internal import Lessons
internal import Pages
internal import Testing
internal import Turns

/// The guide's tables beside the lists that the code goes by: what either knows, the other has.
@Suite("The guide", .inTurns) struct GuideTests {
    private static let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL

    /// The tables of all lessons, by the headings above them.
    private static let tables: [String: PipeTable] = {
        var tables: [String: PipeTable] = [:]
        for lesson in LessonFolder.read(at: root.path(percentEncoded: false) + "guide/lessons").lessons {
            var heading = ""
            for block in lesson.document.blocks {
                switch block.content {
                case .heading(_, let inlines): heading = PlainText().words(of: inlines)
                case .table(let table) where tables[heading] == nil: tables[heading] = table
                default: break
                }
            }
        }
        return tables
    }()

    /// The rows of the table below a heading: the code spans of each cell.
    private func rows(_ heading: String) throws -> [[[String]]] {
        let table = try #require(GuideTests.tables[heading], "no table stands below '\(heading)'")
        return table.rows.map { row in
            row.map { cell in
                cell.compactMap { inline in
                    if case .code(let code) = inline.content { code } else { nil }
                }
            }
        }
    }

    /// The names in the first column of the table below a heading.
    private func names(_ heading: String) throws -> [String] {
        try rows(heading).map { try #require($0.first?.first) }
    }

    /// Holds what the guide has against what the code knows, each in any order.
    private func compare(
        _ written: [String],
        _ known: [String],
        at location: Testing.SourceLocation = #_sourceLocation
    ) {
        let (written, known) = (written.sorted(), known.sorted())
        let missing = known.filter { !written.contains($0) }
        let unknown = written.filter { !known.contains($0) }
        #expect(
            written == known,
            "missing in the guide: \(missing); in it alone: \(unknown)",
            sourceLocation: location
        )
    }

    @Test("has each setting, each property of the stylesheet, and no other") func settings() throws {
        compare(try names("All settings"), SiteSettings.keys)
        compare(try names("All properties"), Theme.standard.properties)
    }

    @Test("has each key of the front matter, and no other") func frontMatter() throws {
        compare(try names("All keys of the front matter"), FrontMatter.keys)
    }

    @Test("has each option of a cell, as it is typed, and no other") func cellOptions() throws {
        // The value is an example.
        let typed = try names("All cell options").map { option in
            option.firstIndex(of: "=").map { String(option[...$0]) } ?? option
        }
        compare(typed, OptionKeyword.allCases.map { $0.rawValue + ($0.takesValue ? "=" : "") })
    }

    @Test("has each callout, and no other") func callouts() throws {
        compare(try names("All callouts"), Callout.allCases.map { "[!\($0.rawValue.uppercased())]" })
    }

    @Test("has each template, and no other") func templates() throws {
        compare(try names("All templates"), Theme.standard.templates)
    }

    @Test("has each mark of charts and each control of live cells, and no other") func marksAndControls()
        throws
    {
        compare(try names("All marks"), try types(in: "Charting/Marks", conformingTo: "Mark"))
        let controls = try names("All controls").map { String($0.prefix { $0 != "(" }) }
        compare(Set(controls).sorted(), try types(in: "Notebook/Live", conformingTo: "LiveControl"))
    }

    /// The public structures that files of a folder declare as conforming to a protocol.
    private func types(in folder: String, conformingTo name: String) throws -> [String] {
        let folder = GuideTests.root.appending(path: "Sources/\(folder)")
        let declaration = try Regex(
            "(?m)^public struct (\\w+)(?:<\\w+>)?: \(name) ",
            as: (Substring, Substring).self
        )
        return try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).flatMap
        { file in
            guard file.hasSuffix(".swift") else { return [String]() }
            let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            return text.matches(of: declaration).map { String($0.output.1) }
        }
    }

    @Test(
        "has each field of a template, its own fields with it, and no other",
        arguments: [
            ("lesson", ["On every page", "On lessons and the front page"]),
            ("index", ["On every page", "On lessons and the front page", "On the front page alone"]),
            ("glossary", ["On every page", "In the glossary"]),
            ("reference", ["On every page", "In the reference"]),
            ("notfound", ["On every page"]),
        ]
    )
    func fields(template: String, headings: [String]) throws {
        let written = try headings.flatMap(rows).map {
            "\($0[0].joined()): \($0[2].sorted().joined(separator: " "))"
        }
        let known = try #require(TemplateFields.ofPages[template]).map { name, field in
            switch field {
            case .fields(let inner), .list(let inner):
                "\(name): \(inner.keys.sorted().joined(separator: " "))"
            default: "\(name): "
            }
        }
        compare(written, known)
    }

    @Test("has a table of fields for each page") func pages() {
        #expect(
            TemplateFields.ofPages.keys.sorted() == ["glossary", "index", "lesson", "notfound", "reference"]
        )
    }

    @Test("has each command with its options, and no other") func commandLine() async throws {
        let commands = try await commands()
        compare(try names("All commands"), Array(commands.keys))
        var known: [String: [String]] = [:]
        for (command, options) in commands {
            for option in options { known["--\(option)", default: []].append(command) }
        }
        let written = try rows("All options").map {
            "\($0[0].joined()): \($0[1].sorted().joined(separator: " "))"
        }
        compare(written, known.map { "\($0): \($1.sorted().joined(separator: " "))" })
    }

    /// The commands of the built tool with their own options, as it says itself.
    private func commands() async throws -> [String: [String]] {
        struct Help: Decodable {
            let command: Command
        }
        struct Command: Decodable {
            let commandName: String
            let subcommands: [Command]?
            let arguments: [Argument]?
        }
        struct Argument: Decodable {
            let names: [Name]?
        }
        struct Name: Decodable {
            let kind: String
            let name: String
        }
        let ofAll = ["help", "version"]
        var commands: [String: [String]] = [:]
        try await withTool { tool in
            let run = try await tool("--experimental-dump-help")
            let help = try JSONDecoder().decode(Help.self, from: Data(run.output.utf8))
            for command in help.command.subcommands ?? [] where command.commandName != "help" {
                let names = (command.arguments ?? []).flatMap { $0.names ?? [] }.filter { $0.kind == "long" }
                commands[command.commandName] = names.map(\.name).filter { !ofAll.contains($0) }
            }
        }
        return commands
    }
}
