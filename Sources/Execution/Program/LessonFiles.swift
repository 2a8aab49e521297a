internal import Foundation
package import Lessons
package import SwiftAnalysis

/// The files in the folder of lessons, as far as a lesson's code names them: what it does not declare it cannot read.
package struct LessonFiles: Sendable {
    private let lesson: Lesson
    private let folder: String
    /// The folder that the paths in its code count from: that of its part, if it is in one.
    private let home: String

    /// - Parameters:
    ///   - lesson: The lesson.
    ///   - folder: The folder of lessons.
    package init(of lesson: Lesson, in folder: String) {
        self.lesson = lesson
        var path = URL(filePath: folder).standardizedFileURL.path(percentEncoded: false)
        while path.hasSuffix("/"), path != "/" { path.removeLast() }
        self.folder = path
        home = lesson.part.map { "\(path)/\($0)" } ?? path
    }

    /// Returns the path from the folder of lessons to a file in it; `nil` for what names no file there.
    ///
    /// - Parameter name: A path or a URL, from the lesson's folder, the folder of lessons or the one around it, or absolute.
    func path(of name: String) -> String? {
        guard !name.isEmpty, name.utf8.count < 4096, !name.utf8.contains(where: { $0 < 0x20 }) else {
            return nil
        }
        var name = name.hasPrefix("file:") ? URL(string: name)?.path(percentEncoded: false) ?? name : name
        if name.hasPrefix("~/") { name = NSHomeDirectory() + name.dropFirst() }
        if name.hasPrefix("\(Sandbox.Inside.folder)/") { name.removeFirst(Sandbox.Inside.folder.count + 1) }
        let parent = folder.split(separator: "/").dropLast().map { "/\($0)" }.joined()
        let candidates = name.hasPrefix("/") ? [name] : [home, folder, parent].map { "\($0)/\(name)" }
        return candidates.lazy.compactMap(pathInside).first
    }

    private func pathInside(_ path: String) -> String? {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
            return nil
        }
        let file = URL(filePath: path).standardizedFileURL
        let resolved = file.deletingLastPathComponent().resolvingSymlinksInPath()
            .appending(path: file.lastPathComponent)
        let root = URL(filePath: folder).resolvingSymlinksInPath()
        for (file, root) in [(file, URL(filePath: folder)), (resolved, root)] {
            let (path, prefix) = (file.path(percentEncoded: false), root.path(percentEncoded: false) + "/")
            let start = prefix.hasSuffix("//") ? String(prefix.dropLast()) : prefix
            if path.hasPrefix(start), !path.hasSuffix("/") { return String(path.dropFirst(start.utf8.count)) }
        }
        return nil
    }

    /// Returns the paths of files that a literal with interpolations may name: its folder is written out.
    private func paths(of literal: StringLiteral) -> [String] {
        guard case .text(let first)? = literal.parts.first, let slash = first.lastIndex(of: "/") else {
            return []
        }
        let place = String(first[...slash])
        var names = [place.hasPrefix("/") ? place : "\(home)/\(place)"][...]
        var pattern =
            "^\(NSRegularExpression.escapedPattern(for: String(first[first.index(after: slash)...])))"
        for part in literal.parts.dropFirst() {
            switch part {
            case .interpolation: pattern += "[^/]*"
            case .text(let text): pattern += NSRegularExpression.escapedPattern(for: text)
            }
        }
        guard let root = names.popFirst(), !pattern.contains("\n"),
            let expression = try? Regex("\(pattern)$"),
            let entries = try? FileManager.default.contentsOfDirectory(atPath: root)
        else { return [] }
        return entries.sorted().filter { $0.wholeMatch(of: expression) != nil }.compactMap {
            path(of: root + $0)
        }
    }
}

// MARK: - What is said of them

extension LessonFiles {
    /// A file that a literal names.
    private struct Mention {
        var step: Cell
        var literal: StringLiteral
        var paths: [String]
        var use: Use
        /// The text of the literal, if nothing is interpolated.
        var text: String?
    }

    /// The use of a file, as far as the place of its literal tells.
    private enum Use {
        /// A file is read.
        case reading
        /// A file is written.
        case writing
        /// The use is not known.
        case unknown
    }

    /// Returns what is to be said of files in the folder of lessons that a lesson names and does not declare.
    ///
    /// An error where such a file is read, for that cannot succeed; a warning where the text may mean something else.
    package func undeclared(parsing parse: (String) throws -> ParsedCode) rethrows -> [Diagnostic] {
        let declared = Set(lesson.frontMatter.data.map(\.path))
        var mentions: [Mention] = []
        for step in lesson.steps() + lesson.cells.filter(\.isToCrash) where step.code.contains("\"") {
            let bytes = Array(step.code.utf8)
            for literal in StringLiteral.all(in: try parse(step.code)) {
                if let mention = mention(literal, in: step, bytes) { mentions.append(mention) }
            }
        }
        let written = Set(mentions.filter { $0.use == .writing }.flatMap(\.paths))
        mentions.removeAll { $0.use == .writing || !written.isDisjoint(with: $0.paths) }
        let missing = mentions.flatMap { mention in
            // Of files of which some are declared, its author knows which are read.
            mention.text == nil && !declared.isDisjoint(with: mention.paths)
                ? [] : mention.paths.filter { !declared.contains($0) }
        }
        let remedy = lesson.declaring(missing)
        return mentions.compactMap { diagnostic(of: $0, declared, remedy) }
    }

