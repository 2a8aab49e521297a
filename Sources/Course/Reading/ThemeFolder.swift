internal import Foundation
internal import Lessons
internal import Pages

/// The folder of an author's own theme, beside the lessons.
enum ThemeFolder {
    /// Reads the standard theme with the author's files in the place of its own.
    ///
    /// - Parameters:
    ///   - folder: The folder on disk; one that is not there changes nothing.
    ///   - name: The folder's name in diagnostics.
    /// - Returns: The theme, and everything that is wrong with the files.
    static func read(_ folder: String, named name: String = "theme") -> (Theme, [Diagnostic]) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else {
            return (.standard, [])
        }
        guard isFolder.boolValue, let files = try? FileManager.default.contentsOfDirectory(atPath: folder)
        else {
            let message = "the theme must be a folder that can be read"
            return (.standard, [Diagnostic(.error, .settings, at: SourceLocation(file: name), message)])
        }
        // A file that cannot be read is no UTF-8 text.
        let contents = files.filter { !$0.hasPrefix(".") }.map { file in
            (file, FileManager.default.contents(atPath: "\(folder)/\(file)").map { Array($0) } ?? [0xFF])
        }
        return Theme.standard.overridden(
            by: Dictionary(uniqueKeysWithValues: contents),
            named: name
        )
    }
}
