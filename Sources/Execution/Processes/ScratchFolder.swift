internal import Foundation
internal import LibC
internal import Synchronization

/// A folder for the time of a lesson's run. It is locked as long as its process lives: what a process leaves behind that
/// was killed, the next one removes.
struct ScratchFolder: Sendable {
    /// The folder.
    let url: URL
    private let lock: Int32

    private static let prefix = "unroll-"
    /// The folders in which leftovers have been looked for.
    private static let searched = Mutex<Set<URL>>([])

    /// Makes a folder.
    ///
    /// - Parameter parent: The folder to make it in; where that cannot be, or if it is `nil`, that of temporary files.
    init(in parent: URL? = nil) throws {
        if let parent, let made = try? ScratchFolder(within: parent) {
            self = made
        } else {
            try self.init(within: FileManager.default.temporaryDirectory)
        }
    }

    private init(within parent: URL) throws {
        ScratchFolder.removeLeftovers(in: parent)
        let name = UUID().uuidString
        // Under this name nobody looks for leftovers, until it is locked.
        let new = parent.appending(path: ".\(ScratchFolder.prefix)\(name)", directoryHint: .isDirectory)
        url = parent.appending(path: "\(ScratchFolder.prefix)\(name)", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: new, withIntermediateDirectories: true)
        lock = ScratchFolder.locked(new) ?? -1
        try FileManager.default.moveItem(at: new, to: url)
    }

    /// Removes the folder with all that is in it.
    func remove() {
        try? FileManager.default.removeItem(at: url)
        if lock >= 0 { close(lock) }
    }

    /// Removes, once in the life of this process, the folders of processes that are no more.
    private static func removeLeftovers(in parent: URL) {
        guard searched.withLock({ $0.insert(parent).inserted }) else { return }
        let names =
            (try? FileManager.default.contentsOfDirectory(atPath: parent.path(percentEncoded: false))) ?? []
        for name in names
        where name.hasPrefix(prefix) && UUID(uuidString: String(name.dropFirst(prefix.count))) != nil {
            let folder = parent.appending(path: name, directoryHint: .isDirectory)
            guard let lock = locked(folder) else { continue }
            try? FileManager.default.removeItem(at: folder)
            close(lock)
        }
    }

    /// A lock on a folder, which ends with the process; `nil` where another holds it.
    private static func locked(_ folder: URL) -> Int32? {
        let descriptor = open(
            folder.path(percentEncoded: false),
            O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW
        )
        guard descriptor >= 0 else { return nil }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return descriptor }
        close(descriptor)
        return nil
    }
}
