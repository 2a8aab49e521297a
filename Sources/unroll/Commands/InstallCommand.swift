internal import ArgumentParser
internal import Course
internal import Execution
internal import Foundation
internal import Lessons

/// `unroll install`: the tool in a place of its own.
struct InstallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "install",
        abstract: "Put the tool into a folder of its own, so that it runs without its checkout.",
        discussion: Invocation.typed.named(
            """
            What was built is copied to DIR/lib/unroll, with the sources, and DIR/bin/unroll calls it. An earlier \
            installation is replaced. Under another compiler than the one that built it, the tool builds itself once \
            into the cache of the user.

            Examples:
              ./unroll install                            into ~/.local
              sudo ./unroll install --prefix /usr/local   for all users
              ./unroll install --uninstall
            """
        )
    )

    @Option(help: "The folder that bin and lib lie in.", completion: .directory)
    var prefix = "~/.local"

    @Flag(help: "Remove the installation.")
    var uninstall = false

    func validate() throws {
        guard !prefix.isEmpty else { throw ValidationError("--prefix takes a folder, such as ~/.local") }
    }

    func run() async throws {
        let installation = Installation(prefix: try folder())
        do throws(Diagnostic) {
            if uninstall {
                try installation.remove()
                Terminal.result("✓ removed \(installation.command) and \(installation.folder)")
            } else {
                let root = try root()
                try installation.install(from: root, of: await Installation.Origin(of: root))
                Terminal.result("✓ unroll \(Version.current) → \(installation.command)")
                if let remedy = remedy(for: "\(installation.prefix)/bin") { Terminal.result(remedy) }
            }
        } catch {
            throw Invocation.typed.shown(error)
        }
    }

    /// The folder that was typed, with the user's home in the place of ~, which a shell leaves where it stands in quotes or
    /// after =.
    private func folder() throws -> String {
        guard prefix == "~" || prefix.hasPrefix("~/") else { return prefix }
        guard let home = ProcessInfo.processInfo.environment["HOME"], home.hasPrefix("/") else {
            throw ValidationError("there is no home folder; name another one: --prefix DIR")
        }
        return home + prefix.dropFirst()
    }

    /// The checkout whose tool this is.
    private func root() throws(Diagnostic) -> String {
        if let root = ProcessInfo.processInfo.environment["UNROLL_ROOT"] { return root }
        throw Diagnostic(
            .error,
            .setup,
            at: SourceLocation(file: "unroll"),
            "the tool does not know its checkout, for it was not called by its launcher",
            hint: "./unroll install, in the checkout"
        )
    }

    /// What to type where a shell would not find the tool in a folder; `nil` if it does.
    private func remedy(for folder: String) -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        guard !path.split(separator: ":").contains(where: { $0 == folder }) else { return nil }
        return
            "\(folder) is not in PATH; now, and in ~/.profile for good: export PATH=\(ShellWord.quoted(folder)):\"$PATH\""
    }
}
