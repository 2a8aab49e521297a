internal import Execution
internal import Foundation
internal import Lessons
internal import Pages
internal import Records

/// What the latest build was made of, what it made, and what it said: while nothing of the first two has changed, there
/// is nothing to do but to say it again.
struct BuildMemory {
    /// How many lessons there were.
    let lessons: Int
    /// How many charts they showed.
    let figures: Int
    /// What was to be said of them.
    let diagnostics: [Diagnostic]
    private let inputs: Digest
    private let files: Digest

    /// Keeps a build in mind.
    ///
    /// - Parameters:
    ///   - inputs: What it was made of.
    ///   - files: What it wrote.
    ///   - report: What it said.
    init(of inputs: BuildInputs, making files: [SiteFile], _ report: BuildReport, lessons: Int) {
        self.inputs = inputs.digest
        self.files = BuildMemory.digest(
            of: files.concurrentMap { ($0.path, Digest(of: $0.contents)) }
        )
        self.lessons = lessons
        figures = report.figures
        // What stands around lessons matters to none while none is run.
        diagnostics = report.diagnostics.filter { $0.kind != .setup }.sorted { $0.location < $1.location }
    }

    /// Recalls the latest build; `nil` if there is none.
    init?(in folder: String) {
        guard let text = FileManager.default.contents(atPath: BuildMemory.path(in: folder)),
            let json = try? JSON(parsing: text), let lessons = json["lessons"]?.integer,
            let figures = json["figures"]?.integer, let inputs = json["inputs"]?.string,
            let files = json["files"]?.string, let list = json["diagnostics"]?.array
        else { return nil }
        diagnostics = list.compactMap(Diagnostic.init(json:))
        guard diagnostics.count == list.count else { return nil }
        self.lessons = lessons
        self.figures = figures
        self.inputs = Digest(text: inputs)
        self.files = Digest(text: files)
    }

    /// Whether a build of these inputs would find its site as it should be, to the byte.
    func holds(for inputs: BuildInputs, in site: String) -> Bool {
        let folder = URL(filePath: site).standardizedFileURL
        guard inputs.digest == self.inputs, let list = try? Manifest(ofFolder: folder, shownAs: site) else {
            return false
        }
        let root = folder.path(percentEncoded: false)
        let present = Array(list.paths).concurrentMap { path in
            FileManager.default.contents(atPath: "\(root)/\(path)").map { (path, Digest(of: $0)) }
        }
        return BuildMemory.digest(of: present.compactMap(\.self)) == files
    }

    /// Writes it down. Where that fails, the next build has more to do, and no less right.
    func write(to folder: String) {
        let json: JSON = [
            "lessons": .integer(lessons), "figures": .integer(figures), "inputs": .string(inputs.text),
            "files": .string(files.text), "diagnostics": .array(diagnostics.map(\.json)),
        ]
        let path = BuildMemory.path(in: folder)
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try? Data(json.lines.utf8).write(to: URL(filePath: path), options: .atomic)
    }

    private static func path(in folder: String) -> String { "\(folder)/latest-build.json" }

    private static func digest(of files: [(path: String, digest: Digest)]) -> Digest {
        Digest(of: files.map { "\($0.path)\u{0}\($0.digest.text)" }.sorted().joined(separator: "\u{0}"))
    }
}