    private func mention(_ literal: StringLiteral, in step: Cell, _ code: [UInt8]) -> Mention? {
        guard let text = literal.constant else {
            // Most literals name no file, and what they are for need not be found out.
            let paths = paths(of: literal)
            guard !paths.isEmpty else { return nil }
            let use = use(of: literal, in: code)
            let hasEnd = if case .text? = literal.parts.last { true } else { false }
            return hasEnd || use == .reading
                ? Mention(step: step, literal: literal, paths: paths, use: use) : nil
        }
        guard let path = path(of: text) else { return nil }
        let use = use(of: literal, in: code)
        // A word, and the name of a lesson, are more often texts.
        let isLesson = text.hasSuffix(".md") && !text.contains("/")
        guard use != .unknown || text.contains(where: { "./".contains($0) }) && !isLesson else { return nil }
        return Mention(step: step, literal: literal, paths: [path], use: use, text: text)
    }

    private func diagnostic(of mention: Mention, _ declared: Set<String>, _ remedy: String) -> Diagnostic? {
        let missing = mention.paths.filter { !declared.contains($0) }
        let isSome = mention.text == nil && missing.count < mention.paths.count
        let asked = mention.text.flatMap { text in
            text.hasPrefix("/") || text.hasPrefix("~") || text.hasPrefix("file:") || !isInside(text)
                ? mention.paths[0] : nil
        }
        guard !missing.isEmpty && !isSome || asked != nil else { return nil }
        let names = mention.paths.map { "'\($0)'" }.joined(separator: ", ")
        let isMany = mention.paths.count > 1
        let message =
            missing.isEmpty
            ? "\(names) is not found under this path while the lesson runs"
            : "\(names) \(isMany ? "lie" : "lies") in the folder of lessons, but the lesson does not declare "
                + "\(isMany ? "them" : "it"), and does not see \(isMany ? "them" : "it")"
        let path = asked.map { "read it as \"\(lesson.written($0))\"" }
        let hint = [missing.isEmpty ? nil : remedy, path].compactMap(\.self).joined(separator: "; and ")
        let place = lesson.location(in: mention.step, offset: mention.literal.range.lowerBound)
        var diagnostic = lesson.error(.file, at: place, message, hint: hint)
        if mention.use != .reading { diagnostic.severity = .warning }
        return diagnostic
    }

    /// Whether a relative path leads to the same file from the lesson's own folder.
    private func isInside(_ text: String) -> Bool {
        FileManager.default.fileExists(atPath: "\(home)/\(text)")
    }

    /// Returns the use that the code around a literal makes of it.
    private func use(of literal: StringLiteral, in code: [UInt8]) -> Use {
        let before = String(decoding: code[..<literal.range.lowerBound].suffix(200), as: UTF8.self)
        let after = String(decoding: code[literal.range.upperBound...].prefix(40), as: UTF8.self)
        let call = before.firstMatch(of: /(\w*)\s*\(\s*(?:(\w+)\s*:\s*)?$/)
        let label = before.firstMatch(of: /(\w+)\s*:\s*$/)?.1 ?? ""
        let function = call?.1 ?? ""
        let writers: Set<Substring> = ["toFile", "forWritingAtPath", "toPath"]
        let savers: Set<Substring> = ["createFile", "saveParameters", "save"]
        if writers.contains(label) || savers.contains(function) { return .writing }
        if ["fopen", "open", "freopen"].contains(function) {
            return after.firstMatch(of: /^\s*,\s*(?:"[wa]|O_WRONLY|O_RDWR|O_CREAT)/) == nil
                ? .reading : .writing
        }
        let readers: Set<Substring> = ["contentsOfFile", "forReadingAtPath", "contents"]
        let loaders: Set<Substring> = ["loadParameters", "contents", "CSV", "Safetensors"]
        if readers.contains(label) || loaders.contains(function) { return .reading }
        let urls: Set<Substring> = ["filePath", "fileURLWithPath"]
        guard urls.contains(label) else { return .unknown }
        // A URL may be there to be written to.
        let calls = [
            ".write(", "createFile(", "copyItem(", "moveItem(", "forWritingTo:", "forUpdating:",
            "saveParameters(", ".save(",
        ]
        let writes = lesson.cells.contains { cell in calls.contains(where: cell.code.contains) }
        return writes ? .unknown : .reading
    }
}

extension Cell {
    /// Whether it is run for its crash.
    fileprivate var isToCrash: Bool { if case .crash? = options.expectedFailure { true } else { false } }
}

extension Lesson {
    /// Returns the line of the front matter that declares files besides those that are declared.
    func declaring(_ paths: [String]) -> String {
        var all = frontMatter.data.map(\.path)
        for path in paths where !all.contains(path) { all.append(path) }
        return
            "declare it in the front matter: data: [\(all.map { Lesson.inYAML(written($0)) }.joined(separator: ", "))]"
    }

    /// The path of a file in the folder of lessons as the lesson writes it.
    fileprivate func written(_ path: String) -> String { RelativePath.written(path, in: part ?? "") }

    /// A text as an element of a list of YAML.
    private static func inYAML(_ text: String) -> String {
        let isPlain = text.wholeMatch(of: /[\p{L}_\/][\p{L}\p{N}_\/.\-+ ]*/) != nil && text.last != " "
        if isPlain, text.contains(where: { "./".contains($0) }) { return text }
        return "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }
}
