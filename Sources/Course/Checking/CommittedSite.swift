package import Lessons
internal import Pages
package import Records
internal import Serialization

/// A site as it is on disk: what `check` compares with, and what `accept` changes. It is what the site's list names;
/// whatever else lies in the folder is none of its business.
package struct CommittedSite: Sendable {
    /// The files that Unroll has made, by their paths, with their list.
    package let files: [String: [UInt8]]
    /// The paths of those that Unroll has made.
    let listed: Set<String>
    /// Why files that are listed cannot be read, by their paths.
    let unreadable: [String: String]

    /// A site of these files, of which those count that its list names.
    package init(files: [String: [UInt8]]) {
        let list = files[Manifest.path].map { String(decoding: $0, as: UTF8.self) } ?? ""
        listed = (Manifest(reading: list)?.paths ?? []).union([Manifest.path])
        self.files = files.filter { [listed] file in listed.contains(file.key) }
        unreadable = [:]
    }

    /// Reads a site's folder.
    ///
    /// - Throws: `Diagnostic`, if there is no such folder, or it cannot be read.
    package init(at folder: String) throws(Diagnostic) {
        guard let site = try SiteFolder(at: folder) else {
            throw Diagnostic(
                .error,
                .file,
                at: SourceLocation(file: folder),
                "there is no site to compare with",
                hint: "./unroll build makes it; --out DIR names another folder"
            )
        }
        var files: [String: [UInt8]] = [:]
        var unreadable: [String: String] = [:]
        for (path, content) in site.contents(of: site.manifest.paths) {
            switch content {
            case .missing: break
            case .file(let bytes): files[path] = bytes
            case .unreadable(let reason): unreadable[path] = reason
            }
        }
        files[Manifest.path] = site.list
        self.files = files
        self.unreadable = unreadable
        listed = site.manifest.paths.union([Manifest.path])
    }

    /// The record of a lesson; `nil` if there is none, or the file is none.
    package func record(of slug: String) -> RunRecord? {
        guard let bytes = files[LessonPaths(slug).record], let json = try? JSON(parsing: bytes) else {
            return nil
        }
        // A record that was written otherwise than Unroll writes it holds what `RunRecord` does not.
        guard let record = RunRecord(json: json), Array(record.json.lines.utf8) == bytes else { return nil }
        return record
    }
}
