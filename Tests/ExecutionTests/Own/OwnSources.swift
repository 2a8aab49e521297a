internal import Execution
internal import Foundation
internal import Lessons
internal import Records
internal import Testing
internal import Turns

/// A project in a folder of its own, with files of Swift.
struct OwnProject {
    /// The folder.
    let root: URL

    /// Runs a test in a new project.
    static func with(
        _ files: [String: String],
        _ body: (OwnProject) async throws -> Void
    ) async throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "unroll own \(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        let project = OwnProject(root: root)
        for (path, text) in files { try project.write(text, to: path) }
        try await body(project)
    }

    /// Writes a file, whose folder is made.
    func write(_ text: String, to path: String) throws {
        let file = root.appending(path: path)
        let folder = file.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// Returns what its lessons run by, or what is wrong with its Swift, as it is shown.
    func runner(
        sources: [String] = [],
        package: String? = nil,
        usesEngine: Bool = true
    ) async throws -> (runner: LessonRunner?, said: [String]) {
        func named(_ path: String) -> NamedFolder {
            NamedFolder(path: path, location: SourceLocation(file: "unroll.yml", line: 1, column: 1))
        }
        let cache = Cache(folder: root.appending(path: ".unroll").path(percentEncoded: false))
        let own = OwnSwift(
            root: root.path(percentEncoded: false),
            sources: sources.map(named),
            package: package.map(named),
            usesEngine: usesEngine
        )
        let (runner, diagnostics) = await (try await LessonRunner.find(cache: cache)).using(own)
        return (runner, diagnostics.map(\.description))
    }
}

extension LessonRun {
    /// The values that its cells show, or what went wrong.
    var shown: [String] {
        guard let record else { return diagnostics.map(\.description) }
        return record.cells.flatMap(\.outputs).compactMap {
            if case .value(let text) = $0 { text } else { nil }
        }
    }
}

/// Whether the engine was compiled for the browser before, which takes minutes.
private let hasEngine = FileManager.default.fileExists(atPath: ".build/wasm/objects")

@Suite("The files of a project's own", .inTurns) struct OwnSourcesTests {
    private let files = [
        "Sources/Tides/Tides.swift": "/// The tides.\npublic let tides: [Float] = [1, 2]\n",
        "Sources/Gates/Gate.swift":
            "import Recurrent\nimport Tides\npublic func gate() -> Tensor { Tensor(tides) * 2 }\nfunc half() -> Int { 2 }\n",
    ]
    private let folders = ["Sources/Tides", "Sources/Gates"]

    @Test("are modules that lessons import, use the engine, and belong to the keys")
    func modules() async throws {
        try await OwnProject.with(files) { project in
            let lesson = lesson("gate().sum().item", "tides.count")
            let runner = try #require(try await project.runner(sources: folders).runner)
            let run = await runner.run(lesson)
            #expect(run.shown == ["6.0", "2"])
            #expect(run.notes["cell-2"]?.names.first?.summary == "The tides.")
            #expect(await runner.run(lesson).isCached)

            try project.write("public let tides: [Float] = [1, 2, 3]\n", to: "Sources/Tides/Tides.swift")
            let edited = try #require(try await project.runner(sources: folders).runner)
            guard case .changed(let changes) = try edited.decision(on: lesson) else {
                Issue.record("the record of other sources holds")
                return
            }
            #expect(changes.map(\.component) == ["own Swift, Sources/Tides/Tides.swift"])
            #expect(await edited.run(lesson).shown == ["12.0", "3"])
        }
    }

