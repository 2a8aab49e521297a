internal import Course
internal import Execution
internal import Foundation
internal import Lessons
internal import Testing
internal import Turns

/// The lessons of this repository, run and compared with its site once for all tests.
private struct CourseRun: Sendable {
    let check: SiteCheck
    let diagnostics: [Diagnostic]

    private static let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL

    static let shared = Task { try await CourseRun() }

    static func path(_ name: String) -> String { root.appending(path: name).path(percentEncoded: false) }

    /// The slugs of all lessons, those that cannot be read included.
    static let slugs = ((try? FileManager.default.contentsOfDirectory(atPath: path("lessons"))) ?? [])
        .filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()

    init() async throws {
        let project = Project.read(
            ProjectFolders(lessons: CourseRun.path("lessons"), site: CourseRun.path("site"))
        )
        let site = try CommittedSite(at: CourseRun.path("site"))
        let runner = try await LessonRunner.find(sandbox: .automatic)
        let runs = await LessonQueue(runner: runner, jobs: Processors.usable, data: project.folders.lessons)
            .run(
                project.lessons
            )
        check = try await .comparing(project, runs, by: runner, with: site, shownAs: "site/")
        diagnostics = project.diagnostics + runs.flatMap(\.diagnostics) + check.diagnostics
    }
}

/// The course as a regression suite: what `./unroll check` says of a lesson, said by a test of its own.
@Suite("The course", .inTurns) struct CourseTests {
    @Test("shows what its site records", arguments: CourseRun.slugs) func lesson(slug: String) async throws {
        let run = try await CourseRun.shared.value
        for diagnostic in run.diagnostics
        where diagnostic.severity == .error && diagnostic.location.file == "lessons/\(slug).md" {
            Issue.record("\(diagnostic)")
        }
        for finding in run.check.findings where finding.lesson == slug { Issue.record("\(finding)") }
    }

    @Test("has the files of its site, and no others") func files() async throws {
        let run = try await CourseRun.shared.value
        for finding in run.check.findings where finding.lesson == nil { Issue.record("\(finding)") }
        #expect(!CourseRun.slugs.isEmpty && run.check.cells > 0)
    }
}
