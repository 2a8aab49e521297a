package import Foundation
internal import Lessons
internal import Records
internal import Serialization

/// Records of earlier runs, in a folder: a lesson is run again only when something that its record depends on
/// has changed.
///
/// An entry is written to the side and moved into place, so that builds at the same time do not harm each other;
/// one that is corrupt, truncated or foreign counts as none.
public struct RunCache: Sendable {
    /// Whether a record is there for a key, and if not, why.
    public enum Decision: Sendable, Hashable {
        /// The record of an earlier run holds.
        case hit
        /// The lesson has not been run here.
        case never
        /// These parts are not as they were in the latest run.
        case changed([Change])
    }

    /// A part of a key that is not as it was.
    public struct Change: Sendable, Hashable {
        /// What it is.
        public var component: String
        /// Its value in the latest run; `nil` if it is new.
        public var old: String?
        /// Its value now; `nil` if it is gone.
        public var new: String?
    }

    /// What is kept of a run.
    struct Entry {
        var key: RunKey
        var run: LessonRun
        /// What SourceKit said of the steps; its places are numbers of significant bytes.
        var notes: StepNotes
        /// Where the warnings stand in the steps' code.
        var anchors: [Anchor?]
        /// How many significant bytes each of the steps had.
        var lengths: [Int]
        /// How the lesson was laid out, by which the places of warnings go.
        var layout: Digest
        /// How the lesson documented what it declares, on which notes depend.
        var documentation: Digest
    }

    private let folder: URL

    /// How many runs are kept of a lesson, so that going back and forth between two versions runs neither again.
    private static let kept = 4

    /// Keeps records in a folder, such as `.unroll`, which is made when the first one is kept.
    public init(folder: String) {
        self.folder = URL(filePath: folder, directoryHint: .isDirectory)
    }

    /// Makes the folder in which builds keep what they learn. It has git leave it out: it is this machine's alone.
    package static func make(_ folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let ignore = folder.appending(path: ".gitignore")
        guard !FileManager.default.fileExists(atPath: ignore.path(percentEncoded: false)) else { return }
        // Another build may be doing the same; and whether git is told is no reason to keep nothing.
        try? Data("*\n".utf8).write(to: ignore, options: .withoutOverwriting)
    }

    /// Where the digest of the library is remembered.
    var libraryMemo: URL { folder.appending(path: "library") }

    /// Where is remembered what the toolchain answered.
    var toolchainMemory: URL { folder.appending(path: "toolchain") }

    /// Where the compiler keeps modules of C that it has compiled: this needs no home folder.
    var moduleCache: String { folder.appending(path: "modules").path(percentEncoded: false) }

    /// Where the public symbols of the library are kept that cannot be kept beside it.
    var symbolGraphs: String { folder.appending(path: "symbols").path(percentEncoded: false) }

    /// Where lessons are compiled and run: this needs no folder of temporary files.
    var scratch: URL { folder.appending(path: "scratch", directoryHint: .isDirectory) }

    /// What the cache would do, and why.
    public func decision(on key: RunKey, of lesson: String) -> Decision {
        if load(key, of: lesson) != nil { return .hit }
        guard let latest = latest(of: lesson) else { return .never }
        let old = Dictionary(
            latest.key.components.map { ($0.name, $0.value) },
            uniquingKeysWith: { a, _ in a }
        )
        let new = Dictionary(key.components.map { ($0.name, $0.value) }, uniquingKeysWith: { a, _ in a })
        let names = key.components.map(\.name) + latest.key.components.map(\.name).filter { new[$0] == nil }
        let changes = names.filter { old[$0] != new[$0] }.map {
            Change(component: $0, old: old[$0], new: new[$0])
        }
        return .changed(changes.isEmpty ? [RunCache.order(latest.key, key)] : changes)
    }

    /// The same parts in another order: from the first that moved to the last.
    private static func order(_ old: RunKey, _ new: RunKey) -> Change {
        let pairs = zip(old.components.map(\.name), new.components.map(\.name))
        let moved = pairs.drop { $0 == $1 }.reversed().drop { $0 == $1 }.reversed()
        return Change(
            component: "order of cells",
            old: moved.map(\.0).joined(separator: ", "),
            new: moved.map(\.1).joined(separator: ", ")
        )
    }

    /// How long the latest run of a lesson took; `nil` if there is none.
    public func cost(of lesson: String) -> Duration? {
        // Apart from the entries, which are long and are read only where they are needed.
        let text = try? String(contentsOf: costFile(of: lesson), encoding: .utf8)
        return text.flatMap { Int($0) }.map { .milliseconds($0) }
    }

    /// The run of a lesson with this key.
    func load(_ key: RunKey, of lesson: String) -> Entry? {
        guard let entry = read(file(key, of: lesson)), entry.key == key else { return nil }
        return entry
    }

