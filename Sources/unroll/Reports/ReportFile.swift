internal import Execution
internal import Foundation
internal import Lessons
internal import LibC

/// A file that a command writes a report to. It is looked at before the lessons run, and written in one step: who reads
/// it meanwhile sees the whole report before, or the whole new one. Of the files that are there it replaces reports alone.
struct ReportFile {
    private let path: String
    private let url: URL

    /// Finds out whether a report can be written.
    ///
    /// - Parameters:
    ///   - path: The file's path, as it was typed.
    ///   - option: The option that it was typed after.
    ///   - suffix: The suffix that the file must have.
    ///   - mark: A text near the beginning of each such report, and of no other file.
    /// - Throws: `Diagnostic`, if it cannot.
    init(_ path: String, after option: String, suffix: String, mark: String) throws(Diagnostic) {
        self.path = path
        url = URL(filePath: path).resolvingSymlinksInPath()
        let example = "\(option) report.\(suffix)"
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(
            atPath: url.path(percentEncoded: false),
            isDirectory: &isFolder
        )
        guard path.isEmpty || !isFolder.boolValue else {
            let inside = path.hasSuffix("/") ? "\(path)report.\(suffix)" : "\(path)/report.\(suffix)"
            throw refusal(
                "this is a folder; a report is one file",
                hint: "name one in it: \(option) \(ShellWord.quoted(inside))"
            )
        }
        guard path.hasSuffix(".\(suffix)") else {
            throw refusal(
                "\(option) takes a file whose name ends with .\(suffix)",
                hint: "for example \(example)"
            )
        }
        guard access(folder, F_OK) == 0 else {
            let shown = (path as NSString).deletingLastPathComponent
            throw refusal(
                "there is no folder for it: \(ReportFile.reason)",
                hint: "make it: mkdir -p \(ShellWord.quoted(shown))"
            )
        }
        if let reason = ReportFile.reasonAgainstWriting(in: folder) {
            throw refusal("its folder cannot be written to: \(reason)", hint: "name another one: \(example)")
        }
        guard !isThere || ReportFile.isRegular(url) else {
            throw refusal("this is no file that a report could replace", hint: "name another one: \(example)")
        }
        guard !isThere || ReportFile.begins(url, with: mark) else {
            throw refusal(
                "this file is no earlier report, and would be lost",
                hint: "name another one, \(example), or take it away: rm \(ShellWord.quoted(path))"
            )
        }
    }

    /// The path of the folder that it stands in.
    var folder: String { url.deletingLastPathComponent().path(percentEncoded: false) }

    /// Writes the report.
    ///
    /// - Throws: `Diagnostic`, if it cannot be written any longer.
    func write(_ text: String) throws(Diagnostic) {
        do {
            try Data(text.utf8).write(to: url, options: .atomic)
        } catch {
            throw refusal("the report cannot be written: \(error.localizedDescription)", hint: nil)
        }
    }

    private func refusal(_ message: String, hint: String?) -> Diagnostic {
        Diagnostic(.error, .setup, at: SourceLocation(file: path.isEmpty ? "''" : path), message, hint: hint)
    }

    /// The system's words for what went wrong last.
    private static var reason: String { String(cString: strerror(errno)) }

    /// The system's words for why a folder takes no file; `nil` if it does. A trial tells what permissions do not: that the
    /// disk takes none, or that the folder is no real one.
    private static func reasonAgainstWriting(in folder: String) -> String? {
        var path = "\(folder)/.unroll-XXXXXX".utf8CString.map { $0 }
        let descriptor = mkstemp(&path)
        guard descriptor >= 0 else { return reason }
        close(descriptor)
        unlink(path)
        return nil
    }

    /// Whether a file is empty, or has a text among its first bytes.
    private static func begins(_ url: URL, with mark: String) -> Bool {
        guard let file = try? FileHandle(forReadingFrom: url) else { return false }
        defer { try? file.close() }
        let start = (try? file.read(upToCount: 1024)) ?? Data()
        return start.isEmpty || start.firstRange(of: Data(mark.utf8)) != nil
    }

    private static func isRegular(_ url: URL) -> Bool {
        (try? url.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true
    }
}
