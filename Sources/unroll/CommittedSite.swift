internal import Foundation
package import Lessons
internal import Pages
package import Records

/// A site as it is on disk: what `check` compares with, and what `accept` changes.
package struct CommittedSite: Sendable {
    /// Every file in the folder, by its path.
    package let files: [String: [UInt8]]
    /// The paths of those that Unroll has made.
    let listed: Set<String>

    /// Files in a site's folder that are there for others than its readers.
    private static let foreign: Set<String> = [".git", ".nojekyll", ".DS_Store"]

    /// A site of these files.
    package init(files: [String: [UInt8]]) {
        self.files = files
        let list = files[Manifest.path].map { String(decoding: $0, as: UTF8.self) } ?? ""
        listed = Set(list.split(separator: "\n").dropFirst().map(String.init)).union([Manifest.path])
    }

    /// Reads a site's folder.
    ///
    /// - Throws: `Diagnostic`, if there is no such folder, or it cannot be read.
    package init(at folder: String) throws(Diagnostic) {
        let root = URL(filePath: folder, directoryHint: .isDirectory).standardizedFileURL
            .resolvingSymlinksInPath()
        var isFolder: ObjCBool = false
        let path = root.path(percentEncoded: false)
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            throw Diagnostic(
                .error,
                .file,
                at: SourceLocation(file: folder),
                "there is no site to compare with",
                hint: "./unroll build makes it; --out DIR names another folder"
            )
        }
        // Refuses what is no list.
        _ = try Manifest(ofFolder: root, shownAs: folder)
        do {
            var files: [String: [UInt8]] = [:]
            for path in try FileManager.default.subpathsOfDirectory(atPath: path) {
                let place = root.appending(path: path)
                let parts = path.split(separator: "/").map(String.init)
                guard CommittedSite.foreign.isDisjoint(with: parts), !place.hasDirectoryPath else { continue }
                let attributes = try FileManager.default.attributesOfItem(
                    atPath: place.path(percentEncoded: false)
                )
                if attributes[.type] as? FileAttributeType == .typeDirectory { continue }
                files[path] = Array(try Data(contentsOf: place))
            }
            self.init(files: files)
        } catch {
            let message = "the site cannot be read: \(error.localizedDescription)"
            throw Diagnostic(.error, .file, at: SourceLocation(file: folder), message)
        }
    }

    /// The record of a lesson; `nil` if there is none, or the file is none.
    package func record(of slug: String) -> RunRecord? {
        guard let bytes = files[Course.recordPath(slug)], let json = try? JSON(parsing: bytes) else {
            return nil
        }
        // A record that was written otherwise than Unroll writes it holds what `RunRecord` does not.
        guard let record = RunRecord(json: json), Array(record.json.lines.utf8) == bytes else { return nil }
        return record
    }
}
