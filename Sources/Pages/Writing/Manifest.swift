package import Foundation
package import Lessons

/// The list of files in a site's folder that Unroll has made, and so may replace and remove.
package struct Manifest: Sendable, Hashable {
    /// Where the list stands in the site.
    package static let path = "unroll-files.txt"
    private static let heading =
        "# Made by Unroll, which replaces and removes these files. Others are left alone."

    /// The paths of the files, without the list itself.
    package var paths: Set<String>

    /// Lists paths.
    package init(paths: some Sequence<String>) {
        self.paths = Set(paths)
    }

    /// The list as it is written: one path a line, in order.
    package var text: String {
        ([Self.heading] + paths.sorted()).joined(separator: "\n") + "\n"
    }

    /// Reads the list in a folder; a folder that is not there, or has no list, holds nothing of ours.
    ///
    /// - Throws: A `Diagnostic` if the folder is something else, or its list is not one.
    package init(ofFolder folder: URL, shownAs shown: String) throws(Diagnostic) {
        var isFolder: ObjCBool = false
        paths = []
        guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder) else { return }
        guard isFolder.boolValue else {
            throw Diagnostic(
                .error,
                .file,
                at: SourceLocation(file: shown),
                "'\(shown)' is a file; the site needs a folder there"
            )
        }
        let list = folder.appending(path: Self.path)
        guard FileManager.default.fileExists(atPath: list.path) else { return }
        guard let text = try? String(contentsOf: list, encoding: .utf8), text.hasPrefix(Self.heading) else {
            throw Diagnostic(
                .error,
                .file,
                at: SourceLocation(file: "\(shown)/\(Self.path)"),
                "this is not a list that Unroll wrote",
                hint: "move it away, or choose another folder with --out"
            )
        }
        paths = Set(text.split(separator: "\n").dropFirst().map(String.init).filter(Self.staysInside))
        paths.insert(Self.path)
    }

    /// Whether a path of the list leads nowhere outside the folder, should somebody have edited the list.
    private static func staysInside(_ path: String) -> Bool {
        path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
            !["", ".", ".."].contains($0)
        }
    }
}
