internal import Execution
internal import Foundation
internal import Lessons
internal import Pages
internal import Records
internal import Serialization

/// What the latest build was made of, what it made, and what it said: while nothing of the first two has changed, there
/// is nothing to do but to say it again; and where only lessons have, their pages alone are made again.
struct BuildMemory {
    /// How many charts each lesson showed, by its slug.
    let figures: [String: Int]
    /// What was to be said of the lessons.
    let diagnostics: [Diagnostic]
    /// What the pages of the site take from each other.
    let frame: SiteFrame
    private let lessons: [String: Digest]
    private let rest: Digest
    private let files: Digest

    /// Keeps a build in mind.
    ///
    /// - Parameters:
    ///   - inputs: What it was made of.
    ///   - written: What it wrote.
    ///   - report: What it said.
    init(of inputs: BuildInputs, making written: CourseBuild.Written, _ report: BuildReport) {
        lessons = inputs.lessons
        rest = inputs.rest
        files = BuildMemory.digest(of: written.files)
        frame = written.frame
        figures = report.figures
        // What stands around lessons matters to none while none is run.
        // And what was written to standard error was news once.
        diagnostics = report.diagnostics.filter { $0.kind != .setup && $0.severity != .note }
            .sorted { $0.location < $1.location }
    }

    /// Recalls the latest build; `nil` if there is none.
    init?(in folder: String) {
        guard let text = FileManager.default.contents(atPath: BuildMemory.path(in: folder)),
            let json = try? JSON(parsing: text), case .object(let lessons)? = json["lessons"],
            case .object(let figures)? = json["figures"], let rest = json["rest"]?.string,
            let files = json["files"]?.string, let list = json["diagnostics"]?.array,
            let frame = json["frame"].flatMap(SiteFrame.init(json:))
        else { return nil }
        diagnostics = list.compactMap(Diagnostic.init(json:))
        guard diagnostics.count == list.count else { return nil }
        self.lessons = Dictionary(
            lessons.map { ($0.name, Digest(text: $0.value.string ?? "")) },
            uniquingKeysWith: { first, _ in first }
        )
        self.figures = Dictionary(
            figures.map { ($0.name, $0.value.integer ?? 0) },
            uniquingKeysWith: { first, _ in first }
        )
        self.frame = frame
        self.rest = Digest(text: rest)
        self.files = Digest(text: files)
    }

    /// What is left of the build for one with these inputs.
    struct Remainder {
        /// The build.
        var build: BuildMemory
        /// The lessons, by their slugs, whose files are not as they were.
        var edits: Set<String>
        /// The files of the site that it made, without their list.
        var site: [SiteFile]
    }

    /// What holds for a build of these inputs; `nil` if more than lessons has changed, or the site is not as the build
    /// left it, to the byte.
    func remainder(for inputs: BuildInputs, in site: String) -> Remainder? {
        guard let edits = inputs.edits(since: lessons, rest) else { return nil }
        guard let folder = try? SiteFolder(at: site), folder.isFinished else { return nil }
        let contents = folder.contents(of: folder.manifest.paths)
        let found = contents.compactMap { path, content in
            if case .file(let bytes) = content { SiteFile(path, bytes) } else { nil }
        }
        guard BuildMemory.digest(of: found) == files else { return nil }
        return Remainder(build: self, edits: edits, site: found)
    }

    /// Writes it down. Where that fails, the next build has more to do, and no less right.
    func write(to folder: String) {
        func object<Value>(_ values: [String: Value], _ json: (Value) -> JSON) -> JSON {
            .object(values.sorted { $0.key < $1.key }.map { JSON.Member($0.key, json($0.value)) })
        }
        let json: JSON = [
            "lessons": object(lessons) { .string($0.text) }, "rest": .string(rest.text),
            "files": .string(files.text), "figures": object(figures, JSON.integer),
            "diagnostics": .array(diagnostics.map(\.json)), "frame": frame.json,
        ]
        let path = BuildMemory.path(in: folder)
        try? Data(json.compact.utf8).write(to: URL(filePath: path), options: .atomic)
    }

    private static func path(in folder: String) -> String { "\(folder)/latest-build.json" }

    private static func digest(of files: [SiteFile]) -> Digest {
        let lines = files.concurrentMap { "\($0.path)\u{0}\(Fingerprint(of: $0.contents).text)" }
        return Digest(of: lines.sorted().joined(separator: "\u{0}"))
    }
}

extension Diagnostic {
    /// The diagnostic as it is kept from one build to the next.
    fileprivate var json: JSON {
        [
            "severity": .string(severity.rawValue), "kind": .string(kind.rawValue),
            "file": .string(location.file), "line": location.line.map(JSON.integer) ?? .null,
            "column": location.column.map(JSON.integer) ?? .null, "message": .string(message),
            "hint": hint.map(JSON.string) ?? .null, "source": sourceLine.map(JSON.string) ?? .null,
        ]
    }

    /// Reads a diagnostic back; `nil` for what is none.
    fileprivate init?(json: JSON) {
        guard let severity = json["severity"]?.string.flatMap(Severity.init(rawValue:)),
            let kind = json["kind"]?.string.flatMap(Kind.init(rawValue:)),
            let file = json["file"]?.string, let message = json["message"]?.string
        else { return nil }
        let place = SourceLocation(file: file, line: json["line"]?.integer, column: json["column"]?.integer)
        self.init(
            severity,
            kind,
            at: place,
            message,
            hint: json["hint"]?.string,
            sourceLine: json["source"]?.string
        )
    }
}
