internal import Foundation
internal import Lessons
internal import Pages
internal import Testing
internal import Turns

/// The guide's tables beside the lists that the code goes by: what either knows, the other has.
@Suite("The guide", .inTurns) struct GuideTests {
    private static let folder = URL(filePath: #filePath).appending(path: "../../../guide/lessons")
        .standardizedFileURL

    /// The tables of all lessons, by the headings above them.
    private static let tables: [String: PipeTable] = {
        var tables: [String: PipeTable] = [:]
        for lesson in LessonFolder.read(at: folder.path(percentEncoded: false)).lessons {
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

    /// The names in the first column of the table below a heading, in order.
    private func names(_ heading: String) throws -> [String] {
        try rows(heading).map { try #require($0.first?.first) }.sorted()
    }

    @Test("has each setting, each property of the stylesheet, and no other") func settings() throws {
        #expect(try names("All settings") == SiteSettings.keys.sorted())
        #expect(try names("All properties") == Theme.standard.properties)
    }

    @Test("has each key of the front matter, and no other") func frontMatter() throws {
        #expect(try names("All keys of the front matter") == FrontMatter.keys.sorted())
    }

    @Test("has each option of a cell, as it is typed, and no other") func cellOptions() throws {
        let told = try names("All cell options")
        let keywords = told.map { String($0.prefix { $0 != "=" }) }
        #expect(keywords == OptionKeyword.allCases.map(\.rawValue).sorted())
        for (option, keyword) in zip(told, keywords) {
            #expect(OptionKeyword(rawValue: keyword)?.takesValue == option.contains("="), "\(option)")
        }
    }

    @Test("has each callout, and no other") func callouts() throws {
        #expect(
            try names("All callouts") == Callout.allCases.map { "[!\($0.rawValue.uppercased())]" }.sorted()
        )
    }

    @Test("has each template, and no other") func templates() throws {
        #expect(try names("All templates") == Theme.standard.templates)
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
        let told = try headings.flatMap(rows).map {
            "\($0[0].joined()): \($0[2].sorted().joined(separator: " "))"
        }
        let known = try #require(TemplateFields.ofPages[template]).map { name, field in
            switch field {
            case .fields(let inner), .list(let inner):
                "\(name): \(inner.keys.sorted().joined(separator: " "))"
            default: "\(name): "
            }
        }
        #expect(told.sorted() == known.sorted())
    }

    @Test("has a table of fields for each page") func pages() {
        #expect(
            TemplateFields.ofPages.keys.sorted() == ["glossary", "index", "lesson", "notfound", "reference"]
        )
    }

    @Test("has each command with its options, and no other") func commandLine() async throws {
        let commands = try await commands()
        #expect(try names("All commands") == commands.keys.sorted())
        var known: [String: [String]] = [:]
        for (command, options) in commands {
            for option in options { known["--\(option)", default: []].append(command) }
        }
        let told = try rows("All options").map {
            "\($0[0].joined()): \($0[1].sorted().joined(separator: " "))"
        }
        #expect(told.sorted() == known.map { "\($0): \($1.sorted().joined(separator: " "))" }.sorted())
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
