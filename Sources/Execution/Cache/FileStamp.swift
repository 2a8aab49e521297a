internal import LibC

/// The system's data about a file besides its contents: others after every write, replacement or touch, for the time of
/// change, unlike that of the contents, cannot be set.
package struct FileStamp: Sendable, Hashable, CustomStringConvertible {
    /// The data as a text.
    package let description: String

    /// Asks the system; `nil` where there is no such file.
    package init?(of path: String) {
        guard let status = FileStamp.status(of: path) else { return nil }
        let (_, written, changed) = FileStamp.times(in: status)
        description = [
            Int(status.st_dev), Int(status.st_ino), Int(status.st_size), written.tv_sec, written.tv_nsec,
            changed.tv_sec, changed.tv_nsec,
        ].map(String.init).joined(separator: " ")
    }

    /// Returns the size of a file, and the second in which it was read or written last; `nil` where there is none.
    static func use(of path: String) -> (size: Int, second: Int)? {
        guard let status = status(of: path) else { return nil }
        let (read, written, _) = times(in: status)
        return (Int(status.st_size), max(read.tv_sec, written.tv_sec))
    }

    private static func status(of path: String) -> stat? {
        var status = stat()
        return stat(path, &status) == 0 ? status : nil
    }

    private static func times(in status: stat) -> (read: timespec, written: timespec, changed: timespec) {
        #if canImport(Darwin)
            (status.st_atimespec, status.st_mtimespec, status.st_ctimespec)
        #else
            (status.st_atim, status.st_mtim, status.st_ctim)
        #endif
    }
}
