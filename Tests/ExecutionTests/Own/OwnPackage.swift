internal import Execution
internal import Foundation
internal import Lessons
internal import Testing
internal import Turns

@Suite("A package of a project's own", .inTurns) struct OwnPackageTests {
    private let files = [
        "Package.swift": """
        // swift-tools-version: 6.0
        import PackageDescription

        let package = Package(
            name: "answers",
            products: [.library(name: "Answers", targets: ["Answers"])],
            targets: [.target(name: "CAnswers"), .target(name: "Answers", dependencies: ["CAnswers"])]
        )

        """,
        "Sources/CAnswers/include/answers.h": "int answer(void);\n",
        "Sources/CAnswers/answers.c": "#include \"answers.h\"\nint answer(void) { return 42; }\n",
        "Sources/Answers/Answers.swift": """
        import CAnswers

        /// The answer.
        public func theAnswer() -> Int { Int(answer()) }

        """,
    ]

    @Test("is built, imported and linked, with its headers of C, and belongs to the keys")
    func library() async throws {
        try await OwnProject.with(files) { project in
            let answering = lesson("theAnswer()")
            let (found, said) = try await project.runner(package: ".")
            #expect(said == [])
            let run = await (try #require(found)).run(answering)
            #expect(run.shown == ["42"])
            #expect(run.notes["cell-1"]?.names.first?.summary == "The answer.")
            let names = try FileManager.default.contentsOfDirectory(
                atPath: project.root.path(percentEncoded: false)
            )
            #expect(names.sorted() == [".unroll", "Package.swift", "Sources"])

            let edited = "public func theAnswer() -> Int { 43 }\nfunc x() -> Int { \"\" }\n"
            try project.write(edited, to: "Sources/Answers/Answers.swift")
            #expect(
                try await project.runner(package: ".").said == [
                    """
                    Sources/Answers/Answers.swift:2:19: error: cannot convert return expression of type 'String' to return type 'Int'
                        2 | func x() -> Int { "" }
                          |                   ^
                    """
                ]
            )
            try project.write("public func theAnswer() -> Int { 43 }\n", to: "Sources/Answers/Answers.swift")
            let again = try #require(try await project.runner(package: ".").runner)
            guard case .changed(let changes) = try again.decision(on: answering) else {
                Issue.record("the record of other sources holds")
                return
            }
            #expect(changes.map(\.component) == ["own Swift, Sources/Answers/Answers.swift"])
            #expect(await again.run(answering).shown == ["43"])

            let hidden = "public func theAnswer() -> Int { half() * 2 }\nfunc half() -> Int { 21 }\n"
            try project.write(hidden, to: "Sources/Answers/Answers.swift")
            let last = try #require(try await project.runner(package: ".").runner)
            let complaints = await last.run(lesson("half()")).diagnostics
            let remedy = "Sources/Answers/Answers.swift:2 declares it: write public func half"
            #expect(complaints.map(\.hint) == [remedy], "\(complaints)")
        }
    }

    @Test(
        "has neither Unroll in it nor names of its modules",
        arguments: [
            (
                "dependencies: [.package(url: \"https://example.org/unroll\", from: \"2.0.0\")], targets: [.target(name: \"Answers\")]",
                "the package depends on Unroll"
            ),
            (
                "targets: [.target(name: \"Answers\"), .target(name: \"Charting\")]",
                "the package has a module 'Charting'"
            ),
        ]
    )
    func refusals(targets: String, said: String) async throws {
        try await OwnProject.with(files) { project in
            try project.write("", to: "Sources/Charting/Charting.swift")
            let manifest = """
                // swift-tools-version: 6.0
                import PackageDescription
                let package = Package(
                    name: "answers", products: [.library(name: "Answers", targets: ["Answers"])], \(targets))

                """
            try project.write(manifest, to: "Package.swift")
            let (runner, diagnostics) = try await project.runner(package: ".")
            #expect(runner == nil)
            #expect(diagnostics.count == 1)
            #expect(diagnostics.first?.hasPrefix("Package.swift: error: \(said)") == true)
        }
    }

    @Test("is there") func missing() async throws {
        try await OwnProject.with([:]) { project in
            let said = try await project.runner(package: "library").said
            #expect(
                said == [
                    "unroll.yml:1: error: there is no Package.swift in 'library'\n  "
                        + "name the folder that holds it, as in package: ."
                ]
            )
        }
    }
}
