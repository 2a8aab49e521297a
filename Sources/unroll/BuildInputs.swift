internal import Execution
internal import Foundation
internal import Lessons
internal import Serialization

/// Everything that a site is made of: two builds with equal inputs make the same files, and say the same.
struct BuildInputs: Equatable {
    /// The digests of the lessons' files, by their slugs.
    let lessons: [String: Digest]
    /// A digest of the contents of all other files, and of what the tools are.
    let rest: Digest
    /// When the files were changed, which tells of an edit that was taken back.
    private let stamps: [FileStamp?]

    /// A file or folder, as it is found.
    private struct Source: Sendable {
        var path: String
        /// A digest of its contents; `nil` for a folder, and for what is not there.
        var digest: Digest?
        var stamp: FileStamp?
        var isFolder = false
    }

    /// Reads them.
    ///
    /// - Returns: `nil` where something is missing or cannot be read; a build says what.
    init?(of folders: SiteOptions) async {
        guard let toolchain = try? await Toolchain.find(), let library = try? NotebookLibrary.find(),
            let tool = Bundle.main.executableURL?.path(percentEncoded: false)
        else { return nil }
        let folder = URL(filePath: folders.lessonsFolder).standardizedFileURL
        let parent = folder.deletingLastPathComponent()
        let theme = parent.appending(path: "theme")
        let settings = parent.appending(path: "unroll.yml").path(percentEncoded: false)
        let site = URL(filePath: folders.siteFolder).standardizedFileURL
        let lessonPaths = BuildInputs.files(in: folder, except: site)
        let paths = lessonPaths + BuildInputs.files(in: theme, except: site) + [settings]
        let sources = paths.concurrentMap(BuildInputs.source).compactMap(\.self)
        guard sources.count == paths.count else { return nil }
        var lessons: [String: Digest] = [:]
        var rest: [String] = []
        for source in sources {
            if let digest = source.digest, source.path.hasSuffix(".md"),
                source.path.hasPrefix(lessonPaths[0]),
                case let name = source.path.dropFirst(lessonPaths[0].count + 1), !name.contains("/")
            {
                lessons[String(name.dropLast(3))] = digest
            } else {
                rest += [source.path, source.digest?.text ?? (source.isFolder ? "folder" : "none")]
            }
        }
        // Too long to be read each time.
        for path in [tool, toolchain.compiler, toolchain.sourceKit] + library.files {
            rest += [path, FileStamp(of: path)?.description ?? "none"]
        }
        for folder in [folder, site] {
            rest.append(folder.path(percentEncoded: false))
        }
        self.lessons = lessons
        self.rest = Digest(of: rest.joined(separator: "\u{0}"))
        stamps = sources.map(\.stamp)
    }

    /// The lessons, by their slugs, whose files are not as they were; `nil` if anything else has changed, too.
    func edits(since lessons: [String: Digest], _ rest: Digest) -> Set<String>? {
        guard rest == self.rest, lessons.keys == self.lessons.keys else { return nil }
        return Set(self.lessons.filter { lessons[$0.key] != $0.value }.keys)
    }

    /// Looks at a file or folder; `nil` for one that cannot be read.
    private static func source(at path: String) -> Source? {
        let stamp = FileStamp(of: path)
        guard stamp != nil else { return Source(path: path) }
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        if isFolder.boolValue { return Source(path: path, isFolder: true) }
        guard let contents = FileManager.default.contents(atPath: path) else { return nil }
        return Source(path: path, digest: Digest(of: contents), stamp: stamp)
    }

    /// The paths of everything in a folder, or in that to which a link of its name leads, in order; but not of the site,
    /// which may lie there.
    private static func files(in folder: URL, except site: URL) -> [String] {
        func path(_ folder: URL) -> String {
            let path = folder.resolvingSymlinksInPath().path(percentEncoded: false)
            return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        }
        let (root, site) = (path(folder), path(site))
        let paths = ((try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []).map {
            "\(root)/\($0)"
        }
        guard site.hasPrefix("\(root)/") else { return [root] + paths.sorted() }
        return [root] + paths.filter { $0 != site && !$0.hasPrefix("\(site)/") }.sorted()
    }
}
