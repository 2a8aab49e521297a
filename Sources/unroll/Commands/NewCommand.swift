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
            The lesson gets the number after the last one, unless SLUG begins with a number.

            Examples:
              ./unroll new attention           lessons/12-attention.md
              ./unroll new 03-the-next-number  lessons/03-the-next-number.md
            """
        )
    )

    @Argument(help: "The lesson's name: words of a–z and 0–9 joined by -.")
    var slug: String

    @OptionGroup var place: SiteOptions

    func validate() throws {
        guard slug.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil else {
            throw ValidationError("'\(slug)' cannot name a page; use words of a–z and 0–9 joined by -")
        }
    }

    func run() throws {
        let folders = try place.folders()
        // They may say where lessons are.
        let broken = Project.read(folders).diagnostics.first { $0.kind == .settings && $0.severity == .error }
        if let broken { throw folders.shown(broken) }
        let lessons = folders.lessons
        let folder = URL(filePath: lessons)
        let present = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let number = NewCommand.number(of: slug)
        if let number, let other = present.sorted().first(where: { NewCommand.number(of: $0) == number }) {
            let rest = slug.drop { $0.isNumber || $0 == "-" }
            Terminal.say(
                Invocation.typed.named(
                    "\(lessons)/\(other): error: this lesson has the number \(number) already\n"
                        + "  leave the number out, and the lesson gets the next: ./unroll new \(rest.isEmpty ? "SLUG" : rest)"
                )
            )
            throw ExitCode.failure
        }
        let name = slug.first!.isNumber ? slug : "\(NewCommand.next(after: present))-\(slug)"
        let file = folder.appending(path: "\(name).md")
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(LessonScaffold(slug: slug).text.utf8).write(to: file, options: .withoutOverwriting)
        } catch {
            let reason =
                (error as NSError).code == NSFileWriteFileExistsError
                ? "it exists" : error.localizedDescription
            Terminal.say("\(lessons)/\(name).md: error: cannot write the lesson: \(reason)")
            throw ExitCode.failure
        }
        Terminal.result("\(lessons)/\(name).md")
    }

    /// The number that the name of a lesson's file begins with; `nil` of any other file.
    private static func number(of name: String) -> Int? {
        guard !name.contains(".") || name.hasSuffix(".md") else { return nil }
        return Int(name.prefix { $0.isASCII && $0.isNumber })
    }

    /// The number after the largest one that a file begins with, in two digits.
    private static func next(after files: [String]) -> String {
        let last = files.compactMap { Int($0.prefix { $0.isASCII && $0.isNumber }) }.max() ?? 0
        return last < 9 ? "0\(last + 1)" : String(last + 1)
    }
}
