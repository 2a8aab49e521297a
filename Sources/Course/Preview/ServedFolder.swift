internal import Foundation
internal import Pages

/// The folder of a site, of which a server gives away the files and nothing else of the machine.
struct ServedFolder: Sendable {
    private let folder: URL

    /// Takes a folder, which need not exist yet.
    init(_ path: String) {
        folder = URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL
    }

    /// The path in the site that the target of a request names, `index.html` where it names a folder.
    ///
    /// - Parameter target: The path as it came, with its escapes.
    /// - Returns: `nil` for a target that is malformed, is hidden or leads out of the site.
    static func path(of target: some StringProtocol) -> String? {
        guard target.hasPrefix("/"), let decoded = LinkTarget(String(target.dropFirst())).unescaped else {
            return nil
        }
        let parts = decoded.split(separator: "/", omittingEmptySubsequences: false)
        let isInside = parts.enumerated().allSatisfy { index, part in
            // `.` and `..` are among the names that begin with a dot.
            !part.hasPrefix(".") && (!part.isEmpty || index == parts.count - 1)
                && !part.contains { $0 == "\\" || $0 == "\0" }
        }
        guard isInside else { return nil }
        return decoded.isEmpty || decoded.hasSuffix("/") ? decoded + "index.html" : decoded
    }

    /// The bytes of a file; `nil` if there is no such file, or if a link on the way to it leads out of the folder.
    func contents(of path: String) -> [UInt8]? {
        let root = folder.resolvingSymlinksInPath().pathComponents
        let file = folder.appending(path: path).resolvingSymlinksInPath()
        guard file.pathComponents.count > root.count, file.pathComponents.starts(with: root) else {
            return nil
        }
        let name = file.path(percentEncoded: false)
        let attributes = try? FileManager.default.attributesOfItem(atPath: name)
        guard attributes?[.type] as? FileAttributeType == .typeRegular else { return nil }
        return FileManager.default.contents(atPath: name).map { [UInt8]($0) }
    }

    /// The media type of a file, by its name.
    static func type(of path: String) -> String {
        switch path.split(separator: ".").last?.lowercased() {
        case "html": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "csv": "text/csv; charset=utf-8"
        case "txt", "md", "swift": "text/plain; charset=utf-8"
        case "json": "application/json"
        case "xml": "application/xml"
        case "pdf": "application/pdf"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "jpg", "jpeg": "image/jpeg"
        case "gif": "image/gif"
        case "webp": "image/webp"
        case "avif": "image/avif"
        case "ico": "image/x-icon"
        default: "application/octet-stream"
        }
    }
}
