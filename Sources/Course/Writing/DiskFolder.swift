internal import Foundation
internal import LibC

/// A folder on disk that is held open: what is done under a name is done in this very folder, and through no link.
///
/// Foundation waits for each file that it writes until it is on the disk itself, and follows links; a site has
/// thousands of files, and somebody else's beside them.
final class DiskFolder: Sendable {
    /// The path by which the folder was reached.
    let path: String
    private let descriptor: Int32

    /// The system's error for a path.
    struct Failure: Error {
        var path: String
        var code: POSIXErrorCode

        /// The latest failure of this thread.
        init(at path: String) {
            self.init(at: path, POSIXErrorCode(rawValue: errno) ?? .EIO)
        }

        init(at path: String, _ code: POSIXErrorCode) {
            (self.path, self.code) = (path, code)
        }

        /// The system's words, such as `No space left on device`.
        var reason: String { String(cString: strerror(code.rawValue)) }
    }

    /// The kind of thing under a name; a link is looked at, not followed.
    enum Entry {
        case missing
        case file(Attributes)
        case folder
        /// Neither of them, in words: `a link`.
        case other(String)
    }

    /// The attributes of a file besides its contents.
    struct Attributes {
        fileprivate let status: stat

        var size: Int { Int(status.st_size) }

        /// Whether two names are of one file, as on a disk that does not distinguish cases.
        func isSameFile(as other: Attributes) -> Bool {
            (status.st_dev, status.st_ino) == (other.status.st_dev, other.status.st_ino)
        }
    }

