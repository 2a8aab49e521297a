internal import Foundation
package import Lessons
package import Records

/// Everything that the record of a lesson depends on, each part by its name: two runs with equal keys show the same.
///
/// Prose, comments, the layout of code, and options that say how something is displayed are not in it.
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

    /// To be raised when programs are written, or streams read, in another way than before.
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
        for cell in lesson.cells {
            let value = RunKey.value(of: cell, syntax: try syntax(cell.code), in: lesson)
            components.append(Component(name: "cell \(cell.name)", value: value))
        }
        for (index, expression) in lesson.expressions.enumerated() {
            let tokens = RunKey.tokens(of: expression.code, try syntax(expression.code))
            let value = Digest(of: "\(expression.precedingCells) \(tokens)").text
            components.append(Component(name: "expression \(index + 1)", value: value))
        }
        for (file, digest) in zip(lesson.frontMatter.data, data) {
            components.append(Component(name: file.path, value: digest.text))
        }
        components += [
            Component(name: "engine and runtime", value: library.text),
            Component(name: "compiler", value: compiler),
            Component(
                name: "limits",
                value:
                    "\(limits.time.inWords), \(limits.memory.inBinaryUnits), \(limits.output.inBinaryUnits)"
            ),
            Component(name: "format", value: RunKey.version),
        ]
    }

    private static func value(of cell: Cell, syntax: Syntax, in lesson: Lesson) -> String {
        var parts = [tokens(of: cell.code, syntax)]
        switch cell.options.expectedFailure {
        case .compile(let text): parts.append("fails \(text)")
        case .crash(let text): parts.append("crashes \(text)")
        case nil: break
        }
        if let timeout = cell.options.timeout ?? lesson.frontMatter.timeout {
            parts.append("timeout \(timeout.inWords)")
        }
        let bytes = Array(cell.code.utf8)
        let namesPlace = syntax.tokens.contains { token in
            let text = String(decoding: bytes[token.range], as: UTF8.self)
            return token.kind == .attribute
                && ["#line", "#column", "#file", "#filePath", "#fileID"].contains(text)
        }
        // Code that asks where it stands depends on it.
        if namesPlace { parts.append("\(cell.fence) \(cell.code)") }
        return Digest(of: parts.joined(separator: "\u{0}")).text
    }

    /// The code without comments, and with one blank or one line ending where there are several.
    ///
    /// Blanks and line endings mean something in Swift; how many there are means nothing, but for texts.
    static func tokens(of code: String, _ syntax: Syntax) -> String {
        let bytes = Array(code.utf8)
        var kept: [UInt8] = []
        var position = 0
        func keep(_ byte: UInt8) {
            switch byte {
            case UInt8(ascii: "\n"):
                while kept.last == UInt8(ascii: " ") { kept.removeLast() }
                if kept.last != byte, !kept.isEmpty { kept.append(byte) }
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                if let last = kept.last, last != UInt8(ascii: " "), last != UInt8(ascii: "\n") {
                    kept.append(UInt8(ascii: " "))
                }
            default: kept.append(byte)
            }
        }
        for token in syntax.tokens {
            bytes[position..<token.range.lowerBound].forEach(keep)
            position = token.range.upperBound
            if token.kind == .comment {
                // A comment is a blank, and one that goes over lines ends a line.
                keep(UInt8(ascii: " "))
                bytes[token.range].filter { $0 == UInt8(ascii: "\n") }.forEach(keep)
            } else {
                kept += bytes[token.range]
            }
        }
        bytes[position...].forEach(keep)
        while let last = kept.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\n") {
            kept.removeLast()
        }
        return String(decoding: kept, as: UTF8.self)
    }
}
