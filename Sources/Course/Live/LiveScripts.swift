internal import Execution
internal import Foundation
internal import Lessons
internal import Pages

/// The scripts with the programs of live cells, and with the kernels that these call, as a site has them.
///
/// A program stays on the site for as long as it is made of the lesson's code as it is now, which its key tells: whether it
/// still computes the same bits `check` finds out, and an edit of the engine that moves none need not replace it.
struct LiveScripts: Sendable {
    /// The folder of the site in which they are.
    private static let folder = "live/"

    /// The scripts, by their paths.
    private var scripts: [String: [UInt8]]

    /// The scripts among a site's files.
    init(among files: [String: [UInt8]]) {
        scripts = files.filter { $0.key.hasPrefix(LiveScripts.folder) && $0.key.hasSuffix(".js") }
    }

    /// Reads the scripts of a site that its list names; none of a site that is not there.
    static func read(from site: String) throws(Diagnostic) -> LiveScripts {
        guard let folder = try SiteFolder(at: site) else { return LiveScripts(among: [:]) }
        let paths = folder.manifest.paths.filter { $0.hasPrefix(LiveScripts.folder) }
        var files: [String: [UInt8]] = [:]
        for case (let path, .file(let bytes)) in folder.contents(of: paths) { files[path] = bytes }
        return LiveScripts(among: files)
    }

    /// Returns the script of a lesson's live cells; `nil` if there is none.
    func script(of lesson: Lesson) -> LiveScript? {
        scripts[lesson.paths.liveProgram].flatMap(LiveScript.read)
    }

    /// Returns the scripts with states of live cells.
    ///
    /// - Parameters:
    ///   - states: The states as they are now.
    ///   - isSure: Whether what is on the site already is to be unpacked and compared.
    func files(with states: [LiveStates], isSure: Bool) async throws(Diagnostic) -> [SiteFile] {
        var files: [SiteFile] = []
        for states in states {
            do {
                let packed = PackedStates(states: states)
                files.append(
                    SiteFile(
                        states.path,
                        try await packed.script(replacing: scripts[states.path], isSure: isSure)
                    )
                )
            } catch {
                let place = SourceLocation(file: states.path)
                let message = "it could not be compressed: \(error.systemReason)"
                throw Diagnostic(.error, .setup, at: place, message)
            }
        }
        return files
    }

    /// Whether the live cells of a lesson have the script of this program.
    func isCurrent(_ program: LiveProgram, of lesson: Lesson) -> Bool {
        guard let script = script(of: lesson), script.key == program.key else { return false }
        return script.kernelPaths.allSatisfy { scripts[$0] != nil }
    }

    /// Takes a new script of a lesson's live cells, with the kernels that it calls.
    mutating func take(_ made: LiveBuild, of lesson: Lesson) {
        scripts.merge(made.files(at: lesson.paths.liveProgram)) { $1 }
    }

    /// Returns the files of a site with these lessons: a script for each that has a live program, and the kernels that
    /// they call, once.
    func files(of lessons: [FinishedLesson]) -> [SiteFile] {
        let all = lessons.filter { $0.live != nil }.flatMap { files(of: $0.lesson) }
        return Dictionary(all.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first }).values
            .sorted { $0.path < $1.path }
    }

    /// Returns the script of a lesson's live cells, and those of the kernels that it calls.
    func files(of lesson: Lesson) -> [SiteFile] {
        let paths = [lesson.paths.liveProgram] + (script(of: lesson)?.kernelPaths ?? [])
        return paths.compactMap { path in scripts[path].map { SiteFile(path, $0) } }
    }
}
