internal import Foundation
package import Lessons
package import Serialization

/// Everything that the record of a lesson depends on, each part by its name: two runs with equal keys show the same.
///
/// Prose, comments, the layout of code, and options that say how something is displayed are not in it, unless code asks
/// where it stands.
public struct RunKey: Sendable, Hashable {
    /// One thing that a record depends on.
    public struct Component: Sendable, Hashable {
        /// What it is, such as `cell train` or `data/names.txt`.
        public var name: String
        /// Its value, or a digest of it.
        public var value: String
    }

    /// The parts, in an order that matters.
    public var components: [Component]

    /// To be raised when programs are written, streams read, or keys made in another way than before.
    private static let version = "4"

    /// A digest of all parts.
    package var digest: Digest {
        Digest(of: components.map { "\($0.name)\u{0}\($0.value)\u{0}" }.joined())
    }

    /// Makes a key of its parts.
    init(components: [Component]) {
        self.components = components
    }

    /// Makes the key of a lesson.
    ///
    /// - Parameters:
    ///   - lesson: The lesson.
    ///   - syntax: What the parser makes of a piece of Swift.
    ///   - library: The digest of the library that its program links.
    ///   - compiler: The compiler's version.
    ///   - limits: How much its process may take.
    ///   - data: The digest of each file that it declares, in the order of the declarations.
    package init(
        _ lesson: Lesson,
        syntax: (String) throws -> Syntax,
        library: Digest,
        compiler: String,
        limits: Limits,
        data: [Digest]
    ) rethrows {
        components = []
        let codes = try lesson.cells.map { CanonicalCode(of: $0.code, try syntax($0.code)) }
        let expressions = try lesson.expressions.map { CanonicalCode(of: $0.code, try syntax($0.code)) }
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
        components += [
            Component(name: "engine and runtime", value: library.text),
            Component(name: "compiler", value: compiler),
            Component(
                name: "limits",
                value: "\(limits.time.inWords), "
                    + [limits.memory, limits.output, limits.files].map(\.inBinaryUnits).joined(
                        separator: ", "
                    )
            ),
            Component(name: "format", value: RunKey.version),
        ]
    }

    private static func value(of cell: Cell, _ code: CanonicalCode, in lesson: Lesson) -> String {
        var parts = [code.text]
        switch cell.options.expectedFailure {
        case .compile(let text): parts.append("fails \(text)")
        case .crash(let text): parts.append("crashes \(text)")
        case nil: break
        }
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
