import Execution
import Golden
import Lessons
import Testing
import Turns

@Suite("The program of a lesson", .inTurns) struct ProgramTests {
    private func text(of lesson: Lesson, showing expressions: [Int: String] = [:]) -> String {
        var ranges: [Int: [Range<Int>]] = [:]
        for (index, expression) in expressions {
            let code = lesson.cells[index].code
            guard let range = code.ranges(of: expression).last else { continue }
            let start = code.utf8.distance(from: code.startIndex, to: range.lowerBound)
            ranges[index] = [start..<start + expression.utf8.count]
        }
        return Program.assemble(lesson.cells, of: lesson, showing: ranges).text
    }

    @Test("Cells at their lines, the shown expression on its own") func plain() throws {
        let lesson = lesson("let x = 1\nlet y = 2", "x + y // the sum", "for i in 0..<3 {\n    print(i)\n}")
        try expectGolden("Program/plain.swift.txt", text(of: lesson, showing: [1: "x + y"]))
    }

    @Test("What stands before the shown expression stays in place") func columns() throws {
        let lesson = lesson("let π = 1; π\n    .description; // ü\n\n", "  [1,\n   2]", "f(); g()")
        let shown = [0: "π\n    .description", 1: "[1,\n   2]", 2: "g()"]
        try expectGolden("Program/columns.swift.txt", text(of: lesson, showing: shown))
    }

    @Test("A cell in a list stands where it does in the file") func indentation() throws {
        let lesson = lesson("let s = \"\"\"\n  a\n\n  b\n  \"\"\"\ns", indentation: 3)
        try expectGolden("Program/indentation.swift.txt", text(of: lesson, showing: [0: "s"]))
    }

    @Test("Names are literals, whatever they hold") func escaping() throws {
        var lesson = lesson("1", file: "a \"b\"\\(c)\n/ü.md")
        lesson.cells[0].name = "\"\\\t"
        lesson.slug = "ü"
        try expectGolden("Program/escaping.swift.txt", text(of: lesson, showing: [0: "1"]))
    }

    @Test("Shapes are recorded where the declarations end, before what is said of them") func recording()
        throws
    {
        let lesson = lesson(
            "let a = f(), b = g()  // two\nlet c = h {\n  1\n}; let d = a;\nc",
            indentation: 2
        )
        let code = lesson.cells[0].code
        let tensors = [("a", "g()"), ("b", "g()"), ("c", "}"), ("d", "= a")].compactMap { name, end in
            code.ranges(of: end).last.map { range in
                TensorDefinition(name, 0..<code.utf8.distance(from: code.startIndex, to: range.upperBound))
            }
        }
        let last = code.utf8.count - 2
        let program = Program.assemble(
            lesson.cells,
            of: lesson,
            showing: [0: [last..<last + 1]],
            recording: [0: tensors]
        )
        try expectGolden("Program/recording.swift.txt", program.text)
    }

    @Test("Its own name is one that no cell contains, and so no cell can speak for it") func name() {
        for (code, name) in [
            ("notes", "notebook"), ("notebook", "notebook2"), ("my.notebook22()", "notebook3"),
        ] {
            #expect(text(of: lesson(code)).contains("let \(name) = Notebook.LessonProgram()"))
            #expect(!code.contains(name))
        }
    }

    @Test("One that reads data is run in the folder of lessons") func recipe() {
        func recipe(_ file: String, readsData: Bool) -> String? {
            let text = Program.assemble([], of: lesson([], file: file), readsData: readsData).text
            return text.split(separator: "\n").first { $0.contains("swiftc") }?.split(
                separator: " && ",
                maxSplits: 1
            )
            .last.map(String.init)
        }
        #expect(recipe("lessons/01.md", readsData: false) == "./lesson")
        #expect(recipe("lessons/01.md", readsData: true) == "(cd lessons && \"$OLDPWD/lesson\")")
        #expect(recipe("my lessons/01.md", readsData: true) == "(cd 'my lessons' && \"$OLDPWD/lesson\")")
        #expect(recipe("it's/01.md", readsData: true) == "(cd 'it'\\''s' && \"$OLDPWD/lesson\")")
    }
}
