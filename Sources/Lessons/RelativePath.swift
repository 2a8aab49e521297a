/// Paths that are written in one file and lead to another, as links and declared data do. They count from the folder of the
/// file in which they stand; what they lead to has a path from the folder at the top, that of the lessons or of the site.
package enum RelativePath {
    /// Returns the folder of a file; `nil` for one at the top.
    package static func folder(of path: String) -> String? {
        path.lastIndex(of: "/").map { String(path[..<$0]) }
    }

    /// Returns the path from the top to what a path leads to; `nil` if it leads out of the top.
    ///
    /// - Parameters:
    ///   - path: The path as it is written.
    ///   - folder: The folder of the file in which it stands, from the top; empty for the top itself.
    package static func resolved(_ path: String, in folder: String) -> String? {
        var parts = folder.split(separator: "/")
        for part in path.split(separator: "/", omittingEmptySubsequences: false) {
            switch part {
            case ".": break
            case "..": if parts.popLast() == nil { return nil }
            default: parts.append(part)
            }
        }
        return parts.joined(separator: "/")
    }

    /// Returns the path that leads to a file from a file in a folder.
    ///
    /// - Parameters:
    ///   - path: The path of the file from the top.
    ///   - folder: The folder in which the path will be written, from the top; empty for the top itself.
    package static func written(_ path: String, in folder: String) -> String {
        let (wanted, present) = (path.split(separator: "/"), folder.split(separator: "/"))
        let shared = zip(wanted.dropLast(), present).prefix { $0 == $1 }.count
        guard shared > 0 || !present.isEmpty else { return path }
        let way =
            repeatElement("..", count: present.count - shared) + wanted.dropFirst(shared).map(String.init)
        return way.joined(separator: "/")
    }

    /// Returns the path from the top to what a path leads to that is written in a file; `nil` if it leads out of the top.
    package static func resolved(_ path: String, from file: String) -> String? {
        resolved(path, in: folder(of: file) ?? "")
    }

    /// Returns the path that leads to a file from another.
    package static func written(_ path: String, from file: String) -> String {
        written(path, in: folder(of: file) ?? "")
    }
}
