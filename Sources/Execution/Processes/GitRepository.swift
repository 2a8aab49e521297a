/// A Git repository, as far as the files of its commits are read; its work tree stays as it is.
package struct GitRepository: Sendable {
    /// The path of a folder in it.
    let folder: String

    /// The repository that a folder is in, which Git finds when it is asked.
    package init(around folder: String) {
        self.folder = folder
    }

    /// Returns the name of the commit that a revision is, such as `HEAD~1` or a tag; `nil` if it is none, or there is no
    /// repository.
    package func commit(_ revision: String) async -> String? {
        let arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options", "\(revision)^{commit}"]
        guard let result = await git(arguments) else { return nil }
        return String(decoding: result, as: UTF8.self).split(separator: "\n").first.map(String.init)
    }

    /// Returns a setting of the repository, such as `remote.origin.url`; `nil` if it has none.
    package func setting(_ name: String) async -> String? {
        guard let result = await git(["config", "--get", name]) else { return nil }
        return String(decoding: result, as: UTF8.self).split(separator: "\n").first.map(String.init)
    }

    /// Returns why there is no repository, in the words of Git or of the system; `nil` if there is one.
    package func refusal() async -> String? {
        let child = child(["rev-parse", "--git-dir"])
        guard let result = try? await child.run() else { return "git was not found" }
        let reason = result.errors.split(separator: "\n").first.map(String.init)
        return result.isSuccess ? nil : reason?.replacing("fatal: ", with: "") ?? "git failed"
    }

    /// Returns the paths of the files that a commit has under the folder, as seen from there.
    package func paths(in commit: String) async -> [String] {
        let result = await git(["ls-tree", "-r", "-z", "--name-only", commit, "./"]) ?? []
        return result.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Returns a file under the folder as a commit has it; `nil` if it has none.
    package func contents(of path: String, in commit: String) async -> [UInt8]? {
        await git(["show", "\(commit):./\(path)"])
    }

    /// Returns what Git writes; `nil` if it fails, or there is none.
    private func git(_ arguments: [String]) async -> [UInt8]? {
        guard let result = try? await child(arguments).run(reading: []), result.isSuccess else { return nil }
        return result.output
    }

    private func child(_ arguments: [String]) -> ChildProcess {
        ChildProcess(executable: "/usr/bin/env", arguments: ["git"] + arguments, folder: folder)
    }
}
