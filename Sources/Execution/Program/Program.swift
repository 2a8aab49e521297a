package import Lessons

/// A lesson's cells as one Swift file.
///
/// `#sourceLocation` stands before each cell, so that the compiler, traps and failed requirements speak of the
/// lesson's own lines. What is shown is wrapped in `Notebook.show(` on a line before it, and padded to where it
/// stands in the lesson, so that they speak of its own columns too.
public struct Program: Sendable, Hashable {
    /// The Swift source.
    public let text: String
    /// The places of what is shown, by the line before, on which it is wrapped.
    let shown: [Int: SourceLocation]
    /// The lesson's file.
    let file: String

    /// Writes the program of some steps of a lesson.
    ///
    /// - Parameters:
    ///   - steps: The cells that are run.
    ///   - lesson: The lesson.
    ///   - shown: The ranges of the expressions that are shown, in bytes of the cell's code, by the cell's index.
    ///   - tensors: The variables whose shapes are recorded, by the cell's index.
    ///   - readsData: Whether the program is to say that it reads files, whose paths count from the lesson's folder.
    package static func assemble(
        _ steps: [Cell],
        of lesson: Lesson,
        showing shown: [Int: Range<Int>] = [:],
        recording tensors: [Int: [TensorDefinition]] = [:],
        readsData: Bool = false
    ) -> Program {
        let heading = Program.heading(of: lesson.file, readsData: readsData)
        var writer = ProgramWriter(file: lesson.file, named: Program.name(for: steps), heading: heading)
        for (index, step) in steps.enumerated() {
            writer.append(step, showing: shown[index], recording: tensors[index] ?? [])
        }
        let lines = writer.shown.map { (($0.line ?? 1) - 1, $0) }
        return Program(
            text: writer.finished,
            shown: Dictionary(lines, uniquingKeysWith: { first, _ in first }),
            file: lesson.file
        )
    }

    /// Whether the compiler or the runtime means the lesson by this name of a file: they repeat how
    /// `#sourceLocation` spells it, or make a `#fileID` of it.
    func isOwn(_ name: String?) -> Bool {
        let last = file.split(separator: "/").last.map(String.init) ?? file
        return name == file || name == Program.escaped(file) || name == "main/\(last)"
    }

    /// Whether a path, which the debugger makes of the folder of compilation and the name, means the lesson.
    func isOwn(path: String) -> Bool {
        path.hasSuffix("/" + file) || path.hasSuffix("/" + Program.escaped(file))
    }

    /// Returns the comment for a reader who takes the program home.
    private static func heading(of file: String, readsData: Bool) -> String {
        let name = escaped(String(file.split(separator: "/").last ?? ""))
        let download = "site/downloads/\(name.hasSuffix(".md") ? String(name.dropLast(3)) : name).swift"
        let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
            separator: "/"
        )
        let run =
            readsData && !folder.isEmpty
            ? "(cd \(inShell(escaped(folder))) && \"$OLDPWD/lesson\")" : "./lesson"
        return """
            // \(name) as the one program that it is. In a checkout of Unroll, after ./unroll build:
            //   swiftc -swift-version 5 -I .build/release/Modules -L .build/release -lNotebook -lm -Xlinker -rpath \
            -Xlinker "$PWD/.build/release" -o lesson \(download) && \(run)

            """
    }

    /// A path as a word of a shell's line.
    private static func inShell(_ path: String) -> String {
        let isPlain = path.utf8.allSatisfy { byte in
            byte >= 0x80 || "/._-+@:,".utf8.contains(byte) || Character(Unicode.Scalar(byte)).isLetter
                || Character(Unicode.Scalar(byte)).isNumber
        }
        return isPlain ? path : "'\(path.replacing("'", with: "'\\''"))'"
    }

    /// The name by which the program speaks of itself: no cell contains it, and so none can speak for another.
    private static func name(for steps: [Cell]) -> String {
        var (name, number) = ("notebook", 1)
        while steps.contains(where: { $0.code.contains(name) }) {
            number += 1
            name = "notebook\(number)"
        }
        return name
    }

    /// The calls that record the shapes of variables, to stand after the last declaration of a line.
    static func recording(_ names: [String]) -> String {
        names.map { "; Notebook.recordShape(\"\($0)\", \($0))" }.joined()
    }

    /// The line that opens what is shown.
    static let show = "Notebook.show("

    /// The beginning of the line that opens a cell.
    static func opening(cell name: String) -> String {
        "Notebook.beginCell(\"\(escaped(name))"
    }

    /// The text between the quotes of a Swift string literal.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                escaped += "\\u{\(String(scalar.value, radix: 16))}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

