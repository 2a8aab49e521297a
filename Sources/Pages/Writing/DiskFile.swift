internal import Foundation

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A file of a site on disk, of which there are thousands.
///
/// Foundation waits for each file that it writes until it is on the disk itself; a site takes its place in one step after
/// all are written.
struct DiskFile {
    /// Where it is.
    let path: String

    /// Whether it is a folder; a link to one is none.
    var isFolder: Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// What is there.
    enum State {
        case missing
        /// These very bytes.
        case same
        case different
    }

    /// Compares what is there with bytes.
    func state(against bytes: [UInt8]) -> State {
        let file = open(path, O_RDONLY)
        guard file >= 0 else { return errno == ENOENT || errno == ENOTDIR ? .missing : .different }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, Int(status.st_size) == bytes.count else { return .different }
        return withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
            bytes.withUnsafeBytes { bytes in
                var position = 0
                while position < bytes.count {
                    let count = read(file, buffer.baseAddress, buffer.count)
                    guard count > 0, position + count <= bytes.count,
                        memcmp(buffer.baseAddress!, bytes.baseAddress! + position, count) == 0
                    else { return .different }
                    position += count
                }
                return .same
            }
        }
    }

    /// Writes a file that is not there yet.
    ///
    /// - Throws: `POSIXError`.
    func create(_ bytes: [UInt8]) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o666)
        guard file >= 0 else { throw DiskFile.failure }
        do {
            try bytes.withUnsafeBytes { bytes in
                var position = 0
                while position < bytes.count {
                    let count = write(file, bytes.baseAddress! + position, bytes.count - position)
                    guard count >= 0 || errno == EINTR else { throw DiskFile.failure }
                    position += max(0, count)
                }
            }
        } catch {
            close(file)
            throw error
        }
        // Some file systems say only now that there is no room.
        guard close(file) == 0 else { throw DiskFile.failure }
    }

    private static var failure: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
