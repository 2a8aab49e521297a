/// The list of files in a site's folder that Unroll has made, and so may replace and remove.
///
/// While a build adds or removes files, the list also says which, with a fingerprint of each: a build that is killed
/// leaves some of them, and what then stands under such a name is ours only if it is what was written. Nobody else's
/// file of that name, put there before or after, is taken for ours.
package struct Manifest: Sendable, Equatable {
    /// The path of the list in the site.
    package static let path = "unroll-files.txt"
    private static let heading =
        "# Made by Unroll, which replaces and removes these files. Others are left alone."
    private static let unfinishedHeading =
        "# A build has not ended: the following are Unroll's where they have these fingerprints."

    /// A file that a build was about to add or to remove.
    package struct Unfinished: Sendable, Equatable {
        package var path: String
        package var fingerprint: String

        package init(path: String, fingerprint: String) {
            (self.path, self.fingerprint) = (path, fingerprint)
        }
    }

    /// The paths of the files, without the list itself.
    package var paths: Set<String>
    /// The folders of the site that were there before Unroll wrote into them. They stay when they are empty.
    package var found: Set<String>
    /// The files that a build adds and removes which has not ended.
    package var unfinished: [Unfinished] = []

    /// Lists paths.
    package init(paths: some Sequence<String>, found: Set<String> = []) {
        (self.paths, self.found) = (Set(paths), found)
    }

    /// The list as it is written: one path a line, in order; a folder ends in `/`.
    package var text: String {
        var lines = [Self.heading] + paths.sorted() + found.sorted().map { "\($0)/" }
        if !unfinished.isEmpty {
            lines += ["", Self.unfinishedHeading]
            lines += unfinished.sorted { $0.path < $1.path }.map { "\($0.fingerprint) \($0.path)" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Reads a list; `nil` for a text that Unroll has not written.
    package init?(reading text: String) {
        guard text.hasPrefix(Self.heading) else { return nil }
        (paths, found) = ([], [])
        // A checkout may have given lines another end.
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.dropFirst()
        let listed = lines.prefix { !$0.isEmpty }
        for line in listed {
            if line.hasSuffix("/"), Self.staysInside(line.dropLast()) {
                found.insert(String(line.dropLast()))
            } else if Self.staysInside(line) {
                paths.insert(String(line))
            }
        }
        for line in lines.dropFirst(listed.count + 2) {
            let parts = line.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, Self.staysInside(parts[1]) else { continue }
            unfinished.append(Unfinished(path: String(parts[1]), fingerprint: String(parts[0])))
        }
        paths.remove(Self.path)
    }

    /// Whether a path of the list leads nowhere outside the folder, should somebody have edited the list.
    private static func staysInside(_ path: Substring) -> Bool {
        path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
            !["", ".", ".."].contains($0)
        }
    }
}
