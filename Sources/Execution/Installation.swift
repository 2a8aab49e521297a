internal import Foundation
package import Lessons

/// Unroll in a place of its own, `PREFIX/lib/unroll`, with a link in `PREFIX/bin`, so that it needs no checkout.
///
/// It is a checkout without tests and history: the launcher, the manifest, the sources, which live cells and notes read and
/// which another compiler builds anew, and what was built of them. A file in it tells that it is one.
package struct Installation: Sendable {
    /// The folder that `bin` and `lib` lie in.
    package let prefix: String

    /// The path of the link that calls the tool.
    package var command: String { "\(prefix)/bin/unroll" }
    /// The path of the folder that all the rest lies in.
    package var folder: String { "\(prefix)/lib/unroll" }

    /// The name of the file by which an installation is known, and which the launcher looks for.
    private static let note = "installation.json"
    /// The target of the link in `bin`.
    private static let target = "../lib/unroll/unroll"
    /// The folder of what was built, within a checkout.
    private static let products = ".build/release"
    /// The file that says of which compiler and when, which the launcher compares the sources with.
    private static let stamp = ".build/unroll-built"

    /// The repository that an installation was made of.
    package struct Origin: Sendable, Codable, Equatable {
        /// The version.
        package var version = Version.current.description
        /// The address that it was cloned from, as git has it.
        package var address: String?
        /// The commit.
        package var revision: String?

        /// Asks git where a checkout comes from; an installation knows.
        package init(of root: String) async {
            if let known = Installation.origin(of: root) {
                self = known
                return
            }
            let repository = GitRepository(around: root)
            address = await repository.setting("remote.origin.url")
            revision = await repository.commit("HEAD")
        }
    }

    /// The installation under a folder, which is there or not.
    package init(prefix: String) {
        let url = URL(filePath: prefix, directoryHint: .isDirectory).standardizedFileURL
        let path = url.path(percentEncoded: false)
        self.prefix = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    /// Returns the origin of the installation in a folder; `nil` if there is none.
    private static func origin(of folder: String) -> Origin? {
        let data = try? Data(contentsOf: URL(filePath: "\(folder)/\(note)"))
        return data.flatMap { try? JSONDecoder().decode(Origin.self, from: $0) }
    }

    /// Whether there is one.
    package var isThere: Bool { Installation.origin(of: folder) != nil }

    /// Whether the tool that runs is that of an installation in this place.
    package func isRoot(_ root: String) -> Bool {
        URL(filePath: root).resolvingSymlinksInPath().path(percentEncoded: false)
            == URL(filePath: folder).resolvingSymlinksInPath().path(percentEncoded: false)
    }

    // MARK: - Installing

    /// Copies what a checkout has built, in the place of an earlier installation.
    ///
    /// All is there before anything is replaced: what fails leaves the earlier one as it was.
    ///
    /// - Parameters:
    ///   - root: The checkout, whose tool is built.
    ///   - origin: The repository that it is.
    /// - Throws: `Diagnostic` of kind `setup`.
    package func install(from root: String, of origin: Origin) throws(Diagnostic) {
        guard !isRoot(root) else {
            throw refusal(
                "this is the installation itself",
                hint:
                    "install from a checkout: git pull && ./unroll install --prefix \(ShellWord.quoted(prefix))"
            )
        }
        try ensureReplaceable()
        let new = "\(prefix)/lib/.unroll-new-\(getpid())"
        try writing {
            defer { try? manager.removeItem(atPath: new) }
            for folder in ["bin", "lib"] { try makeFolder("\(prefix)/\(folder)") }
            try copy(root, to: new, of: origin)
            try replace(folder, by: new)
            if (try? manager.destinationOfSymbolicLink(atPath: command)) == nil {
                try manager.createSymbolicLink(
                    atPath: command,
                    withDestinationPath: Installation.target
                )
            }
        }
    }

    /// Copies a checkout, as far as an installation needs it.
    private func copy(_ root: String, to new: String, of origin: Origin) throws {
        let products = "\(new)/\(Installation.products)"
        try manager.createDirectory(atPath: "\(products)/Modules", withIntermediateDirectories: true)
        for name in ["unroll", "Package.swift", "Package.resolved", "Sources"] {
            let source = URL(filePath: "\(root)/\(name)").resolvingSymlinksInPath()
            try manager.copyItem(atPath: source.path(percentEncoded: false), toPath: "\(new)/\(name)")
        }
        let built = URL(filePath: "\(root)/\(Installation.products)").resolvingSymlinksInPath()
        for file in ["unroll", NotebookLibrary.sealName, NotebookLibrary.fileName] {
            let source = built.appending(path: file).path(percentEncoded: false)
            try manager.copyItem(atPath: source, toPath: "\(products)/\(file)")
        }
        for name in NotebookLibrary.linkedModules.sorted() {
            for suffix in ["swiftmodule", "swiftdoc", "swiftsourceinfo"] {
                let file = "Modules/\(name).\(suffix)"
                let source = built.appending(path: file).path(percentEncoded: false)
                // One is of C.
                guard manager.fileExists(atPath: source) else { continue }
                try manager.copyItem(atPath: source, toPath: "\(products)/\(file)")
            }
        }
        try JSONEncoder.stable.encode(origin).write(to: URL(filePath: "\(new)/\(Installation.note)"))
        // Last, for what is younger than it counts as changed since.
        let stamp = try Data(contentsOf: URL(filePath: "\(root)/\(Installation.stamp)"))
        try stamp.write(to: URL(filePath: "\(new)/\(Installation.stamp)"))
    }

    /// Puts a folder into the place of another one, which is put back where that fails.
    private func replace(_ folder: String, by new: String) throws {
        let old = "\(prefix)/lib/.unroll-old-\(getpid())"
        let isThere = manager.fileExists(atPath: folder)
        if isThere { try manager.moveItem(atPath: folder, toPath: old) }
        do {
            try manager.moveItem(atPath: new, toPath: folder)
        } catch {
            if isThere { try? manager.moveItem(atPath: old, toPath: folder) }
            throw error
        }
        if isThere { try manager.removeItem(atPath: old) }
    }

    // MARK: - Removing

    /// Removes the installation, and what its launcher built for this user.
    ///
    /// - Throws: `Diagnostic` of kind `setup`.
    package func remove() throws(Diagnostic) {
        guard isThere else {
            throw refusal(
                "there is no installation here",
                hint: "name its place: ./unroll install --uninstall --prefix DIR"
            )
        }
        try ensureReplaceable()
        try writing {
            if (try? manager.destinationOfSymbolicLink(atPath: command)) != nil {
                try manager.removeItem(atPath: command)
            }
            try manager.removeItem(atPath: folder)
            if let cache = Installation.cache, manager.fileExists(atPath: cache) {
                try manager.removeItem(atPath: cache)
            }
        }
    }

    /// The folder that the launcher of an installation builds in, where another compiler asks for that.
    static var cache: String? {
        let environment = ProcessInfo.processInfo.environment
        if let folder = environment["XDG_CACHE_HOME"], folder.hasPrefix("/") { return "\(folder)/unroll" }
        return environment["HOME"].map { "\($0)/.cache/unroll" }
    }

    // MARK: - What stands in the way

    private var manager: FileManager { .default }

    /// Makes sure that nothing is lost, and nothing runs, where the installation is to be.
    private func ensureReplaceable() throws(Diagnostic) {
        guard isThere || !manager.fileExists(atPath: folder) else {
            throw refusal(
                "this folder is none of Unroll's, and would be lost",
                hint:
                    "name another prefix, or move it: mv \(ShellWord.quoted(folder)) \(ShellWord.quoted(folder + ".old"))"
            )
        }
        let link = try? manager.destinationOfSymbolicLink(atPath: command)
        guard link == Installation.target || link == nil && !manager.fileExists(atPath: command) else {
            throw refusal(
                at: command,
                link.map { "this is a link to \($0), and would be lost" }
                    ?? "this file is none of Unroll's, and would be lost",
                hint: "name another prefix, or take it away: rm \(ShellWord.quoted(command))"
            )
        }
        let running = ProcessTable.processes(running: "\(folder)/\(Installation.products)/unroll")
        guard running.isEmpty else {
            let numbers = running.sorted().map(String.init)
            throw refusal(
                "it is running, as process \(numbers.joined(separator: ", "))",
                hint: "end it, and try again: kill \(numbers.joined(separator: " "))"
            )
        }
    }

    /// Does something on disk, and says what is wrong with that.
    private func writing(_ body: () throws -> Void) throws(Diagnostic) {
        do {
            try body()
        } catch {
            throw refusal(
                at: prefix,
                "cannot write the installation: \(error.systemReason)",
                hint: "name a place that can be written to: ./unroll install --prefix DIR"
            )
        }
    }

    /// Makes a folder, and those that it stands in.
    private func makeFolder(_ path: String) throws {
        var isDone: Bool { mkdir(path, 0o777) == 0 || errno == EEXIST }
        if isDone { return }
        let reason = errno
        let parent = (path as NSString).deletingLastPathComponent
        if reason == ENOENT, !manager.fileExists(atPath: parent) {
            try makeFolder(parent)
            if isDone { return }
        }
        throw POSIXError(POSIXErrorCode(rawValue: reason) ?? .EIO)
    }

    private func refusal(at path: String? = nil, _ message: String, hint: String) -> Diagnostic {
        Diagnostic(.error, .setup, at: SourceLocation(file: path ?? folder), message, hint: hint)
    }
}
