#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

#if canImport(Glibc) || canImport(Musl) || canImport(Darwin)
    /// A file that takes new bytes as a whole or stays as it was.
    ///
    /// The bytes go to a new file beside it, are flushed, and take the old one's name in one step. A link stays a link, and
    /// a file keeps its mode and, where the system allows that, its owner. What is no plain file, such as a pipe, is
    /// written to as it stands.
    struct ReplacedFile {
        /// The file, behind all links.
        private let path: String
        /// The status of the file that is there now; nil if there is none.
        private let existing: stat?

        init(_ path: String) throws(SystemFailure) {
            // Behind a zero the system would not read on, and write to another file.
            if path.utf8.contains(0) { throw SystemFailure(EINVAL) }
            var path = path
            for _ in 0..<40 {
                var found = stat()
                guard lstat(path, &found) == 0 else {
                    guard errno == ENOENT else { throw .last }
                    (self.path, existing) = (path, nil)
                    return
                }
                guard found.st_mode & S_IFMT == S_IFLNK else {
                    if found.st_mode & S_IFMT == S_IFDIR { throw SystemFailure(EISDIR) }
                    // A file that must not be changed must not be replaced either.
                    if access(path, W_OK) != 0 { throw .last }
                    (self.path, existing) = (path, found)
                    return
                }
                path = try Self.destination(ofLink: path)
            }
            throw SystemFailure(ELOOP)
        }

        /// Writes the bytes; if that fails, the file is as it was.
        func write(_ bytes: [UInt8]) throws(SystemFailure) {
            if let existing, existing.st_mode & S_IFMT != S_IFREG {
                return try OpenFile(path, O_WRONLY).write(bytes, flushing: false)
            }
            let (beside, file) = try makeFileBeside()
            do throws(SystemFailure) {
                if let existing {
                    _ = fchown(file.descriptor, existing.st_uid, existing.st_gid)
                    _ = fchmod(file.descriptor, existing.st_mode & 0o7777)
                }
                try file.write(bytes, flushing: true)
                guard rename(beside, path) == 0 else { throw .last }
            } catch {
                unlink(beside)
                throw error
            }
            flushFolder()
        }

        /// The path's part before the last name, with the slash behind it.
        private static func folder(of path: String) -> String {
            String(path[..<(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)])
        }

        private static func destination(ofLink path: String) throws(SystemFailure) -> String {
            var target = [UInt8](repeating: 0, count: Int(PATH_MAX))
            let count = target.withUnsafeMutableBytes {
                readlink(path, $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count)
            }
            guard count > 0 else { throw .last }
            let text = String(decoding: target[..<count], as: UTF8.self)
            return text.hasPrefix("/") ? text : folder(of: path) + text
        }

        /// A new file in the same folder, so that it can take the old one's place in one step.
        private func makeFileBeside() throws(SystemFailure) -> (path: String, file: OpenFile) {
            var failure = SystemFailure(EEXIST)
            for attempt in 0..<1000 {
                let beside = Self.folder(of: path) + ".safetensors-\(getpid())-\(attempt)"
                do throws(SystemFailure) {
                    return (beside, try OpenFile(beside, O_WRONLY | O_CREAT | O_EXCL))
                } catch {
                    failure = error
                    if error.number != EEXIST { break }
                }
            }
            throw failure
        }

        /// Makes the new name last; where a folder cannot be flushed, the system does it in its own time.
        private func flushFolder() {
            let folder = Self.folder(of: path)
            let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_CLOEXEC)
            if descriptor >= 0 {
                fsync(descriptor)
                close(descriptor)
            }
        }
    }

    /// An error number of the system.
    struct SystemFailure: Error {
        let number: Int32

        init(_ number: Int32) { self.number = number }

        /// The error of the last call.
        static var last: SystemFailure { SystemFailure(errno) }

        /// The reason, in the system's words.
        var reason: String { String(cString: strerror(number)) }

        /// Whether a wall may be the reason, for those who cannot see it.
        var mayBeWall: Bool { [ENOENT, EACCES, EPERM, EROFS].contains(number) }
    }

    /// A file that is open for writing.
    private struct OpenFile {
        let descriptor: Int32

        init(_ path: String, _ flags: Int32) throws(SystemFailure) {
            descriptor = open(path, flags | O_CLOEXEC, 0o666)
            if descriptor < 0 { throw .last }
        }

        /// Writes all bytes and closes the file.
        func write(_ bytes: [UInt8], flushing: Bool) throws(SystemFailure) {
            let failure = withoutSizeSignal { writeAll(bytes, flushing: flushing) }
            // Bytes that are still on their way may fail to arrive.
            let isClosed = close(descriptor) == 0 || errno == EINTR
            if let failure { throw failure }
            if !isClosed { throw .last }
        }

        private func writeAll(_ bytes: [UInt8], flushing: Bool) -> SystemFailure? {
            bytes.withUnsafeBytes { block in
                var start = 0
                while start < block.count {
                    let rest = UnsafeRawBufferPointer(rebasing: block[start...])
                    #if canImport(Glibc)
                        let count = Glibc.write(descriptor, rest.baseAddress, min(rest.count, 1 << 30))
                    #elseif canImport(Musl)
                        let count = Musl.write(descriptor, rest.baseAddress, min(rest.count, 1 << 30))
                    #else
                        let count = Darwin.write(descriptor, rest.baseAddress, min(rest.count, 1 << 30))
                    #endif
                    if count < 0 && errno == EINTR { continue }
                    if count <= 0 { return count < 0 ? .last : SystemFailure(EIO) }
                    start += count
                }
                // Some file systems have nothing to flush, and say so.
                if flushing && fsync(descriptor) != 0 && ![EINVAL, ENOTSUP].contains(errno) { return .last }
                return nil
            }
        }

        /// Runs `body` while a file that grows beyond what the process may write is an error, not a signal that ends
        /// the program.
        private func withoutSizeSignal<Result>(_ body: () -> Result) -> Result {
            var (signal, before, waiting) = (sigset_t(), sigset_t(), sigset_t())
            sigemptyset(&signal)
            sigaddset(&signal, SIGXFSZ)
            pthread_sigmask(SIG_BLOCK, &signal, &before)
            sigpending(&waiting)
            let wasWaiting = sigismember(&waiting, SIGXFSZ) == 1
            defer {
                sigpending(&waiting)
                var number: Int32 = 0
                if !wasWaiting && sigismember(&waiting, SIGXFSZ) == 1 { sigwait(&signal, &number) }
                pthread_sigmask(SIG_SETMASK, &before, nil)
            }
            return body()
        }
    }
#endif
