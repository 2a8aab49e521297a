internal import Foundation
public import Lessons

/// Puts a site into its folder: all of it at once, or nothing.
///
/// The new folder is made beside the old one and takes its place in a single step. Files that did not change
/// are carried over as they are, with their dates; so are files that somebody else has put there. Which files are
/// ours stands in the site's own list, ``Manifest``.
public struct SiteWriter: Sendable {
    private let target: URL
    private let shownTarget: String

    /// Makes a writer for a folder, which need not exist.
    public init(to folder: String) {
        shownTarget = folder
        target = URL(filePath: folder).standardizedFileURL.resolvingSymlinksInPath()
    }

    /// Writes the site.
    ///
    /// - Returns: The paths that were written, changed or removed; empty if the folder was as it should be.
    /// - Throws: A `Diagnostic` of kind `file`; then nothing on disk has changed.
    @discardableResult
    public func write(_ site: Site) throws(Diagnostic) -> [String] {
        try write(site.files)
    }

    /// Writes files, whose paths are relative and lead nowhere outside the folder.
    ///
    /// - Returns: The paths that were written, changed or removed; empty if the folder was as it should be.
    /// - Throws: A `Diagnostic` of kind `file`; then nothing on disk has changed.
    @discardableResult
    public func write(_ files: [SiteFile]) throws(Diagnostic) -> [String] {
        let files = try checked(files)
        let old = try Manifest(ofFolder: target, shownAs: shownTarget)
        let changes = try self.changes(from: old, to: files)
        removeLeftovers()
        guard !changes.isEmpty else { return [] }
        let process = ProcessInfo.processInfo.processIdentifier
        let scratch = target.deletingLastPathComponent()
            .appending(path: "\(scratchPrefix)\(process)-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: scratch) }
        do {
            try fill(scratch, with: files, changed: Set(changes), old: old)
            try FolderSwap.put(scratch, inPlaceOf: target)
        } catch {
            throw refusal(writing: error)
        }
        return changes
    }

    /// How the names of folders that are being made begin; the number of the process follows.
    private var scratchPrefix: String { ".\(target.lastPathComponent).unroll-" }

    /// Removes what builds that were killed left beside the folder.
    package func removeLeftovers() {
        let parent = target.deletingLastPathComponent()
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent.path)) ?? []
        for name in names where name.hasPrefix(scratchPrefix) {
            let number = name.dropFirst(scratchPrefix.count).prefix { $0 != "-" }
            guard let process = Int32(number), !FolderSwap.isRunning(process) else { continue }
            try? FileManager.default.removeItem(at: parent.appending(path: name))
        }
    }

    /// The files with the list of their paths, if each path may be written and none is there twice.
    private func checked(_ files: [SiteFile]) throws(Diagnostic) -> [SiteFile] {
        var seen: Set<String> = [Manifest.path]
        for file in files {
            let parts = file.path.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." && !$0.contains("\0") }) else {
                throw refusal("'\(file.path)' is no path inside the site")
            }
            guard seen.insert(file.path).inserted else {
                throw refusal("two pages want to be '\(file.path)'")
            }
        }
        let manifest = Manifest(paths: files.map(\.path))
        return files + [SiteFile(Manifest.path, manifest.text)]
    }

    /// The paths whose files are new, differ, or are no longer wanted, in order.
    private func changes(from old: Manifest, to files: [SiteFile]) throws(Diagnostic) -> [String] {
        var changes: [String] = []
        let root = target.path
        let states = files.concurrentMap {
            DiskFile(path: "\(root)/\($0.path)").state(against: $0.contents)
        }
        for (file, state) in zip(files, states) where state != .same {
            guard state == .missing || old.paths.contains(file.path) else {
                throw refusal(
                    "'\(shownTarget)/\(file.path)' was not made by Unroll, and a page of that name is to be written",
                    hint: "move it away, or choose another folder with --out"
                )
            }
            changes.append(file.path)
        }
        let wanted = Set(files.map(\.path))
        changes += old.paths.subtracting(wanted).filter {
            FileManager.default.fileExists(atPath: target.appending(path: $0).path)
        }
        return changes.sorted()
    }

    /// Fills the new folder: our files, then everything of the old folder that is not ours.
    private func fill(
        _ scratch: URL,
        with files: [SiteFile],
        changed: Set<String>,
        old: Manifest
    ) throws {
        let manager = FileManager.default
        try manager.createDirectory(at: scratch, withIntermediateDirectories: true)
        // Threads that make files in the same folder wait for each other: a folder is one thread's.
        let folders = Dictionary(grouping: files, by: \.folder)
        for folder in folders.keys.compactMap(\.self) {
            let inside = scratch.appending(path: folder)
            try manager.createDirectory(at: inside, withIntermediateDirectories: true)
        }
        let (source, place) = (target.path, scratch.path)
        let results = Array(folders.values).concurrentMap { files in
            Result {
                for file in files {
                    let new = DiskFile(path: "\(place)/\(file.path)")
                    if changed.contains(file.path) {
                        try new.create(file.contents)
                    } else {
                        try FolderSwap.carry("\(source)/\(file.path)", to: new.path)
                    }
                }
            }
        }
        for result in results { try result.get() }
        guard manager.fileExists(atPath: target.path) else { return }
        let ours = old.paths.union(files.map(\.path))
        try carryForeign(from: target, to: scratch, under: "", except: ours)
    }

    private func carryForeign(from: URL, to: URL, under prefix: String, except ours: Set<String>) throws {
        let manager = FileManager.default
        for name in try manager.contentsOfDirectory(atPath: from.path).sorted() {
            let path = prefix + name
            let source = from.appending(path: name)
            let place = to.appending(path: name)
            if DiskFile(path: source.path).isFolder {
                let holdsOurs = ours.contains { $0.hasPrefix(path + "/") }
                if !manager.fileExists(atPath: place.path), !holdsOurs {
                    try manager.createDirectory(at: place, withIntermediateDirectories: true)
                }
                try carryForeign(from: source, to: place, under: path + "/", except: ours)
            } else if !ours.contains(path) {
                try manager.createDirectory(at: to, withIntermediateDirectories: true)
                try FolderSwap.carry(source.path, to: place.path)
            }
        }
    }

    /// What the system says of a site that cannot be written, and what may help.
    private func refusal(writing error: any Error) -> Diagnostic {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error
        guard let code = (error as? POSIXError ?? underlying as? POSIXError)?.code else {
            return refusal("cannot write '\(shownTarget)': \(error.localizedDescription)")
        }
        let reason = String(cString: strerror(code.rawValue))
        let hint =
            switch code {
            case .ENOSPC, .EDQUOT: "make room on the disk, or choose a folder elsewhere with --out"
            default: "choose a folder that you may write to with --out"
            }
        return refusal("cannot write '\(shownTarget)': \(reason)", hint: hint)
    }

    private func refusal(_ message: String, hint: String? = nil) -> Diagnostic {
        Diagnostic(.error, .file, at: SourceLocation(file: shownTarget), message, hint: hint)
    }
}

extension SiteFile {
    /// The folder in the site that the file stands in; `nil` for the site's own.
    fileprivate var folder: String? {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) }
    }
}
