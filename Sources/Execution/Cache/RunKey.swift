package import Lessons
package import Serialization
package import SwiftAnalysis

/// Everything that the record of a lesson depends on, each part by its name: two runs with equal keys show the same.
///
/// Prose, comments, the layout of code, and options that say how something is displayed are not in it, unless code asks
/// where it stands.
public struct RunKey: Sendable, Hashable, Codable {
    /// One thing that a record depends on.
    public struct Component: Sendable, Hashable, Codable {
        /// The name, such as `cell train` or `data/names.txt`.
        public var name: String
        /// The value, or a digest of it.
        public var value: String
    }

    /// The parts, in an order that matters.
    public let components: [Component]

    /// The version of programs, streams and keys: to be raised when they are made in another way than before.
    private static let version = "5"

    /// Whether other machines may have equal keys: the engine that the lesson's program links is known by its sources.
    package var isShared: Bool {
        !components.contains { $0.name == RunKey.engine && $0.value.hasPrefix(EngineVersion.unsealed) }
    }

    /// The name of the part that tells versions of the engine apart.
    private static let engine = "engine and runtime"

    /// A digest of all parts.
    package var digest: Digest {
        Digest(of: components.map { "\($0.name)\u{0}\($0.value)\u{0}" }.joined())
    }

    /// Makes the key of a lesson.
    ///
    /// - Parameters:
    ///   - lesson: The lesson.
    ///   - parse: Parses a piece of Swift.
    ///   - engine: The version of the engine that its program links.
    ///   - compiler: The compiler's version.
    ///   - limits: The limits of its process.
    ///   - data: The digest of each file that it declares, in the order of the declarations.
    ///   - own: What the project's own Swift adds.
    package static func make(
        of lesson: Lesson,
        parsing parse: (String) throws -> ParsedCode,
        engine: EngineVersion,
        compiler: String,
        limits: Limits,
        data: [Digest],
        own: [Component] = []
    ) rethrows -> RunKey {
        var components: [Component] = []
        let codes = try lesson.cells.map { CanonicalCode(of: try parse($0.code)) }
        let expressions = try lesson.expressions.map { CanonicalCode(of: try parse($0.code)) }
        for (cell, code) in zip(lesson.cells, codes) {
            let value = RunKey.value(of: cell, code, in: lesson)
            components.append(Component(name: "cell \(cell.name)", value: value))
        }
        for (index, (expression, code)) in zip(lesson.expressions, expressions).enumerated() {
            let value = Digest(of: "\(expression.precedingCells) \(code.text)").text
            components.append(Component(name: "expression \(index + 1)", value: value))
        }
        components.append(
            Component(name: "places of code", value: RunKey.places(of: codes, expressions, in: lesson))
        )
        for (file, digest) in zip(lesson.frontMatter.data, data) {
            components.append(Component(name: file.path, value: digest.text))
        }
        components += own
        components += [
            Component(name: RunKey.engine, value: engine.description),
            Component(name: "compiler", value: compiler),
            Component(name: "limits", value: limits.description),
            Component(name: "format", value: RunKey.version),
        ]
        return RunKey(components: components)
    }

    private static func value(of cell: Cell, _ code: CanonicalCode, in lesson: Lesson) -> String {
        var parts = [code.text]
        switch cell.options.expectedFailure {
        case .compile(let text): parts.append("fails \(text)")
        case .crash(let text): parts.append("crashes \(text)")
        case nil: break
        }
        if cell.options.isBuilt { parts.append("built") }
        if let timeout = cell.options.timeout ?? lesson.frontMatter.timeout {
            parts.append("timeout \(timeout.inWords)")
        }
        return Digest(of: parts.joined(separator: "\u{0}")).text
    }

    /// A digest of where code stands, as far as any code of the lesson may come to know it: a default argument is written
    /// in one cell, and is the place of its caller in another.
    private static func places(
        of cells: [CanonicalCode],
        _ expressions: [CanonicalCode],
        in lesson: Lesson
    ) -> String {
        let knowledge = (cells + expressions).map(\.knowledge).max() ?? .nothing
        guard knowledge > .nothing else { return "not asked for" }
        func text(_ code: CanonicalCode, line: Int, column: Int) -> String {
            code.places.map { place in
                let column = knowledge == .columns ? ":\(column + place.column)" : ""
                return "\(line + place.line)\(column)"
            }.joined(separator: " ")
        }
        let texts = zip(lesson.cells, cells).map { cell, code in
            text(code, line: cell.firstLine, column: cell.indentation)
        }
        let others = zip(lesson.expressions, expressions).map { expression, code in
            text(code, line: expression.location.line ?? 0, column: expression.location.column ?? 0)
        }
        return Digest(of: ([lesson.file] + texts + others).joined(separator: "\n")).text
    }
}

// MARK: - Changes

/// The decision of the cache on a lesson.
public enum RunDecision: Sendable, Hashable {
    /// The record of an earlier run holds.
    case hit
    /// The lesson has not been run here.
    case never
    /// These parts of the key are not as they were in the latest run.
    case changed([RunKey.Change])
}

extension RunKey {
    /// A part of a key that is not as it was.
    public struct Change: Sendable, Hashable {
        /// The name of the part.
        public var component: String
        /// The value in the latest run; `nil` if it is new.
        public var old: String?
        /// The value now; `nil` if it is gone.
        public var new: String?
    }

    /// Returns the parts that are not as they were in an earlier key; of the same parts, the order.
    package func changes(since earlier: RunKey) -> [Change] {
        func values(_ key: RunKey) -> [String: String] {
            Dictionary(key.components.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        }
        let (old, new) = (values(earlier), values(self))
        let names = components.map(\.name) + earlier.components.map(\.name).filter { new[$0] == nil }
        let changes = names.filter { old[$0] != new[$0] }.map {
            Change(component: $0, old: old[$0], new: new[$0])
        }
        return changes.isEmpty ? [order(since: earlier)] : changes
    }

    /// Returns the same parts in another order: from the first that moved to the last.
    private func order(since earlier: RunKey) -> Change {
        let pairs = zip(earlier.components.map(\.name), components.map(\.name))
        let moved = pairs.drop { $0 == $1 }.reversed().drop { $0 == $1 }.reversed()
        return Change(
            component: "order of cells",
            old: moved.map(\.0).joined(separator: ", "),
            new: moved.map(\.1).joined(separator: ", ")
        )
    }
}
