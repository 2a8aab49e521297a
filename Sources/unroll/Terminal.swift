internal import Foundation

/// Where a command speaks.
enum Terminal {
    /// Prints a result to standard output.
    static func result(_ line: String) {
        print(line)
    }

    /// Prints a line for people, progress or a diagnostic, to standard error.
    static func say(_ line: String) {
        try? FileHandle.standardError.write(contentsOf: Data("\(line)\n".utf8))
    }
}
