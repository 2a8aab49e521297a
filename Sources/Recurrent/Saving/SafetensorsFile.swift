#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

#if canImport(Glibc) || canImport(Musl) || canImport(Darwin)
    extension Safetensors {
        /// Reads a file; no model is needed.
        ///
        ///     let file = try Safetensors(path: "words.safetensors")
        ///     print(file)                                     // names and shapes
        ///     let vectors = file["embedding.weight"]!
        ///
        /// - Throws: `SafetensorsError`.
        public init(path: String) throws(SafetensorsError) {
            try self.init(bytes: Self.read(path))
        }

        /// Writes the tensors and notes to a file, which is replaced as a whole, or stays as it was.
        ///
        /// - Throws: `SafetensorsError.unwritable` if the file cannot be written, `.duplicateName` or `.reservedName` if
        ///   nobody could read it.
        public func save(to path: String) throws(SafetensorsError) { try Self.write(bytes, to: path) }

        static func write(_ bytes: [UInt8], to path: String) throws(SafetensorsError) {
            do throws(SystemFailure) {
                try ReplacedFile(path).write(bytes)
            } catch {
                let hint =
                    error.mayBeWall && path.contains("/")
                    ? ". A lesson of Unroll writes to a scratch folder only: leave the folders out of the name"
                    : ""
                throw .unwritable(path: path, reason: error.reason + hint)
            }
        }

        private static func read(_ path: String) throws(SafetensorsError) -> [UInt8] {
            let hint =
                ". A lesson of Unroll sees what it saved itself, and the files that its front matter lists under data:"
            func unreadable(_ failure: SystemFailure) -> SafetensorsError {
                .unreadable(path: path, reason: failure.reason + (failure.mayBeWall ? hint : ""))
            }
            // Behind a zero the system would not read on, and read another file.
            if path.utf8.contains(0) { throw unreadable(SystemFailure(EINVAL)) }
            guard let file = fopen(path, "rb") else { throw unreadable(.last) }
            defer { fclose(file) }
            var bytes: [UInt8] = []
            var block = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                let count = fread(&block, 1, block.count, file)
                if count == 0 { break }
                bytes += block[..<count]
            }
            guard ferror(file) == 0 else { throw unreadable(.last) }
            return bytes
        }
    }
#endif
