internal import Execution
internal import Foundation
internal import Lessons
internal import Pages

/// A site that the project's own is compared with: that of another folder, or that of a commit.
struct OtherSite: Sendable {
    /// The site, of a commit no more than its records.
    let site: CommittedSite
    /// The name by which it was given.
    let name: String
    /// Its folder as findings name it, with a slash at the end.
    let shown: String

    /// What marks a name as that of a commit where a folder has the same.
    private static let mark = "git:"

    /// Reads the site of a name: a folder if there is one, or else a revision of the repository that the project's site is in.
    ///
    /// - Throws: `Diagnostic`, if it is neither, or has no site.
    static func read(_ name: String, besides folders: ProjectFolders) async throws(Diagnostic) -> OtherSite {
        let isMarked = name.hasPrefix(mark)
        if !isMarked, !name.isEmpty, FileManager.default.fileExists(atPath: name) {
            let site = try CommittedSite(at: name)
            guard site.files[Manifest.path] != nil else { throw noSite(in: name) }
            return OtherSite(site: site, name: name, shown: name.hasSuffix("/") ? name : "\(name)/")
        }
        let revision = isMarked ? String(name.dropFirst(mark.count)) : name
        // A project that was never built has no folder of its site yet.
        let isBuilt = FileManager.default.fileExists(atPath: folders.site)
        let url = URL(filePath: folders.site).standardizedFileURL
        let folder = isBuilt ? url : url.deletingLastPathComponent()
        let way = isBuilt ? "" : "\(url.lastPathComponent)/"
        let repository = GitRepository(around: folder.path(percentEncoded: false))
        guard !revision.isEmpty, let commit = await repository.commit(revision) else {
            let missing =
                isMarked ? "there is no such commit" : "there is neither such a folder nor such a commit"
            let reason = await repository.refusal().map { ": \($0)" } ?? ""
            throw Diagnostic(
                .error,
                .setup,
                at: SourceLocation(file: name.isEmpty ? "''" : name),
                missing + reason,
                hint:
                    "name the folder of a site, or a revision, such as --against HEAD~1; git log --oneline lists them"
            )
        }
        var files: [String: [UInt8]] = [:]
        let wanted = await repository.paths(in: commit).filter { path in
            path == way + Manifest.path || path.hasPrefix("\(way)records/") && path.hasSuffix(".json")
        }
        for path in wanted {
            files[String(path.dropFirst(way.count))] = await repository.contents(of: path, in: commit)
        }
        guard files[Manifest.path] != nil else { throw noSite(in: "\(revision):\(folders.shownSite)") }
        return OtherSite(
            site: CommittedSite(files: files),
            name: revision,
            shown: "\(revision):\(folders.shownSite)"
        )
    }

    private static func noSite(in place: String) -> Diagnostic {
        Diagnostic(
            .error,
            .setup,
            at: SourceLocation(file: place),
            "there is no site here: \(Manifest.path) is missing",
            hint: "name a folder that ./unroll build wrote, or a commit that holds one"
        )
    }
}