    @Test("have their errors at their own lines, once")
    func errors() async throws {
        try await OwnProject.with(files) { project in
            try project.write("import Course\n", to: "Sources/Strange/A.swift")
            try project.write("public func f() -> Int { \"3\" }\n", to: "Sources/Wrong/A.swift")
            func said(_ sources: String...) async throws -> [String] {
                try await project.runner(sources: sources).said
            }
            #expect(
                try await said("Sources/Wrong") == [
                    """
                    Sources/Wrong/A.swift:1:26: error: cannot convert return expression of type 'String' to return type 'Int'
                        1 | public func f() -> Int { "3" }
                          |                          ^
                    """
                ]
            )
            #expect(
                try await said("Sources/Strange") == [
                    """
                    Sources/Strange/A.swift:1:8: error: no such module 'Course'
                        1 | import Course
                          |        ^ sources can import: Recurrent, Charting, Notebook, Foundation
                    """
                ]
            )
            let later = try await said("Sources/Gates", "Sources/Tides")
            #expect(later.first?.hasSuffix("^ name the folder of Tides before this one, in sources:") == true)
        }
    }

    @Test(
        "must be modules",
        arguments: [
            (["Sources/Tide"], "there is no folder 'Sources/Tide'\n  did you mean 'Tides'?"),
            (
                ["Sources/Empty"],
                "'Sources/Empty' holds no Swift file\n  put a file into it, such as Sources/Empty/Helpers.swift"
            ),
            (
                ["Sources/Tides/Tides.swift"],
                "'Tides.swift' cannot be the name of a module, which is letters, digits and _\n  rename the folder, to Tidesswift, say"
            ),
            (
                ["Sources/Tides", "Other/Tides"],
                "two folders of sources are called 'Tides', and a module has its folder's name\n  rename one, or put one into the other"
            ),
            (
                ["Sources/Recurrent"],
                "'Recurrent' is a module of Unroll, and a folder of sources cannot have its name\n  rename the folder, to MyRecurrent, say"
            ),
            (
                ["Sources/Foundation"],
                "'Foundation' is a module of Swift, and a folder of sources cannot have its name\n  rename the folder, to MyFoundation, say"
            ),
        ]
    )
    func misuse(sources: [String], said: String) async throws {
        try await OwnProject.with(files) { project in
            try project.write("", to: "Sources/Empty/README.md")
            let (runner, diagnostics) = try await project.runner(sources: sources)
            #expect(runner == nil)
            #expect(diagnostics == ["unroll.yml:1: error: \(said)"])
        }
    }

    @Test("show lessons only what is public, and say where the rest is")
    func hidden() async throws {
        try await OwnProject.with(files) { project in
            let runner = try #require(try await project.runner(sources: folders).runner)
            let run = await runner.run(lesson("half()"))
            #expect(
                run.shown.first?.hasSuffix("^ Sources/Gates/Gate.swift:4 declares it: write public func half")
                    == true
            )
        }
    }

    @Test("may have the engine's names where the engine is left out")
    func withoutEngine() async throws {
        let own = "public struct Tensor { public init() {} }\npublic struct Table { public init() {} }\n"
        try await OwnProject.with(["Sources/Shapes/Shapes.swift": own]) { project in
            let lesson = lesson(
                "let x: Tensor = Tensor()\nlet t: Table = Table()\n\"\\(type(of: x)), \\(type(of: t))\"",
                "show(3)\nabout(2.0)"
            )
            let with = try #require(try await project.runner(sources: ["Sources/Shapes"]).runner)
            #expect(await with.run(lesson).shown.first?.contains("engine: false in unroll.yml") == true)
            let without = try await project.runner(sources: ["Sources/Shapes"], usesEngine: false).runner
            #expect(await (try #require(without)).run(lesson).shown == ["Tensor, Table", "3", "2"])
        }
    }

    @Test("are compiled for live cells that need them", .enabled(if: hasEngine))
    func live() async throws {
        let files = [
            "Sources/Rules/Rules.swift":
                "import Recurrent\npublic func doubled(_ x: Tensor) -> Tensor { x * 2 }\n"
                + "public func words(_ x: Any) -> String { x as? String ?? \"\" }\n",
            "Sources/Native/Native.swift": "import Foundation\npublic func now() -> Date { Date() }\n",
        ]
        try await OwnProject.with(files) { project in
            let folders = ["Sources/Rules", "Sources/Native"]
            let lesson = lesson("live(Stepper(\"n\", 0...3)) { n in doubled(Tensor(Float(n))).item }")
            func made() async throws -> (build: LiveBuild?, said: [String]) {
                let runner = try #require(try await project.runner(sources: folders).runner)
                let program = try #require(await runner.run(lesson).live)
                #expect(program.text.contains("import Rules\n"))
                #expect(!program.text.contains("import Native\n"))
                guard case .ready(let compiler) = try await runner.browserSupport() else { return (nil, []) }
                let (build, diagnostics) = await runner.makeModule(of: program, in: lesson, by: compiler)
                return (build, diagnostics.map(\.description))
            }
            let refused = try await made()
            #expect(refused.build == nil)
            #expect(refused.said.first?.hasPrefix("Sources/Rules/Rules.swift:3:") == true)
            try project.write(
                "import Recurrent\npublic func doubled(_ x: Tensor) -> Tensor { x * 2 }\n",
                to: "Sources/Rules/Rules.swift"
            )
            let whole = try await made()
            #expect(whole.build != nil)
            #expect(whole.said == [])
        }
    }

    @Test("The names of the runtime are those that it has")
    func runtime() throws {
        let folder = URL(filePath: #filePath).appending(path: "../../../../Sources/Notebook")
            .standardizedFileURL
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path(percentEncoded: false))
        var declared: Set<String> = []
        for path in paths where path.hasSuffix(".swift") && path != "Browser/LiveExports.swift" {
            let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
            for match in text.matches(
                of: /(?m)^public (?:final )?(?:func|struct|class|enum|protocol|typealias) (\w+)/
            ) {
                declared.insert(String(match.1))
            }
        }
        // These draw the engine's models; print is the browser's, and readLine refuses what is the standard library's.
        declared.subtract(["diagram", "unrolled", "cell", "print", "readLine"])
        #expect(Set(Imports.runtime.map(\.name)) == declared)
    }
}
