internal import Foundation
internal import Lessons
internal import Pages

/// The file of a site's settings, `unroll.yml`.
enum SettingsFile {
    /// Reads the settings; a file that is not there means all defaults.
    ///
    /// - Parameters:
    ///   - path: The file on disk.
    ///   - name: The file's name in diagnostics.
    /// - Returns: The settings, and everything that is wrong with them.
    static func read(_ path: String, named name: String = "unroll.yml") -> (SiteSettings, [Diagnostic]) {
        guard FileManager.default.fileExists(atPath: path) else { return (SiteSettings(), []) }
        guard let data = FileManager.default.contents(atPath: path),
            let text = String(data: data, encoding: .utf8)
        else {
            let message = "the settings cannot be read as UTF-8 text"
            return (SiteSettings(), [Diagnostic(.error, .settings, at: SourceLocation(file: name), message)])
        }
        return SiteSettings.parse(text, named: name)
    }
}
