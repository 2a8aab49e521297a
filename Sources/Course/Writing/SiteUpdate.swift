internal import Foundation
internal import Lessons
internal import Pages

/// The changes of a site while they are made.
struct SiteUpdate {
    private let site: SiteFolder
    private let changes: SiteChanges
    /// The prefix of the names of files that this build writes beside their places.
    private let prefix = SiteUpdate.opening + SiteUpdate.digits(of: .random(in: 0...UInt64.max))

    /// The failure of an update.
    struct Failure: Error {
        var cause: DiskFolder.Failure
        /// Whether the site is no longer as it was.
        var hasBegun: Bool
    }

    /// A file that waits beside its place.
    private struct Waiting: Sendable {
        var path: String
        var name: String
        var isNew: Bool
    }

    /// Prepares changes.
    init(of site: SiteFolder, _ changes: SiteChanges) {
        self.site = site
        self.changes = changes
    }

    /// Makes the changes.
    func run() throws(Failure) {
        let waiting = try prepare()
        do throws(DiskFolder.Failure) {
            try put(waiting)
            // Where an obstacle was, there may be a new file by now, even under the same name.
            let removals = Set(changes.removals).subtracting(changes.obstacles)
            for path in removals.sorted(by: { (-SiteUpdate.rank($0), $0) < (-SiteUpdate.rank($1), $1) }) {
                try remove(path)
            }
            removeFolders(of: changes.removals + site.manifest.unfinished.map(\.path))
            try write(changes.after)
        } catch {
            removeWaiting()
            throw Failure(cause: error, hasBegun: true)
        }
    }

    /// Writes all files beside their places: no room and no right to write is found out while the site is as it was.
    private func prepare() throws(Failure) -> [Waiting] {
        let old = "\(prefix)-old-list"
        var made: [String] = []
        var isAnnounced = false
        do throws(DiskFolder.Failure) {
            if let during = changes.during {
                if site.list != nil { site.root.link(Manifest.path, as: old) }
                try write(during)
                isAnnounced = true
            }
            for path in changes.obstacles { try remove(path) }
            removeFolders(of: changes.obstacles)
            let waiting = try stage(&made)
            try site.root.remove(old)
            return waiting
        } catch {
            // Needs no room, of which there may be none.
            if isAnnounced, site.list == nil { try? site.root.remove(Manifest.path) }
            if isAnnounced, site.list != nil {
                try? site.root.put(old, at: Manifest.path, inPlaceOfFile: true)
            }
            removeWaiting()
            for path in made.reversed() { removeFolder(path) }
            throw Failure(cause: error, hasBegun: !changes.obstacles.isEmpty)
        }
    }

    // MARK: Files

    private func stage(_ made: inout [String]) throws(DiskFolder.Failure) -> [Waiting] {
        let writings = changes.writings
        let folders = Dictionary(grouping: writings.indices) { writings[$0].file.path.siteFolder }
        for folder in folders.keys.sorted() { try make(folder, &made) }
        // Threads that make files in the same folder wait for each other: a folder is one thread's.
        let staged = folders.sorted { $0.key < $1.key }.concurrentMap { folder, indices in
            Result { () throws(DiskFolder.Failure) in try stage(indices, in: folder) }
        }
        var all: [Waiting] = []
        for waiting in staged { all += try waiting.get() }
        return all
    }

    private func stage(_ indices: [Int], in folder: String) throws(DiskFolder.Failure) -> [Waiting] {
        let folder = try open(folder)
        var waiting: [Waiting] = []
        for index in indices {
            let writing = changes.writings[index]
            let name = "\(prefix)-\(index)"
            try folder.create(name, for: writing.file.path.siteName, writing.file.contents, like: writing.old)
            waiting.append(Waiting(path: writing.file.path, name: name, isNew: writing.old == nil))
        }
        return waiting
    }

    /// Gives files their names, and with them their places: first what pages point to, then pages, then what lists them.
    private func put(_ waiting: [Waiting]) throws(DiskFolder.Failure) {
        let ordered = waiting.map { (SiteUpdate.rank($0.path), $0.path.siteFolder, $0) }
            .sorted { ($0.0, $0.1, $0.2.path) < ($1.0, $1.1, $1.2.path) }
        var reached: (path: String, folder: DiskFolder) = ("", site.root)
        for (_, folder, file) in ordered {
            if reached.path != folder { reached = (folder, try open(folder)) }
            try reached.folder.put(file.name, at: file.path.siteName, inPlaceOfFile: !file.isNew)
        }
    }