    /// Opens a folder; links on the way to it are followed.
    init(_ path: String) throws(Failure) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(at: path) }
    }

    private init(in folder: DiskFolder, _ name: String) throws(Failure) {
        path = folder.path(of: name)
        descriptor = openat(folder.descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(at: path) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    func path(of name: String) -> String { path.hasSuffix("/") ? path + name : "\(path)/\(name)" }

    /// Makes a folder, and those that it stands in.
    ///
    /// - Returns: The paths that were made, outermost first.
    static func make(_ path: String) throws(Failure) -> [String] {
        if mkdir(path, 0o777) == 0 { return [path] }
        if errno == EEXIST { return [] }
        let parent = (path as NSString).deletingLastPathComponent
        guard errno == ENOENT, !parent.isEmpty, parent != path else { throw Failure(at: path) }
        let made = try make(parent)
        guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
            let failure = Failure(at: path)
            for folder in made.reversed() { rmdir(folder) }
            throw failure
        }
        return made + [path]
    }

    /// Removes folders that are empty, the last first.
    static func removeEmpty(_ paths: [String]) {
        for path in paths.reversed() { rmdir(path) }
    }

    // MARK: Looking

    func entry(_ name: String) throws(Failure) -> Entry {
        var status = stat()
        guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            if errno == ENOENT { return .missing }
            throw Failure(at: path(of: name))
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file(Attributes(status: status))
        case S_IFDIR: return .folder
        case S_IFLNK: return .other("a link")
        case S_IFIFO: return .other("a pipe")
        case S_IFSOCK: return .other("a socket")
        default: return .other("a device")
        }
    }

    /// The names in the folder.
    var names: [String] {
        get throws(Failure) {
            do {
                return try FileManager.default.contentsOfDirectory(atPath: path)
            } catch {
                throw Failure(at: path, .EACCES)
            }
        }
    }

    func folder(_ name: String) throws(Failure) -> DiskFolder { try DiskFolder(in: self, name) }

    /// The bytes of a file. A pipe that has taken its place since it was looked at is not waited for.
    func contents(of name: String) throws(Failure) -> [UInt8] {
        try reading(name) { file, count throws(Failure) in
            var bytes: [UInt8] = []
            var failure: Failure?
            bytes.reserveCapacity(count)
            withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
                while true {
                    let count = read(file, buffer.baseAddress, buffer.count)
                    if count < 0 { failure = Failure(at: path(of: name)) }
                    guard count > 0 else { return }
                    bytes += buffer[..<count]
                }
            }
            if let failure { throw failure }
            return bytes
        }
    }

    /// Whether a file holds these very bytes; one that cannot be read does not.
    func holds(_ bytes: [UInt8], in name: String, _ attributes: Attributes) -> Bool {
        guard attributes.size == bytes.count else { return false }
        let isSame = try? reading(name) { file, _ in
            withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
                bytes.withUnsafeBytes { bytes in
                    var position = 0
                    while position < bytes.count {
                        let count = read(file, buffer.baseAddress, buffer.count)
                        guard count > 0, position + count <= bytes.count,
                            memcmp(buffer.baseAddress!, bytes.baseAddress! + position, count) == 0
                        else { return false }
                        position += count
                    }
                    return true
                }
            }
        }
        return isSame ?? false
    }

    private func reading<Result>(
        _ name: String,
        _ body: (_ file: Int32, _ size: Int) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let file = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard file >= 0 else { throw Failure(at: path(of: name)) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw Failure(at: path(of: name)) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw Failure(at: path(of: name), .EINVAL) }
        return try body(file, Int(status.st_size))
    }

    // MARK: Changing

    /// Makes a folder under a name.
    ///
    /// - Returns: Whether there was none.
    func make(_ name: String) throws(Failure) -> Bool {
        guard mkdirat(descriptor, name, 0o777) != 0 else { return true }
        guard errno == EEXIST else { throw Failure(at: path(of: name)) }
        return false
    }

    /// Writes a file under a name that nothing has yet.
    ///
    /// - Parameters:
    ///   - final: The name that the file is to get, of which a failure speaks.
    ///   - old: What the file is to have of the one whose place it will take: mode, and owner where that may be given.
    ///   - isFlushed: Whether the bytes are waited for until they are on the disk itself.
    func create(
        _ name: String,
        for final: String,
        _ bytes: [UInt8],
        like old: Attributes? = nil,
        isFlushed: Bool = false
    ) throws(Failure) {
        let file = openat(descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw Failure(at: path(of: final)) }
        var failure = bytes.withUnsafeBytes { bytes -> Failure? in
            var position = 0
            while position < bytes.count {
                let count = write(file, bytes.baseAddress! + position, bytes.count - position)
                guard count >= 0 || errno == EINTR else { return Failure(at: path(of: final)) }
                position += max(0, count)
            }
            return nil
        }
        if failure == nil, let old {
            if (old.status.st_uid, old.status.st_gid) != (geteuid(), getegid()) {
                _ = fchown(file, old.status.st_uid, old.status.st_gid)
            }
            _ = fchmod(file, old.status.st_mode & 0o7777)
        }
        if failure == nil, isFlushed, fsync(file) != 0, errno != EINVAL {
            failure = Failure(at: path(of: final))
        }
        // Some file systems say only now that there is no room.
        if close(file) != 0, failure == nil { failure = Failure(at: path(of: final)) }
        guard let failure else { return }
        unlinkat(descriptor, name, 0)
        throw failure
    }

    /// Gives a file another name, which nothing has, or else a file whose place it is to take: what somebody saves there
    /// in the same moment stays.
    func put(_ name: String, at new: String, inPlaceOfFile isExpected: Bool) throws(Failure) {
        switch try entry(new) {
        case .file where isExpected: break
        case .missing:
            if linkat(descriptor, name, descriptor, new, 0) == 0 {
                unlinkat(descriptor, name, 0)
                return
            }
            // A file system may let a file have one name only.
            guard [EPERM, ENOTSUP, EOPNOTSUPP, ENOSYS].contains(errno) else {
                throw Failure(at: path(of: new))
            }
        case .file, .folder, .other: throw Failure(at: path(of: new), .EEXIST)
        }
        guard renameat(descriptor, name, descriptor, new) == 0 else { throw Failure(at: path(of: new)) }
    }

    /// Gives a file a second name, where the file system has such a thing.
    func link(_ name: String, as second: String) {
        _ = linkat(descriptor, name, descriptor, second, 0)
    }

    func remove(_ name: String) throws(Failure) {
        guard unlinkat(descriptor, name, 0) == 0 || errno == ENOENT else { throw Failure(at: path(of: name)) }
    }

    /// Removes a folder if nothing is in it.
    func removeEmpty(_ name: String) {
        unlinkat(descriptor, name, AT_REMOVEDIR)
    }

    /// Waits until the names in the folder are on the disk itself, where the file system can be asked.
    func flush() { fsync(descriptor) }

    /// Takes the folder for this process alone, among those that ask; the lock ends with it, however it ends.
    ///
    /// - Returns: `nil` where the file system has no locks.
    func lock(waiting: Duration) -> Bool? {
        let end = ContinuousClock.now + waiting
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { return nil }
            guard ContinuousClock.now < end else { return false }
            usleep(10_000)
        }
        return true
    }

    func unlock() { flock(descriptor, LOCK_UN) }
}
