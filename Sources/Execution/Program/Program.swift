package import Lessons
package import SwiftAnalysis

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
    /// Where the code of each cell begins in the lesson, by its name; empty unless places are counted by cell.
    let beginnings: [String: SourceLocation]

    /// Writes the program of some steps of a lesson.
    ///
    /// - Parameters:
    ///   - steps: The cells that are run.
    ///   - lesson: The lesson.
    ///   - imports: The modules that it imports.
    ///   - shown: The ranges of the expressions that are shown, in bytes of the cell's code, in their order, by the cell's
    ///     index.
    ///   - tensors: The variables whose shapes are recorded, by the cell's index.
    ///   - built: What built cells computed that live cells are given, by the cell's index.
    ///   - readsData: Whether the program is to say that it reads files, whose paths count from the lesson's folder.
    package static func assemble(
        _ steps: [Cell],
        of lesson: Lesson,
        importing imports: Imports = .engine,
        showing shown: [Int: [Range<Int>]] = [:],
        recording tensors: [Int: [TensorDefinition]] = [:],
        keeping built: [Int: BuiltPiece] = [:],
        readsData: Bool = false
    ) -> Program {
        let heading = Program.heading(of: lesson, importing: imports, readsData: readsData)
        var writer = ProgramWriter(
            file: lesson.file,
            named: Program.name(for: steps),
            importing: imports,
            heading: heading
        )
        for (index, step) in steps.enumerated() {
            var insertions = Program.recordings(of: tensors[index] ?? [], in: Array(step.code.utf8))
            if let built = built[index] { insertions.append(built.recordings(in: step)) }
            writer.append(step, showing: shown[index] ?? [], inserting: insertions)
        }
        return writer.program
    }

    /// Writes the program of a lesson's live cells, and of those that they need.
    ///
    /// - Parameters:
    ///   - steps: The cells.
    ///   - lesson: The lesson.
    ///   - imports: The modules that it imports.
    ///   - shown: The ranges of the expressions that are shown, by the cell's index.
    ///   - insertions: What is written into the cells besides, in its order, by the cell's index.
    ///   - countsByCell: Whether places are a cell's name and a line of it, which stay as they are whatever stands above
    ///     the cell: so readers know them, too.
    static func live(
        _ steps: [Cell],
        of lesson: Lesson,
        importing imports: Imports,
        showing shown: [Int: [Range<Int>]],
        inserting insertions: [Int: [Insertion]],
        countsByCell: Bool
    ) -> Program {
        var writer = ProgramWriter(
            file: lesson.file,
            named: Program.name(for: steps),
            importing: imports,
            isLive: true,
            countsByCell: countsByCell
        )
        for (index, step) in steps.enumerated() {
            writer.append(step, showing: shown[index] ?? [], inserting: insertions[index] ?? [])
        }
        return writer.program
    }

    /// A text that is written into a cell.
    struct Insertion: Sendable, Hashable {
        /// The place, in bytes of the cell's code.
        var offset: Int
        /// The text, on one line.
        var text: String
    }

    /// Returns the lesson's place that the compiler means by a file, line and column of the program; `nil` for another
    /// file's.
    func location(file name: String?, line: Int, column: Int? = nil) -> SourceLocation? {
        if let first = name.flatMap({ beginnings[$0] }) {
            let column = column.map { $0 + (first.column ?? 1) - 1 }
            return SourceLocation(file: file, line: (first.line ?? 1) + line - 1, column: column)
        }
        return isOwn(name) ? SourceLocation(file: file, line: line, column: column) : nil
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
    private static func heading(of lesson: Lesson, importing imports: Imports, readsData: Bool) -> String {
        let file = lesson.file
        let name = escaped(String(file.split(separator: "/").last ?? ""))
        let download = "site/downloads/\(escaped(lesson.slug)).swift"
        let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
            separator: "/"
        )
        let run =
            readsData && !folder.isEmpty
            ? "(cd \(ShellWord.quoted(escaped(folder))) && \"$OLDPWD/lesson\")" : "./lesson"
        guard imports == .engine else {
            return """
                // \(name) as the one program that it is. It imports Swift of its own project, where
                //   unroll run \(ShellWord.quoted(escaped(lesson.slug)))
                // compiles and runs it.

                """
        }
        return """
            // \(name) as the one program that it is. In a checkout of Unroll, after ./unroll build:
            //   swiftc -swift-version 5 -I .build/release/Modules -L .build/release -lNotebook -lm -Xlinker -rpath \
            -Xlinker "$PWD/.build/release" -o lesson \(download) && \(run)

            """
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

    /// The calls that record the shapes of variables, at the end of the line on which a declaration ends: no line and no
    /// column of the author's changes.
    private static func recordings(of tensors: [TensorDefinition], in code: [UInt8]) -> [Insertion] {
        var insertions: [Insertion] = []
        var calls = ""
        for (index, tensor) in tensors.enumerated() {
            let end = tensor.range.upperBound
            calls += "; Notebook.recordShape(\"\(tensor.name)\", \(tensor.name))"
            // A line with several declarations has its calls after the last.
            if index + 1 < tensors.count,
                !code[end..<tensors[index + 1].range.upperBound].contains(UInt8(ascii: "\n"))
            {
                continue
            }
            insertions.append(Insertion(offset: end, text: calls))
            calls = ""
        }
        return insertions
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
    private let lesson: String
    private let name: String
    private let countsByCell: Bool
    private var shown: [Int: SourceLocation] = [:]
    private var beginnings: [String: SourceLocation] = [:]
    private var hasSteps = false
    private var text: String

    private static let newline = UInt8(ascii: "\n")

    init(
        file: String,
        named name: String,
        importing imports: Imports,
        heading: String = "",
        isLive: Bool = false,
        countsByCell: Bool = false
    ) {
        (lesson, self.name, self.countsByCell) = (file, name, countsByCell)
        let live = isLive ? "isLive: true" : ""
        text = "\(heading)\(imports.text)\nlet \(name) = Notebook.LessonProgram(\(live))\n"
    }

    var program: Program {
        // Without a step there is no place to go back from, and the compiler would not have it.
        let end = (hasSteps ? "\n#sourceLocation()" : "") + "\nNotebook.endLesson(\(name))\n"
        return Program(text: text + end, shown: shown, file: lesson, beginnings: beginnings)
    }

    mutating func append(_ cell: Cell, showing shown: [Range<Int>], inserting insertions: [Program.Insertion])
    {
        text += "\n"
        hasSteps = true
        if !countsByCell { place(line: cell.firstLine - 1, in: cell) }
        text += Program.opening(cell: cell.name) + "\", of: \(name))\n"
        if countsByCell {
            let first = SourceLocation(file: lesson, line: cell.firstLine, column: cell.indentation + 1)
            beginnings[Program.escaped(cell.name)] = first
            place(line: cell.firstLine, in: cell)
        }
        let code = CodeWithInsertions(cell.code, insertions)
        var written: [UInt8] = []
        var position = 0
        for range in shown {
            let lineStart = code.startOfLine(at: range.lowerBound)
            let isFirst = code.bytes[lineStart..<range.lowerBound].allSatisfy { $0 == 0x20 || $0 == 0x09 }
            append(written + code[position..<(isFirst ? lineStart : range.lowerBound)], in: cell)
            open(at: range.lowerBound, in: cell)
            let padding = Array(repeating: UInt8(ascii: " "), count: range.lowerBound - lineStart)
            written = padding + code[range] + [UInt8(ascii: ")")]
            position = range.upperBound
        }
        append(written + code[position...], in: cell)
    }

    /// Opens what is shown, on the line before.
    private mutating func open(at offset: Int, in cell: Cell) {
        let position = SourceText.position(of: offset, in: cell.code.utf8)
        let line = cell.firstLine + position.line - 1
        let place = SourceLocation(file: lesson, line: line, column: cell.indentation + position.column)
        if shown[line - 1] == nil { shown[line - 1] = place }
        guard countsByCell, line == cell.firstLine else {
            self.place(line: line - 1, in: cell)
            text += Program.show + "\n"
            return
        }
        // No line of a cell comes before its first.
        self.place(line: line, in: cell)
        text += Program.show
    }

    /// Says where the next line stands in the lesson, or in the cell.
    private mutating func place(line: Int, in cell: Cell) {
        let file = Program.escaped(countsByCell ? cell.name : lesson)
        let number = countsByCell ? line - cell.firstLine + 1 : line
        text += "#sourceLocation(file: \"\(file)\", line: \(number))\n"
    }

    /// Appends whole lines, as far to the right as they stand in the lesson.
    private mutating func append(_ code: [UInt8], in cell: Cell) {
        guard !code.isEmpty else { return }
        let margin = countsByCell ? "" : String(repeating: " ", count: cell.indentation)
        for line in code.dropLast(code.last == ProgramWriter.newline ? 1 : 0).split(
            separator: ProgramWriter.newline,
            omittingEmptySubsequences: false
        ) {
            text += line.isEmpty ? "\n" : "\(margin)\(String(decoding: line, as: UTF8.self))\n"
        }
    }
}

/// The code of a cell with texts that are written into it.
private struct CodeWithInsertions {
    let bytes: [UInt8]
    private let insertions: [Program.Insertion]

    init(_ code: String, _ insertions: [Program.Insertion]) {
        bytes = Array(code.utf8)
        self.insertions = insertions
    }

    func startOfLine(at offset: Int) -> Int {
        bytes[..<offset].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    }

    /// The bytes of a range, with what is written into it.
    subscript(range: Range<Int>) -> [UInt8] {
        var (written, position): ([UInt8], Int) = ([], range.lowerBound)
        for insertion in insertions where range.contains(insertion.offset) {
            written += bytes[position..<insertion.offset] + Array(insertion.text.utf8)
            position = insertion.offset
        }
        return written + bytes[position..<range.upperBound]
    }

    /// The bytes to the end, with what is written into them.
    subscript(range: PartialRangeFrom<Int>) -> [UInt8] {
        self[range.lowerBound..<bytes.count]
            + insertions.filter { $0.offset == bytes.count }.flatMap { Array($0.text.utf8) }
    }
}
