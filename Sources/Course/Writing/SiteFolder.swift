internal import Foundation
package import Lessons
package import Pages

/// A site's folder on disk, with the list of what in it is Unroll's. Nothing else in it is even looked at.
package struct SiteFolder: Sendable {
    /// The list.
    package let manifest: Manifest
    /// The list's bytes; `nil` if there is none.
    package let list: [UInt8]?
    let root: DiskFolder

    /// The content under a path of the site.
    package enum Content: Sendable, Hashable {
        case missing
        case file([UInt8])
        /// No file that can be read, and why.
        case unreadable(String)
    }

    /// Opens a folder.
    ///
    /// - Parameter folder: Its path, as a command names it.
    /// - Returns: `nil` if there is none.
    /// - Throws: A `Diagnostic` if it is something else, cannot be read, or its list is not one.
    package init?(at folder: String) throws(Diagnostic) {
        let root: DiskFolder
        do throws(DiskFolder.Failure) {
            root = try DiskFolder(SiteFolder.path(of: folder))
        } catch {
            guard error.code != .ENOENT else { return nil }
            throw SiteFolder.refusal(opening: folder, error)
        }
        try self.init(root, shownAs: folder)
    }

    /// Reads the list of a folder that is open.
    init(_ root: DiskFolder, shownAs folder: String) throws(Diagnostic) {
        self.root = root
        let place = SourceLocation(
            file: folder.hasSuffix("/") ? folder + Manifest.path : "\(folder)/\(Manifest.path)"
        )
        do throws(DiskFolder.Failure) {
            switch try root.entry(Manifest.path) {
            case .missing:
                (list, manifest) = (nil, Manifest(paths: []))
                return
            case .file:
                let bytes = try root.contents(of: Manifest.path)
                let text = String(validating: bytes, as: UTF8.self)
                guard let read = text.flatMap(Manifest.init(reading:)) else { break }
                (list, manifest) = (bytes, read)
                return
            case .folder, .other: break
            }
        } catch {
            throw Diagnostic(
                .error,
                .file,
                at: place,
                "the list of the site's files cannot be read: \(error.reason)"
            )
        }
        throw Diagnostic(
            .error,
            .file,
            at: place,
            "this is not a list that Unroll wrote",
            hint: "move it away, or choose another folder with --out"
        )
    }

    /// The contents under paths of the site, in any order.
    package func contents(of paths: some Collection<String>) -> [(path: String, content: Content)] {
        Dictionary(grouping: paths, by: \.siteFolder).flatMap { folder, paths in
            let way = Result { () throws(DiskFolder.Failure) in try self.way(to: folder) }
            return paths.concurrentMap { path -> (path: String, content: Content) in
                switch way {
                case .success(.folder(let folder)): (path, folder.content(of: path.siteName))
                case .success(.missing): (path, .missing)
                case .success(.blocked(let part, let what)): (path, .unreadable("'\(part)' is \(what)"))
                case .failure(let failure): (path, .unreadable(failure.reason))
                }
            }
        }
    }

    /// The target that the path of a folder in the site leads to.
    enum Way: Sendable {
        case folder(DiskFolder)
        case missing
        /// Something stands under a part of the path that must be left alone, in words.
        case blocked(at: String, by: String)
    }

    /// Follows the path of a folder in the site, but no link, and into no other site.
    func way(to folder: String) throws(DiskFolder.Failure) -> Way {
        var (reached, path) = (root, "")
        for part in folder.split(separator: "/").map(String.init) {
            path += path.isEmpty ? part : "/\(part)"
            switch try reached.entry(part) {
            case .missing: return .missing
            case .file: return .blocked(at: path, by: "a file")
            case .other(let what): return .blocked(at: path, by: what)
            case .folder: reached = try reached.folder(part)
            }
            guard case .missing = try reached.entry(Manifest.path) else {
                return .blocked(at: path, by: "another project's site, with a list of its own,")
            }
        }
        return .folder(reached)
    }

    /// The path on disk of the folder that a command names.
    static func path(of folder: String) -> String {
        var path = URL(filePath: folder, directoryHint: .isDirectory).standardizedFileURL.path(
            percentEncoded: false
        )
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }

    /// The parts of a path to what it leads to in the end, which need not exist.
    package static func resolvedParts(of path: String) -> [String] {
        let place = URL(filePath: path).standardizedFileURL
        guard place.pathComponents.count > 1 else { return place.pathComponents }
        // Of what does not exist, Foundation resolves nothing.
        let parent = place.deletingLastPathComponent().resolvingSymlinksInPath()
        return parent.appending(path: place.lastPathComponent).resolvingSymlinksInPath().pathComponents
    }

    /// The diagnostic of a folder that cannot be opened.
    static func refusal(opening folder: String, _ failure: DiskFolder.Failure) -> Diagnostic {
        var isFolder: ObjCBool = true
        let path = path(of: folder)
        let place = SourceLocation(file: folder)
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue {
            let message = "'\(folder)' is a file; the site needs a folder there"
            return Diagnostic(.error, .file, at: place, message, hint: "choose another folder with --out")
        }
        if (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil, failure.code != .EACCES
        {
            let message = "'\(folder)' is a link that leads nowhere; the site needs a folder there"
            return Diagnostic(
                .error,
                .file,
                at: place,
                message,
                hint: "remove it, or choose another folder with --out"
            )
        }
        let message = "the folder '\(folder)' cannot be opened: \(failure.reason)"
        return Diagnostic(
            .error,
            .file,
            at: place,
            message,
            hint: "choose a folder that you may read and write with --out"
        )
    }
}

extension DiskFolder {
    fileprivate func content(of name: String) -> SiteFolder.Content {
        do throws(Failure) {
            switch try entry(name) {
            case .missing: return .missing
            case .file: return .file(try contents(of: name))
            case .folder: return .unreadable("it is a folder")
            case .other(let what): return .unreadable("it is \(what)")
            }
        } catch {
            return .unreadable(error.reason)
        }
    }
}

/// The parts of a path in a site.
extension String {
    /// The path of the folder in the site that a file stands in; empty for the site's own.
    var siteFolder: String {
        utf8.lastIndex(of: UInt8(ascii: "/")).map { String(self[..<$0]) } ?? ""
    }

    /// The name of the file in its folder.
    var siteName: String {
        utf8.lastIndex(of: UInt8(ascii: "/")).map { String(self[utf8.index(after: $0)...]) } ?? self
    }

    /// The paths of the folders that a file stands in, outermost first, without the site's own.
    var siteFolders: [String] {
        utf8.indices.filter { utf8[$0] == UInt8(ascii: "/") }.map { String(self[..<$0]) }
    }
}