private struct ProgramWriter {
    let file: String
    private(set) var shown: [SourceLocation] = []
    private let name: String
    private let program: String
    private var hasSteps = false
    private var text: String

    init(file: String, named program: String, heading: String) {
        name = file
        self.program = program
        self.file = Program.escaped(file)
        text = "\(heading)import Notebook\nlet \(program) = Notebook.LessonProgram()\n"
    }

    var finished: String {
        // Without a step there is no place to go back from, and the compiler would not have it.
        text + (hasSteps ? "\n#sourceLocation()" : "") + "\nNotebook.endLesson(\(program))\n"
    }

    mutating func append(_ cell: Cell, showing shown: Range<Int>?, recording tensors: [TensorDefinition]) {
        text += "\n"
        hasSteps = true
        place(line: cell.firstLine - 1)
        text += Program.opening(cell: cell.name) + "\", of: \(program))\n"
        let code = Array(cell.code.utf8)
        guard let shown else {
            append(ProgramWriter.recording(tensors, in: code[...]), indentation: cell.indentation)
            return
        }
        let before = code[..<shown.lowerBound]
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let isFirstOfLine = before[lineStart...].allSatisfy {
            $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t")
        }
        let head = code[..<(isFirstOfLine ? lineStart : shown.lowerBound)]
        append(ProgramWriter.recording(tensors, in: head), indentation: cell.indentation)
        let position = SourceText.position(of: shown.lowerBound, in: code)
        let line = cell.firstLine + position.line - 1
        let column = cell.indentation + position.column
        self.shown.append(SourceLocation(file: name, line: line, column: column))
        place(line: line - 1)
        text += Program.show + "\n"
        let padding = Array(repeating: UInt8(ascii: " "), count: shown.lowerBound - lineStart)
        append(
            padding + code[shown] + [UInt8(ascii: ")")] + code[shown.upperBound...],
            indentation: cell.indentation
        )
    }

    /// The code with a call for each tensor at the end of the line on which its declaration ends: no line and no
    /// column of the author's changes.
    private static func recording(_ tensors: [TensorDefinition], in code: ArraySlice<UInt8>) -> [UInt8] {
        var written: [UInt8] = []
        var position = code.startIndex
        var names: [String] = []
        for (index, tensor) in tensors.enumerated() where tensor.range.upperBound <= code.endIndex {
            names.append(tensor.name)
            let next = index + 1 < tensors.count ? tensors[index + 1].range.upperBound : code.endIndex
            // A line with several declarations has its calls after the last.
            guard next >= code.endIndex || code[tensor.range.upperBound..<next].contains(UInt8(ascii: "\n"))
            else { continue }
            written += code[position..<tensor.range.upperBound] + Array(Program.recording(names).utf8)
            position = tensor.range.upperBound
            names = []
        }
        return written + code[position...]
    }

    /// Says where the next line stands in the lesson.
    private mutating func place(line: Int) {
        text += "#sourceLocation(file: \"\(file)\", line: \(line))\n"
    }

    /// Appends whole lines, as far to the right as they stand in the lesson.
    private mutating func append(_ code: some BidirectionalCollection<UInt8>, indentation: Int) {
        guard !code.isEmpty else { return }
        let newline = UInt8(ascii: "\n")
        let margin = String(repeating: " ", count: indentation)
        for line in code.dropLast(code.last == newline ? 1 : 0).split(
            separator: newline,
            omittingEmptySubsequences: false
        ) {
            text += line.isEmpty ? "\n" : "\(margin)\(String(decoding: line, as: UTF8.self))\n"
        }
    }
}