    /// Keeps a run.
    ///
    /// - Returns: A warning if that fails: the lesson will be run again.
    func store(_ entry: Entry, of lesson: String) -> Diagnostic? {
        let file = file(entry.key, of: lesson)
        let manager = FileManager.default
        do {
            try RunCache.make(folder)
            try manager.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(entry.text.utf8).write(to: file, options: .atomic)
            let cost = entry.run.cost.map { String(Int($0.total / .milliseconds(1))) } ?? ""
            try Data(cost.utf8).write(to: costFile(of: lesson), options: .atomic)
            // Another build may have removed it, too.
            for old in files(of: lesson).dropFirst(RunCache.kept) { try? manager.removeItem(at: old) }
            return nil
        } catch {
            // The same words for all lessons, for it is said once.
            return Diagnostic(
                .warning,
                .file,
                at: SourceLocation(file: folder.path(percentEncoded: false)),
                "what lessons showed cannot be kept, and they will be run again: \(error.localizedDescription)"
            )
        }
    }

    private func costFile(of lesson: String) -> URL {
        folder.appending(path: "runs/\(lesson)/milliseconds")
    }

    private func file(_ key: RunKey, of lesson: String) -> URL {
        folder.appending(path: "runs/\(lesson)/\(key.digest.text.prefix(32)).json")
    }

    /// The entries of a lesson, latest first.
    private func files(of lesson: String) -> [URL] {
        let files =
            (try? FileManager.default.contentsOfDirectory(
                at: folder.appending(path: "runs/\(lesson)"),
                includingPropertiesForKeys: [.contentModificationDateKey]
            )) ?? []
        let dated = files.filter { $0.pathExtension == "json" }.map { file in
            let values = try? file.resourceValues(forKeys: [.contentModificationDateKey])
            return (file, values?.contentModificationDate ?? .distantPast)
        }
        return dated.sorted {
            ($0.1, $0.0.path(percentEncoded: false)) > ($1.1, $1.0.path(percentEncoded: false))
        }.map(\.0)
    }

    /// The latest run of a lesson.
    func latest(of lesson: String) -> Entry? {
        for file in files(of: lesson) {
            if let entry = read(file) { return entry }
        }
        return nil
    }

    private func read(_ file: URL) -> Entry? {
        (try? Data(contentsOf: file)).flatMap(Entry.init(text:))
    }
}

extension RunCache.Entry {
    /// The entry as a file.
    var text: String { json.sealed }

    /// Reads an entry back; `nil` for what is none, or not as it was written.
    init?(text: Data) {
        guard let json = JSON(sealed: [UInt8](text)) else { return nil }
        self.init(json: json)
    }

    private var json: JSON {
        [
            "key": .array(key.components.map { [.string($0.name), .string($0.value)] }),
            "layout": .string(layout.text),
            "documentation": .string(documentation.text),
            "notes": notes.json,
            "lengths": .array(lengths.map(JSON.integer)),
            "milliseconds": .array(
                [run.cost?.compiling, run.cost?.running].map {
                    .integer(Int(($0 ?? .zero) / .milliseconds(1)))
                }
            ),
            "warnings": .array(run.diagnostics.map(\.json)),
            "anchors": .array(
                anchors.map { $0.map { [.integer($0.step), .integer($0.number)] } ?? .null }
            ),
            "record": run.record?.json ?? .null,
        ]
    }

    private init?(json: JSON) {
        guard let components = json["key"]?.array, let layout = json["layout"]?.string,
            let times = json["milliseconds"]?.array?.compactMap(\.integer), times.count == 2,
            let warnings = json["warnings"]?.array,
            let documentation = json["documentation"]?.string,
            let notes = json["notes"].flatMap(StepNotes.init(json:)),
            let places = json["anchors"]?.array,
            let lengths = json["lengths"]?.array?.compactMap(\.integer),
            places.count == warnings.count, let record = json["record"].flatMap(RunRecord.init(json:))
        else { return nil }
        let pairs = components.compactMap { pair -> RunKey.Component? in
            guard let parts = pair.array?.compactMap(\.string), parts.count == 2 else { return nil }
            return RunKey.Component(name: parts[0], value: parts[1])
        }
        let diagnostics = warnings.compactMap(Diagnostic.init(json:))
        guard pairs.count == components.count, diagnostics.count == warnings.count else { return nil }
        key = RunKey(components: pairs)
        anchors = places.map { place in
            guard let numbers = place.array?.compactMap(\.integer), numbers.count == 2 else { return nil }
            return Anchor(step: numbers[0], number: numbers[1])
        }
        self.layout = Digest(text: layout)
        self.documentation = Digest(text: documentation)
        self.notes = notes
        self.lengths = lengths
        run = LessonRun(record: record, diagnostics: diagnostics)
        run.cost = LessonRun.Cost(compiling: .milliseconds(times[0]), running: .milliseconds(times[1]))
        run.isCached = true
    }
}