    private static let lists: Set = ["index.html", SearchIndex.path, "sitemap.xml", "feed.xml"]

    private static func rank(_ path: String) -> Int {
        lists.contains(path) ? 2 : path.hasSuffix(".html") ? 1 : 0
    }

    /// Removes one of our files; what has taken its place stays.
    private func remove(_ path: String) throws(DiskFolder.Failure) {
        guard case .folder(let folder) = try site.way(to: path.siteFolder),
            case .file = try folder.entry(path.siteName)
        else { return }
        try folder.remove(path.siteName)
    }

    private func write(_ list: Manifest) throws(DiskFolder.Failure) {
        guard changes.during != nil || Array(list.text.utf8) != site.list else { return }
        let name = "\(prefix)-new-list"
        var old: DiskFolder.Attributes?
        if case .file(let attributes) = try site.root.entry(Manifest.path) { old = attributes }
        try site.root.create(name, for: Manifest.path, Array(list.text.utf8), like: old, isFlushed: true)
        try site.root.put(name, at: Manifest.path, inPlaceOfFile: old != nil)
        site.root.flush()
    }

    // MARK: Folders

    private func open(_ folder: String) throws(DiskFolder.Failure) -> DiskFolder {
        guard case .folder(let open) = try site.way(to: folder) else {
            throw DiskFolder.Failure(at: site.root.path(of: folder), .ENOTDIR)
        }
        return open
    }

    private func make(_ folder: String, _ made: inout [String]) throws(DiskFolder.Failure) {
        var (reached, path) = (site.root, "")
        for part in folder.split(separator: "/").map(String.init) {
            path += path.isEmpty ? part : "/\(part)"
            if try reached.make(part) { made.append(path) }
            reached = try reached.folder(part)
        }
    }

    /// Removes the folders that files stood in and that Unroll made, where nothing is in them.
    private func removeFolders(of paths: [String]) {
        let folders = SiteChanges.folders(of: paths).subtracting(site.manifest.found)
            .subtracting(SiteChanges.folders(of: changes.after.paths))
        for folder in folders.sorted().reversed() { removeFolder(folder) }
    }

    private func removeFolder(_ path: String) {
        guard case .folder(let folder)? = try? site.way(to: path.siteFolder) else { return }
        folder.removeEmpty(path.siteName)
    }

    // MARK: Leftovers

    private static let opening = ".unroll-"

    private static func digits(of number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Removes what builds that were killed left beside the places of their files.
    ///
    /// - Parameter wanted: The paths of files that are to come.
    static func removeLeftovers(in site: SiteFolder, besides wanted: [String] = []) {
        let paths = Array(site.manifest.paths) + site.manifest.unfinished.map(\.path) + wanted
        removeFiles(in: site, beside: paths) { name in
            guard name.hasPrefix(opening) else { return false }
            let parts = name.dropFirst(opening.count).split(separator: "-", maxSplits: 1)
            return parts.count == 2 && UInt64(parts[0], radix: 16).map(digits) == String(parts[0])
                && (["old-list", "new-list"].contains(parts[1])
                    || Int(parts[1]).map(String.init) == String(parts[1]))
        }
    }

    /// Removes what this build has written beside the places of its files.
    private func removeWaiting() {
        let prefix = prefix
        SiteUpdate.removeFiles(in: site, beside: changes.writings.map(\.file.path)) { $0.hasPrefix(prefix) }
    }

    private static func removeFiles(
        in site: SiteFolder,
        beside paths: [String],
        where isMeant: (String) -> Bool
    ) {
        for path in SiteChanges.folders(of: paths).union([""]) {
            guard case .folder(let folder)? = try? site.way(to: path) else { continue }
            for name in (try? folder.names) ?? [] where isMeant(name) {
                if case .file? = try? folder.entry(name) { try? folder.remove(name) }
            }
        }
    }
}
