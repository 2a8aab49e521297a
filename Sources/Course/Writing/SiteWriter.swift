internal import Foundation
package import Lessons
package import Pages

/// Writes a site into its folder, in place, and touches nothing there but what Unroll made: which files those are stands
/// in the site's own list, ``Manifest``.
///
/// Each file is written beside its place under a name of its own, and then takes its place in one step. So whenever a
/// build is killed, a page is the old or the new one; and as what pages point to is in place before them, what lists
/// them after, and what is no longer wanted goes last, each page finds what it needs. The next build does the rest.
///
/// Only the list is waited for until it is on the disk itself, before the first and after the last file that comes or
/// goes: it alone cannot be made again from the lessons. Waiting for each of thousands of files would take minutes, and
/// is not needed: what a power failure spoils of them differs from what the next build makes, which then replaces it.
package struct SiteWriter: Sendable {
    private let folder: String
    private let sources: [String]

    /// Makes a writer for a folder, which need not exist.
    ///
    /// - Parameters:
    ///   - folder: The site's folder, as a command names it.
    ///   - sources: What the site is made from, which may lie in that folder: it stays, whatever a page wants to be
    ///     called.
    package init(to folder: String, sparing sources: [String] = []) {
        self.folder = folder
        let root = SiteFolder.resolvedParts(of: folder)
        self.sources = sources.map(SiteFolder.resolvedParts)
            .filter { $0.count > root.count && $0.starts(with: root) }
            .map { $0.dropFirst(root.count).joined(separator: "/") }
    }

    /// Writes the site.
    ///
    /// - Returns: The paths that were written, changed or removed; empty if the folder was as it should be.
    /// - Throws: A `Diagnostic` of kind `file`; unless its message ends with ``unfinished``, nothing has changed.
    @discardableResult
    package func write(_ site: Site) throws(Diagnostic) -> [String] {
        try write(site.files)
    }

    /// Writes files, whose paths are relative and lead nowhere outside the folder.
    ///
    /// - Returns: The paths that were written, changed or removed; empty if the folder was as it should be.
    /// - Throws: A `Diagnostic` of kind `file`; unless its message ends with ``unfinished``, nothing has changed.
    @discardableResult
    package func write(_ files: [SiteFile]) throws(Diagnostic) -> [String] {
        if let trouble = SitePaths(files.map(\.path), sparing: sources).trouble {
            throw refusal(trouble.message, hint: trouble.hint)
        }
        let made = try makeFolder()
        do throws(Diagnostic) {
            let root = try open()
            let isLocked = try lock(root)
            defer { root.unlock() }
            let site = try SiteFolder(root, shownAs: folder)
            if isLocked { SiteUpdate.removeLeftovers(in: site, besides: files.map(\.path)) }
            let changes = try changes(of: site, to: files)
            let paths = changes.paths
            guard !paths.isEmpty else { return [] }
            do throws(SiteUpdate.Failure) {
                try SiteUpdate(of: site, changes).run()
            } catch {
                throw refusal(error)
            }
            return paths
        } catch {
            DiskFolder.removeEmpty(made)
            throw error
        }
    }

    private func makeFolder() throws(Diagnostic) -> [String] {
        do throws(DiskFolder.Failure) {
            return try DiskFolder.make(SiteFolder.path(of: folder))
        } catch {
            throw refusal(SiteUpdate.Failure(cause: error, hasBegun: false))
        }
    }

    private func open() throws(Diagnostic) -> DiskFolder {
        do throws(DiskFolder.Failure) {
            return try DiskFolder(SiteFolder.path(of: folder))
        } catch {
            throw SiteFolder.refusal(opening: folder, error)
        }
    }

    /// Waits until no other build writes here.
    ///
    /// - Returns: Whether that can be known.
    private func lock(_ root: DiskFolder) throws(Diagnostic) -> Bool {
        guard let isLocked = root.lock(waiting: .seconds(60)) else { return false }
        guard isLocked else {
            let message = "another build has been writing '\(folder)' for a minute"
            throw refusal(message, hint: "wait for it or end it, then build again")
        }
        return true
    }

    private func changes(of site: SiteFolder, to files: [SiteFile]) throws(Diagnostic) -> SiteChanges {
        do {
            return try SiteChanges(of: site, to: files, sparing: sources)
        } catch let error as SiteChanges.Refusal {
            throw refusal(
                "'\(shown(error.path))' \(error.message)",
                hint: "move it away, or choose another folder with --out"
            )
        } catch let error as DiskFolder.Failure {
            throw refusal(SiteUpdate.Failure(cause: error, hasBegun: false))
        } catch {
            throw refusal("\(error)")
        }
    }

    // MARK: Sentences

    /// The end of the message of a site that was not written to its end; with any other, nothing has changed.
    package static let unfinished = "some of its files are new, and the next build writes the rest"

    /// The diagnostic of a site that cannot be written: the system's reason, the site's state, and what may help.
    private func refusal(_ failure: SiteUpdate.Failure) -> Diagnostic {
        let root = SiteFolder.path(of: folder)
        let path = failure.cause.path
        let place = path.hasPrefix("\(root)/") ? shown(String(path.dropFirst(root.utf8.count + 1))) : folder
        let state = failure.hasBegun ? "; \(SiteWriter.unfinished)" : ""
        let hint =
            switch failure.cause.code {
            case .ENOSPC, .EDQUOT: "make room on the disk, or choose a folder elsewhere with --out"
            case .ENAMETOOLONG: "give the lesson, or the file beside the lessons, a shorter name"
            case .EEXIST:
                "it was saved there during the build; move it away, or choose another folder with --out"
            default: "choose a folder that you may write to with --out"
            }
        return refusal("cannot write '\(place)': \(failure.cause.reason)\(state)", hint: hint)
    }

    private func shown(_ path: String) -> String {
        folder.hasSuffix("/") ? folder + path : "\(folder)/\(path)"
    }

    private func refusal(_ message: String, hint: String? = nil) -> Diagnostic {
        Diagnostic(.error, .file, at: SourceLocation(file: folder), message, hint: hint)
    }
}
