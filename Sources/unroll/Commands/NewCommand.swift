internal import ArgumentParser
internal import Course
internal import Foundation
internal import Lessons

/// `unroll new`: a lesson to begin with.
struct NewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Begin a lesson: a file that builds as it stands.",
        discussion: Invocation.typed.named(
            """
            The lesson gets the number after the last one, unless SLUG begins with a number. PART/SLUG begins it in \
            a part; PART/index begins a part, a folder of lessons with a page of its own.

            Examples:
              ./unroll new attention           lessons/12-attention.md
              ./unroll new 03-the-next-number  lessons/03-the-next-number.md
              ./unroll new 2-gates/index       lessons/2-gates/index.md
              ./unroll new 2-gates/closing     lessons/2-gates/02-closing.md
            """
        )
    )

    @Argument(
        help: "The lesson's name: words of a–z and 0–9 joined by -, after its part and / if it is in one."
    )
    var slug: String

    @OptionGroup var place: SiteOptions

    func validate() throws {
        let parts = slug.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count < 3 else {
            throw ValidationError("'\(slug)' is too deep: a part holds lessons, and no further parts")
        }
        guard parts.allSatisfy({ $0.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil }) else {
            throw ValidationError("'\(slug)' cannot name a page; use words of a–z and 0–9 joined by -")
        }
    }

    func run() throws {
        let folders = try place.folders()
        // They may say where lessons are.
        let broken = Project.read(folders).diagnostics.first { $0.kind == .settings && $0.severity == .error }
        if let broken { throw folders.shown(broken) }
        let lessons = folders.lessons
        let scaffold: LessonScaffold
        do throws(Diagnostic) {
            scaffold = try LessonScaffold.begin(slug, in: lessons)
        } catch {
            throw folders.shown(error)
        }
        let file = URL(filePath: lessons).appending(path: "\(scaffold.slug).md")
        do {
            let folder = file.deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(scaffold.text.utf8).write(to: file, options: .withoutOverwriting)
        } catch {
            let reason =
                (error as NSError).code == NSFileWriteFileExistsError
                ? "it exists" : error.localizedDescription
            Terminal.say("\(lessons)/\(scaffold.slug).md: error: cannot write the lesson: \(reason)")
            throw ExitCode.failure
        }
        Terminal.result("\(lessons)/\(scaffold.slug).md")
    }
}
