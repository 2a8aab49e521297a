internal import Foundation

/// A file that a lesson's cells read, declared in its front matter under `data:`.
public struct DataFile: Sendable, Equatable {
    /// Its path in the folder of lessons, such as `data/names.txt`.
    public var path: String
    /// The location of its declaration.
    public var location: SourceLocation

    /// Declares a file.
    public init(path: String, at location: SourceLocation) {
        self.path = path
        self.location = location
    }

    /// The reason why a path cannot name a file in the folder of lessons; `nil` when it can.
    ///
    /// - Parameter part: The name of the part's folder that the path counts from, which it may begin with a way out of;
    ///   `nil` where it counts from the folder of lessons.
    static func objection(to path: String, in part: String? = nil) -> String? {
        let rest = part != nil && path.hasPrefix("../") ? path.dropFirst(3) : path[...]
        let parts = rest.split(separator: "/", omittingEmptySubsequences: false)
        if path.hasPrefix("/") || path.hasPrefix("~") { return "the path '\(path)' is not relative" }
        if path.contains("\\") { return "the path '\(path)' is written with \\" }
        if parts.contains("..") { return "the path '\(path)' leads out of the folder of lessons" }
        if parts.contains("") || parts.contains(".") { return "the path '\(path)' has a part that is empty" }
        return nil
    }

    /// The reason why the file cannot be read, or does not lie in the folder of lessons, whatever links lead to it.
    ///
    /// - Parameter part: The name of the part's folder from which its path is written; `nil` for the folder of lessons.
    func problem(in folder: URL, from part: String? = nil) -> (message: String, hint: String)? {
        let file = folder.appending(path: path)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder) else {
            return ("there is no data file '\(path)' in the folder of lessons", hint(in: folder, from: part))
        }
        if isFolder.boolValue {
            return ("'\(path)' is a folder; data files are declared one by one", "write \(path)/… for each")
        }
        let inside = folder.resolvingSymlinksInPath().path + "/"
        guard file.resolvingSymlinksInPath().path.hasPrefix(inside) else {
            return ("'\(path)' is a link out of the folder of lessons", "copy the file into the folder")
        }
        guard FileManager.default.isReadableFile(atPath: file.path) else {
            return ("'\(path)' cannot be read: permission denied", "see who may read it with ls -l")
        }
        return nil
    }

    private func hint(in folder: URL, from part: String?) -> String {
        let parent = path.split(separator: "/").dropLast().map { $0 + "/" }.joined()
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path + "/" + parent)) ?? []
        let nearest = Spelling.nearest(to: path, among: names.sorted().map { parent + $0 })
        if let nearest { return "did you mean '\(RelativePath.written(nearest, in: part ?? ""))'?" }
        return part.map { "paths count from the lesson's own folder, \($0); ../ leads to the one around it" }
            ?? "paths count from the folder of lessons"
    }
}
