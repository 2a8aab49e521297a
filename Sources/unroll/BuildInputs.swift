internal import Execution
internal import Foundation
internal import Lessons
internal import Records

/// Everything that a site is made of: two builds with equal inputs make the same files, and say the same.
struct BuildInputs: Equatable {
    /// A digest of the contents of all files, and of what the tools are.
    let digest: Digest
    /// When the files were changed, which tells of an edit that was taken back.
    private let stamps: [FileStamp?]

    /// Reads them.
    ///
    /// - Returns: `nil` where something is missing or cannot be read; a build says what.
    init?(of folders: SiteOptions) async {
        guard let toolchain = try? await Toolchain.find(), let library = try? NotebookLibrary(),
            let tool = Bundle.main.executableURL?.path(percentEncoded: false)
        else { return nil }
        let folder = URL(filePath: folders.lessonsFolder).standardizedFileURL
        let parent = folder.deletingLastPathComponent()
        let theme = parent.appending(path: "theme")
        let settings = parent.appending(path: "unroll.yml").path(percentEncoded: false)
        let paths = BuildInputs.files(in: folder) + BuildInputs.files(in: theme) + [settings]
        let parts = paths.concurrentMap { path -> (text: String, stamp: FileStamp?)? in
            let stamp = FileStamp(of: path)
            guard stamp != nil else { return ("\(path)\u{0}none", nil) }
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            if isFolder.boolValue { return ("\(path)\u{0}folder", nil) }
            guard let contents = FileManager.default.contents(atPath: path) else { return nil }
            return ("\(path)\u{0}\(Digest(of: contents).text)", stamp)
        }
        let known = parts.compactMap(\.self)
        guard known.count == parts.count else { return nil }
        // Too long to be read each time.
        let tools = ([tool, toolchain.compiler, toolchain.sourceKit] + library.files).map { path in
            "\(path)\u{0}\(FileStamp(of: path)?.description ?? "none")"
        }
        let places = [folder, URL(filePath: folders.siteFolder).standardizedFileURL].map {
            $0.path(percentEncoded: false)
        }
        digest = Digest(of: (known.map(\.text) + tools + places).joined(separator: "\u{0}"))
        stamps = known.map(\.stamp)
    }

    /// The paths of everything in a folder, or in that to which a link of its name leads, in order.
    private static func files(in folder: URL) -> [String] {
        let root = folder.resolvingSymlinksInPath().path(percentEncoded: false)
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []
        return [root] + paths.sorted().map { "\(root)/\($0)" }
    }
}
