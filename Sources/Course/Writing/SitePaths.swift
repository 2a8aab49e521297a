internal import Pages

/// The paths of all files of a site, among which there may be some that no folder can hold together.
struct SitePaths {
    private let paths: [String]
    private let sources: [String]

    /// Takes paths, without that of the list.
    ///
    /// - Parameter sources: The paths in the site of what it is made from.
    init(_ paths: [String], sparing sources: [String]) {
        (self.paths, self.sources) = (paths, sources)
    }

    /// The first thing that is wrong with them; `nil` if each may be written and none is in another's way.
    var trouble: (message: String, hint: String?)? {
        var spelled: [String: String] = [:]
        var folders: [String: String] = [:]
        for path in paths {
            if let trouble = trouble(with: path) { return trouble }
            let folder = path.siteFolder
            if let other = folders.updateValue(folder, forKey: folder), !other.utf8.elementsEqual(folder.utf8)
            {
                let message =
                    "the folders '\(other)' and '\(folder)' have one name, spelled with other accents"
                return (message, "rename one of them")
            }
            if let other = spelled.updateValue(path, forKey: path.lowercased()) {
                guard !other.utf8.elementsEqual(path.utf8) else {
                    return ("two pages want to be '\(path)'", nil)
                }
                let message =
                    "'\(other)' and '\(path)' are one file on a disk that does not distinguish cases"
                return (message, "rename one of them")
            }
        }
        for folder in SiteChanges.folders(of: paths).sorted() {
            guard let file = spelled[folder.lowercased()] else { continue }
            let inside = paths.first { $0.hasPrefix("\(folder)/") } ?? folder
            return (
                "'\(file)' cannot be a file: '\(inside)' needs a folder of that name", "rename one of them"
            )
        }
        return nil
    }

    private func trouble(with path: String) -> (message: String, hint: String?)? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !["", ".", ".."].contains($0) }), !path.utf8.contains(0) else {
            return ("'\(path)' is no path inside the site", nil)
        }
        guard !path.utf8.contains(where: { [UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains($0) }) else {
            return (
                "\(path.debugDescription) has an end of line in its name, which no list can hold", "rename it"
            )
        }
        guard parts.last.map(String.init) != Manifest.path else {
            return ("'\(path)' is the name of the list of a site's files", "rename your file")
        }
        guard let source = sources.first(where: { path == $0 || path.hasPrefix("\($0)/") }) else {
            return nil
        }
        return (
            "'\(path)' would be written into '\(source)', which the site is made from",
            "rename '\(source)', or choose another folder with --out"
        )
    }
}
