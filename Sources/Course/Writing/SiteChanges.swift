internal import Lessons
internal import Pages
internal import Serialization

/// The changes of a site's folder, found out before any of them is made.
struct SiteChanges {
    /// A file to be written.
    struct Writing: Sendable {
        var file: SiteFile
        /// The file whose place it takes; `nil` where there is none.
        var old: DiskFolder.Attributes?
    }

    /// Why the changes must not be made: something under a path of the site is not ours.
    struct Refusal: Error {
        var path: String
        var message: String
    }

    /// The files that are new or differ.
    private(set) var writings: [Writing] = []
    /// The paths of our files that are no longer wanted.
    private(set) var removals: [String] = []
    /// The removals that make way for a new file: a file where a folder is to be, the same name in other cases.
    private(set) var obstacles: [String] = []
    /// The list while the rest is done; `nil` if no file comes or goes.
    private(set) var during: Manifest?
    /// The list at the end.
    private(set) var after: Manifest

    private let site: SiteFolder
    /// The paths of our files, by their bytes, as a disk tells names.
    private let owned: Set<[UInt8]>
    /// Files that are as they should be and were not listed.
    private var adopted: [SiteFile] = []

    /// Compares a folder with the files that are to be in it.
    ///
    /// - Parameters:
    ///   - files: The files, without their list.
    ///   - sources: The paths in the site of what it is made from, which is nobody's to write.
    /// - Throws: ``Refusal``, or `DiskFolder.Failure`.
    init(of site: SiteFolder, to files: [SiteFile], sparing sources: [String]) throws {
        self.site = site
        after = Manifest(paths: files.map(\.path))
        let own = SiteChanges.own(in: site, sparing: sources)
        owned = Set(own.map { Array($0.utf8) })
        let wanted = Set(files.map { Array($0.path.utf8) })
        let unwanted = own.filter { !wanted.contains(Array($0.utf8)) }
        var leaving: [(path: String, attributes: DiskFolder.Attributes)] = []
        for (path, state) in zip(
            unwanted,
            try SiteChanges.states(of: unwanted.map { SiteFile($0, []) }, in: site)
        ) {
            // What has taken the place of one of our files is somebody's, and stays.
            switch state {
            case .same(let attributes), .different(let attributes): leaving.append((path, attributes))
            case .missing, .blocked: break
            }
        }
        removals = leaving.map(\.path)
        obstacles = SiteChanges.obstacles(among: removals, to: files.map(\.path))
        for (file, state) in zip(files, try SiteChanges.states(of: files, in: site)) {
            try add(file, state, instead: leaving)
        }
        after.found = try found(files)
        during = whileUnfinished(files)
    }

    /// The paths of all that changes, in order.
    var paths: [String] {
        (writings.map(\.file.path) + removals + (changesList ? [Manifest.path] : [])).sorted()
    }

    /// Whether the list will be another than it is now.
    private var changesList: Bool { Array(after.text.utf8) != site.list }

    /// The paths of the files that are ours: those listed, and of an unfinished build's those that it wrote.
    private static func own(in site: SiteFolder, sparing sources: [String]) -> [String] {
        let fingerprints = Dictionary(grouping: site.manifest.unfinished) { Array($0.path.utf8) }
        let unfinished = site.contents(of: site.manifest.unfinished.map(\.path)).filter { path, content in
            guard case .file(let bytes) = content else { return false }
            // After a power failure a file may have its name, and none of its contents.
            guard !bytes.isEmpty else { return true }
            let fingerprint = Digest(of: bytes).text
            return fingerprints[Array(path.utf8)]?.contains { $0.fingerprint == fingerprint } == true
        }
        var seen: Set<[UInt8]> = []
        let own = site.manifest.paths.sorted() + unfinished.map(\.path)
        return own.filter { path in
            seen.insert(Array(path.utf8)).inserted
                && !sources.contains { path == $0 || path.hasPrefix("\($0)/") }
        }
    }

    /// The paths of the folders that files stand in, without the site's own.
    static func folders(of paths: some Sequence<String>) -> Set<String> {
        let folders = Set(paths.map(\.siteFolder)).subtracting([""])
        return folders.union(folders.flatMap(\.siteFolders))
    }
}

// MARK: - What is there

extension SiteChanges {
    private enum State: Sendable {
        case missing
        /// These very bytes.
        case same(DiskFolder.Attributes)
        case different(DiskFolder.Attributes)
        /// The path, or a part of it, is taken by something that is no file, and none can be there.
        case blocked(at: String, by: String)
    }

