#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// What the system says of a file besides its contents: another after every write, replacement or touch, for the time
/// of change, unlike that of the contents, cannot be set.
package struct FileStamp: Sendable, Hashable, CustomStringConvertible {
    package let description: String

    /// Asks the system; `nil` where there is no such file.
    package init?(of path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        #if canImport(Darwin)
            let (written, changed) = (status.st_mtimespec, status.st_ctimespec)
        #else
            let (written, changed) = (status.st_mtim, status.st_ctim)
        #endif
        description = [
            Int(status.st_dev), Int(status.st_ino), Int(status.st_size), written.tv_sec, written.tv_nsec,
            changed.tv_sec, changed.tv_nsec,
        ].map(String.init).joined(separator: " ")
    }
}
