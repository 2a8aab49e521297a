#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

#if canImport(Glibc) || canImport(Musl) || canImport(Darwin)
    extension CSV {
        /// Reads a table from a file.
        ///
        /// - Parameters:
        ///   - path: The file; in a lesson, one that its front matter lists under `data:`.
        ///   - separator: The character between two fields, one of ASCII: ";" or "\t" where it is no comma.
        ///   - header: The names of the columns, if the first line does not have them.
        ///   - missingWords: The fields that stand for no value, beside those that are empty or blank.
        /// - Throws: `CSVError` if the file cannot be read, or is no such table.
        public init(
            path: String,
            separator: Character = ",",
            header: [String]? = nil,
            missingWords: [String] = ["NA", "N/A", "NaN", "nan", "null"],
            file: StaticString = #filePath,
            line: UInt = #line
        ) throws(CSVError) {
            try self.init(
                bytes: Self.bytes(of: path),
                name: path,
                separator: separator,
                header: header,
                missingWords: missingWords,
                file: file,
                line: line
            )
        }

        private static func bytes(of path: String) throws(CSVError) -> [UInt8] {
            // Behind a zero the system would not read on, and read another file.
            guard !path.utf8.contains(0), let file = fopen(path, "rb") else {
                throw unreadable(path, path.utf8.contains(0) ? SystemFailure(EINVAL) : .last)
            }
            defer { fclose(file) }
            var bytes: [UInt8] = []
            var block = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                let count = fread(&block, 1, block.count, file)
                if count == 0 { break }
                bytes += block[..<count]
            }
            guard ferror(file) == 0 else { throw unreadable(path, .last) }
            return bytes
        }

        private static func unreadable(_ path: String, _ failure: SystemFailure) -> CSVError {
            let hint =
                failure.mayBeWall
                ? ". A lesson of Unroll sees the files that its front matter lists under data:, by their paths from the "
                    + "folder of lessons" : ""
            let reason = "the file cannot be read: \(failure.reason)\(hint)"
            return CSVError(name: path, line: 1, column: 1, reason: reason)
        }
    }
#endif