    /// The states of the places where files are to be, in the files' order.
    private static func states(of files: [SiteFile], in site: SiteFolder) throws -> [State] {
        var states = [State](repeating: .missing, count: files.count)
        for (folder, indices) in Dictionary(grouping: files.indices, by: { files[$0].path.siteFolder }) {
            switch try site.way(to: folder) {
            case .missing: break
            case .blocked(let part, let what):
                for index in indices { states[index] = .blocked(at: part, by: what) }
            case .folder(let folder):
                let found = indices.concurrentMap { index in
                    Result { () throws(DiskFolder.Failure) in try state(of: files[index], in: folder) }
                }
                for (index, state) in zip(indices, found) { states[index] = try state.get() }
            }
        }
        return states
    }

    private static func state(of file: SiteFile, in folder: DiskFolder) throws(DiskFolder.Failure) -> State {
        let name = file.path.siteName
        switch try folder.entry(name) {
        case .missing: return .missing
        case .file(let attributes):
            let isSame = folder.holds(file.contents, in: name, attributes)
            return isSame ? .same(attributes) : .different(attributes)
        case .folder: return .blocked(at: file.path, by: "a folder")
        case .other(let what): return .blocked(at: file.path, by: what)
        }
    }

    /// The files among those that go without whose going others cannot come.
    private static func obstacles(among removals: [String], to wanted: [String]) -> [String] {
        guard !removals.isEmpty else { return [] }
        let files = Set(wanted.map { $0.lowercased() })
        let folders = Set(folders(of: wanted).map { $0.lowercased() })
        return removals.filter { path in
            let path = path.lowercased()
            return files.contains(path) || folders.contains(path)
                || path.siteFolders.contains(where: files.contains)
        }
    }

    /// Whether nothing but obstacles stands under a path.
    private func isCleared(_ path: String) throws(DiskFolder.Failure) -> Bool {
        if obstacles.contains(path) { return true }
        // Links and other sites do not count as folders here.
        guard case .folder(let folder) = try site.way(to: path) else { return false }
        for name in try folder.names {
            guard try isCleared("\(path)/\(name)") else { return false }
        }
        return !after.found.contains(path) && !site.manifest.found.contains(path)
    }
}

// MARK: - What is to be done

extension SiteChanges {
    private mutating func add(
        _ file: SiteFile,
        _ state: State,
        instead leaving: [(path: String, attributes: DiskFolder.Attributes)]
    ) throws {
        let isOwned = owned.contains(Array(file.path.utf8))
        switch state {
        case .missing:
            writings.append(Writing(file: file))
        case .same where isOwned:
            break
        case .different(let old) where isOwned:
            writings.append(Writing(file: file, old: old))
        case .same(let old), .different(let old):
            // A disk that takes two names for one shows what goes where something comes.
            let isLeaving = leaving.contains {
                $0.attributes.isSameFile(as: old) && obstacles.contains($0.path)
            }
            if isLeaving {
                writings.append(Writing(file: file))
            } else if case .same = state, !file.isCopy {
                // Made of the lessons to the last byte: by an earlier build, whose list was lost.
                adopted.append(file)
            } else {
                let message = "was not made by Unroll, and a file of that name is to be written"
                throw Refusal(path: file.path, message: message)
            }
        case .blocked(let part, let what):
            guard try isCleared(part) else {
                let isItself = part.utf8.elementsEqual(file.path.utf8)
                let purpose = isItself ? "a file of that name" : "'\(file.path)'"
                throw Refusal(
                    path: part,
                    message: "is \(what) and not Unroll's, and \(purpose) is to be written"
                )
            }
            writings.append(Writing(file: file))
        }
    }

    /// The folders of files that were there before Unroll came.
    private func found(_ files: [SiteFile]) throws -> Set<String> {
        let listed = Array(site.manifest.paths) + site.manifest.unfinished.map(\.path)
        let known = SiteChanges.folders(of: listed + adopted.map(\.path))
        return try SiteChanges.folders(of: files.map(\.path)).filter { folder in
            guard site.manifest.found.contains(folder) || !known.contains(folder) else { return false }
            guard case .folder = try site.way(to: folder) else { return false }
            return true
        }
    }

    /// The list while files come and go.
    private func whileUnfinished(_ files: [SiteFile]) -> Manifest? {
        let coming = writings.filter { $0.old == nil }.map(\.file) + adopted
        guard !coming.isEmpty || !removals.isEmpty else { return nil }
        var list = Manifest(paths: files.map(\.path))
        list.paths.subtract(coming.map(\.path))
        list.found = after.found.union(site.manifest.found)
        list.unfinished = coming.map { Manifest.Unfinished($0.path, $0.contents) }
        for (path, content) in site.contents(of: removals) {
            if case .file(let bytes) = content {
                list.unfinished.append(Manifest.Unfinished(path, bytes))
            } else {
                list.paths.insert(path)
            }
        }
        return list
    }
}

extension Manifest.Unfinished {
    fileprivate init(_ path: String, _ contents: [UInt8]) {
        self.init(path: path, fingerprint: Digest(of: contents).text)
    }
}
