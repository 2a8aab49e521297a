internal import Execution
internal import Foundation
package import Lessons
internal import Pages

/// The folders of a project on disk: its own, which holds settings, theme and cache, that of its lessons, and that of its
/// site.
package struct ProjectFolders: Sendable, Hashable {
    /// The path of the folder of lessons.
    package let lessons: String
    /// The path of the folder of the site.
    package let site: String
    /// The name of the folder of lessons in diagnostics and pages, which do not depend on where the project lies.
    package let name: String
    /// The path of the project's own folder.
    package let root: String
    /// The call of the tool, for messages that say what to type.
    private let invocation: Invocation
    /// The folders that the settings named when these were found, by their keys, without those that an option named.
    private var settled: [String: String] = [:]
    /// The place of the cache that machines share, as the settings name it; `nil` for none.
    package private(set) var sharedCache: SharedPlace?

    /// The place of a shared cache in the settings.
    package struct SharedPlace: Sendable, Hashable {
        /// The path or address.
        var place: String
        /// The location of the setting.
        var location: SourceLocation
    }

    /// Whether the project has Swift of its own, whose files messages name by their paths from its folder.
    private var hasSwift = false

    /// Names the folders, neither of which need exist; the one that holds the lessons is the project's own.
    package init(lessons: String, site: String) {
        let folder = URL(filePath: lessons, directoryHint: .isDirectory).standardizedFileURL
        self.init(
            lessons: lessons,
            site: site,
            name: folder.lastPathComponent,
            root: folder.deletingLastPathComponent().path(percentEncoded: false),
            invocation: Invocation()
        )
    }

    private init(lessons: String, site: String, name: String, root: String, invocation: Invocation) {
        self.lessons = lessons
        self.site = site
        self.name = name
        self.root = root
        self.invocation = invocation
    }

    /// The path of the folder of templates and styles.
    package var theme: String { within("theme") }

    /// The path of the file of settings.
    package var settings: String { within(ProjectFolders.settingsName) }

    /// The path of the folder of what is cached.
    package var cache: String { within(".unroll") }

    /// The path of the file with the costs of lessons.
    package var costs: String { within(LessonCosts.fileName) }

    /// The path of the folder that shares of the course are computed to, unless another one is named.
    package var shards: String { "\(cache)/shards" }

    /// The path of the folder of a share.
    func shard(_ name: String) -> String { "\(shards)/\(name.replacing("/", with: "+"))" }

    /// The paths of all that the site is made from, which no file of the site may replace where it lies in the site's
    /// folder.
    var sources: [String] { [lessons, theme, settings, cache] + sourceFolders }

    private var sourceFolders: [String] { SettingsFile.read(settings).0.sources.map { within($0.path) } }

    /// The paths of the files and folders of the project's own Swift, as the settings name them now.
    var swift: [String] { SettingsFile.read(settings).0.ownSwift(in: root).paths(cache: cache) }

    private func within(_ name: String) -> String { ProjectFolders.path(name, in: root) }

    /// The name of the file of settings, by which a project is known.
    static let settingsName = "unroll.yml"

    // MARK: - The project that a command is called in

    /// Finds the folders of a project: the one whose `unroll.yml` is nearest, from a folder upward.
    ///
    /// - Parameters:
    ///   - lessons: The folder of lessons that was asked for, from which its project is sought; one that lies in no
    ///     project has its settings, theme, cache and site beside it.
    ///   - site: The folder of the site that was asked for.
    ///   - here: The folder that the user stands in.
    ///   - invocation: The call of the tool.
    /// - Throws: `Diagnostic` of kind `setup`, if there is no project, its settings ask for a newer version, or its site
    ///   cannot lie where it is to.
    package static func find(
        lessons: String? = nil,
        site: String? = nil,
        from here: String = FileManager.default.currentDirectoryPath,
        invocation: Invocation = Invocation()
    ) throws(Diagnostic) -> ProjectFolders {
        let here = URL(filePath: here, directoryHint: .isDirectory).standardizedFileURL
        func place(_ path: String, in folder: URL) -> URL {
            URL(filePath: path, directoryHint: .isDirectory, relativeTo: folder).standardizedFileURL
        }
        let start = lessons.map { place($0, in: here) } ?? here
        let project = nearestProject(to: start)
        guard project != nil || lessons != nil else { throw none(from: here, invocation) }
        let root = project ?? start.deletingLastPathComponent()
        let path = root.appending(path: settingsName).path(percentEncoded: false)
        let (settings, diagnostics) = project == nil ? (SiteSettings(), []) : SettingsFile.read(path)
        let folder = lessons.map { _ in start } ?? place(settings.lessons, in: root)
        let isRoot = folder.pathComponents == root.pathComponents
        var folders = ProjectFolders(
            lessons: lessons ?? ProjectFolders.path(to: folder, from: here),
            site: site ?? ProjectFolders.path(to: place(settings.out, in: root), from: here),
            name: isRoot ? "lessons" : folder.lastPathComponent,
            root: ProjectFolders.path(to: root, from: here),
            invocation: invocation
        )
        if project != nil, lessons == nil { folders.settled["lessons"] = settings.lessons }
        if project != nil, site == nil { folders.settled["out"] = settings.out }
        if let place = settings.cache {
            let location = settings.cacheLocation ?? SourceLocation(file: settingsName)
            folders.sharedCache = SharedPlace(place: place, location: location)
        }
        folders.hasSwift = !settings.sources.isEmpty || settings.package != nil
        if let unmet = diagnostics.first(where: { $0.kind == .setup }) { throw folders.shown(unmet) }
        if let conflict = folders.conflict {
            let isSet = site == nil && project != nil
            let place = isSet ? settings.outLocation ?? SourceLocation(file: settingsName) : nil
            throw Diagnostic(
                .error,
                .setup,
                at: folders.shown(place ?? SourceLocation(file: folders.site)),
                conflict,
                hint: "name another folder with \(isSet ? "out: in \(settingsName)" : "--out")"
            )
        }
        return folders
    }

    /// Returns a warning where the settings have come to name other folders since these were found.
    func warning(of settings: SiteSettings) -> Diagnostic? {
        let present = ["lessons": settings.lessons, "out": settings.out]
        guard settled.contains(where: { present[$0] != $1 }) else { return nil }
        return Diagnostic(
            .warning,
            .settings,
            at: SourceLocation(file: ProjectFolders.settingsName),
            "lessons: or out: has changed, and serve goes on with the folders that it began with",
            hint: "end it with Ctrl-C, and begin anew"
        )
    }

    /// Returns the folder at or above another that holds settings.
    private static func nearestProject(to folder: URL) -> URL? {
        var folder = folder
        while true {
            let settings = folder.appending(path: settingsName).path(percentEncoded: false)
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: settings, isDirectory: &isFolder), !isFolder.boolValue {
                return folder
            }
            guard folder.pathComponents.count > 1 else { return nil }
            folder = folder.deletingLastPathComponent()
        }
    }

    private static func none(from here: URL, _ invocation: Invocation) -> Diagnostic {
        let hint = "./unroll init begins a project here; or name the folder of lessons, with --lessons DIR"
        var place = here.path(percentEncoded: false)
        if place.count > 1, place.hasSuffix("/") { place.removeLast() }
        let diagnostic = Diagnostic(
            .error,
            .setup,
            at: SourceLocation(file: place),
            "no \(settingsName) here or in a folder above",
            hint: hint
        )
        return invocation.shown(diagnostic)
    }

    /// Returns the path to a folder from the one that the user stands in; a path from the root of the disk where they have
    /// nothing in common.
    private static func path(to folder: URL, from here: URL) -> String {
        let (wanted, present) = (folder.pathComponents, here.pathComponents)
        let shared = zip(wanted, present).prefix { $0 == $1 }.count
        guard shared > 1 else { return folder.path(percentEncoded: false) }
        let parts = repeatElement("..", count: present.count - shared) + wanted.dropFirst(shared)
        return parts.isEmpty ? "." : parts.joined(separator: "/")
    }

    /// The reason why the site cannot lie where it is to: its files would be taken for what they are made from; `nil` if
    /// it can.
    private var conflict: String? {
        let parts = SiteFolder.resolvedParts(of: site)
        guard parts != SiteFolder.resolvedParts(of: lessons), !isSameFolder else {
            return "'\(site)' holds the lessons"
        }
        for (folder, purpose) in [(theme, "the theme"), (cache, "what earlier builds learned")] {
            guard !parts.starts(with: SiteFolder.resolvedParts(of: folder)) else {
                return "'\(site)' is for \(purpose)"
            }
        }
        return nil
    }

    /// Whether both paths lead to one folder, as they may on a disk that does not distinguish cases.
    private var isSameFolder: Bool {
        func identity(_ path: String) -> [Int]? {
            let path = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            let numbers = [attributes?[.systemNumber], attributes?[.systemFileNumber]].compactMap {
                $0 as? Int
            }
            return numbers.count == 2 ? numbers : nil
        }
        return identity(site).map { $0 == identity(lessons) } ?? false
    }

    // MARK: - Paths that people see

    /// The path of the site's folder, with a slash at the end.
    package var shownSite: String { site.hasSuffix("/") ? site : "\(site)/" }

    /// Returns a diagnostic as the user can use it: its file is a path from the working folder, so that a click in a
    /// terminal opens it, and what its remedy says to type can be pasted.
    package func shown(_ diagnostic: Diagnostic) -> Diagnostic {
        var diagnostic = invocation.shown(diagnostic)
        diagnostic.location = shown(diagnostic.location)
        return diagnostic
    }

    /// Returns the path of a shared cache: one from the settings is seen from the project's own folder.
    func sharedPlace(of place: String, isFromSettings: Bool) -> String {
        guard isFromSettings, !place.contains("://"), !place.hasPrefix("/") else { return place }
        return within(place)
    }

    /// Returns a location whose file is a path from the working folder.
    func shown(_ location: SourceLocation) -> SourceLocation {
        var location = location
        location.file = shown(file: location.file)
        return location
    }

    /// Returns the path from the working folder to a file of the project that goes by its name: a lesson, the settings, a
    /// file of the theme.
    ///
    /// Lessons are called `lessons/05-sine-wave.md` wherever they are, for the same pages everywhere.
    package func shown(file: String) -> String {
        let parts = file.split(separator: "/", maxSplits: 1).map(String.init)
        switch parts.first {
        case name: return parts.count < 2 ? lessons : ProjectFolders.path(parts[1], in: lessons)
        case ProjectFolders.settingsName, "theme": return ProjectFolders.path(file, in: root)
        default:
            let own = ProjectFolders.path(file, in: root)
            return hasSwift && FileManager.default.fileExists(atPath: own) ? own : file
        }
    }

    /// Returns the path of what lies in a folder, as short as it can be.
    private static func path(_ name: String, in folder: String) -> String {
        var path = folder
        while path.hasPrefix("./") { path.removeFirst(2) }
        while path.hasSuffix("/"), path != "/" { path.removeLast() }
        return path.isEmpty || path == "." ? name : path == "/" ? "/\(name)" : "\(path)/\(name)"
    }

    /// Returns a message in which each `./unroll COMMAND` can be pasted.
    package func pasteable(_ message: String) -> String { invocation.pasteable(message) }
}
