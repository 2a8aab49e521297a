internal import Foundation
internal import LibC

/// A folder, perhaps of a network disk, in which machines share blobs: laid out as a server's addresses are, so that a
/// server can serve it.
struct SharedFolder: SharedStore {
    /// The path.
    let place: String

    func read(_ path: String, limit: Int) async throws(SharedStoreFailure) -> [UInt8]? {
        let file = "\(place)/\(path)"
        return try await doing { () throws(SharedStoreFailure) in
            let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            guard descriptor >= 0 else {
                // The folder itself is made by the first who writes.
                if errno == ENOENT { return nil }
                throw SharedStoreFailure(String(cString: strerror(errno)))
            }
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            var status = stat()
            guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
                throw SharedStoreFailure("\(path) is no file")
            }
            guard status.st_size <= limit else { throw SharedStoreFailure.large(limit) }
            do {
                return try Array(handle.read(upToCount: limit) ?? Data())
            } catch {
                throw SharedStoreFailure(error.localizedDescription)
            }
        }
    }

    /// Writes to the side, and moves into place: who reads meanwhile sees all of it or nothing.
    func write(_ bytes: [UInt8], to path: String) async throws(SharedStoreFailure) {
        let file = URL(filePath: "\(place)/\(path)")
        try await doing { () throws(SharedStoreFailure) in
            do {
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                try Data(bytes).write(to: file, options: .atomic)
            } catch {
                throw SharedStoreFailure(error.systemReason)
            }
        }
    }

    /// Works on a thread of its own, which a disk that does not answer may hold for ever.
    private func doing<Value: Sendable>(
        _ work: @Sendable @escaping () throws(SharedStoreFailure) -> Value
    ) async throws(SharedStoreFailure) -> Value {
        do {
            return try await onOwnThread(work)
        } catch {
            throw error as? SharedStoreFailure ?? SharedStoreFailure("\(error)")
        }
    }
}
