internal import ArgumentParser
internal import Course
internal import Execution
internal import Foundation
internal import Lessons

/// `unroll init`: a project to begin with.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Begin a project: settings, a first lesson and a workflow that publishes.",
        discussion: Invocation.typed.named(
            """
            The project builds as it stands. Files that are there are left as they are, and a folder that has \
            settings is refused.

            Examples:
              ./unroll init
              ./unroll init ~/my-course
            """
        )
    )

    @Argument(help: "The folder, which is made if it is not there.", completion: .directory)
    var dir = "."

    func validate() throws {
        guard !dir.isEmpty else { throw ValidationError("DIR is the path of a folder, such as my-course") }
    }

    func run() async throws {
        let folder = URL(filePath: dir, directoryHint: .isDirectory).standardizedFileURL
        let outer = try? ProjectFolders.find(from: folder.path(percentEncoded: false)).root
        let root = ProcessInfo.processInfo.environment["UNROLL_ROOT"]
        var origin: Installation.Origin?
        if let root { origin = await Installation.Origin(of: root) }
        let scaffold = ProjectScaffold(
            named: folder.lastPathComponent,
            address: origin?.address,
            revision: origin?.revision
        )
        let outcome: ProjectScaffold.Outcome
        do throws(Diagnostic) {
            outcome = try scaffold.write(to: dir)
        } catch {
            throw Invocation.typed.shown(error)
        }
        Terminal.result("✓ \(outcome.written.joined(separator: ", "))")
        if !outcome.kept.isEmpty {
            Terminal.result("left as they were: \(outcome.kept.joined(separator: ", "))")
        }
        if let outer {
            let place = folder.appending(path: outer).standardizedFileURL.path(percentEncoded: false)
            Terminal.result(
                "it lies in another project, \(place); commands that are called in it mean the new one"
            )
        }
        let workflow = ProjectScaffold.workflowPath
        if outcome.written.contains(workflow), scaffold.hasUnknownAddress {
            Terminal.result("give UNROLL in \(workflow) the address that Unroll is cloned from")
        }
        // A tool that is called by a path is called by another one from there.
        let isNamed = !Invocation.typed.tool.contains("/")
        let (before, after) =
            switch dir {
            case ".": ("", "")
            case _ where isNamed: ("cd \(ShellWord.quoted(dir)) && ", "")
            default: ("", " --lessons \(ShellWord.quoted("\(dir)/lessons"))")
            }
        Terminal.result(Invocation.typed.named("now: \(before)./unroll serve --open\(after)"))
    }
}
