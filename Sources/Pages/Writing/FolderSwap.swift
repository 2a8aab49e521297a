internal import Foundation

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Puts one folder in the place of another in a single step.
enum FolderSwap {
    /// Puts `new` in the place of `target`. What stood there is found under the name of `new` afterwards.
    static func put(_ new: URL, inPlaceOf target: URL) throws {
        guard FileManager.default.fileExists(atPath: target.path) else {
            return try rename(new, to: target)
        }
        if exchange(new, target) { return }
        // A file system that cannot exchange two names: the folder is away for a moment, and comes back if the
        // second step fails.
        let aside = new.appendingPathExtension("old")
        try rename(target, to: aside)
        do {
            try rename(new, to: target)
        } catch {
            try rename(aside, to: target)
            throw error
        }
        try FileManager.default.moveItem(at: aside, to: new)
    }

    /// Gives a file a second name, or copies it where the file system has no such thing.
    static func carry(_ file: String, to place: String) throws {
        if link(file, place) == 0 { return }
        try FileManager.default.copyItem(atPath: file, toPath: place)
    }

    /// Whether there is a process of this number, which may still be about to swap.
    static func isRunning(_ process: Int32) -> Bool {
        kill(process, 0) == 0 || errno != ESRCH
    }

    private static func rename(_ from: URL, to: URL) throws {
        guard systemRename(from.path, to.path) == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
    }

    #if canImport(Darwin)
        private static func exchange(_ a: URL, _ b: URL) -> Bool {
            renamex_np(a.path, b.path, UInt32(RENAME_SWAP)) == 0
        }
    #else
        private typealias RenameAt2 =
            @convention(c) (
                Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32
            ) -> Int32

        /// Linux's `renameat2`, which the headers show to programs with GNU's extensions only.
        private static func exchange(_ a: URL, _ b: URL) -> Bool {
            guard let symbol = dlsym(nil, "renameat2") else { return false }
            let renameExchange: UInt32 = 1 << 1
            let renameAt2 = unsafeBitCast(symbol, to: RenameAt2.self)
            return renameAt2(AT_FDCWD, a.path, AT_FDCWD, b.path, renameExchange) == 0
        }
    #endif
}

private func systemRename(_ from: String, _ to: String) -> Int32 {
    rename(from, to)
}
