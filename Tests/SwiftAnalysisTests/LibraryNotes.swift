import Foundation
import Lessons
import SwiftAnalysis
import Testing
import Turns

@Suite("Notes on libraries, asked for once", .inTurns) struct LibraryNotesTests {
    /// Programs in which names that look the same mean different things.
    private static let programs = [
        "let a = [1].map { $0 + 1 }", "let a = [1.5].map { $0 + 1 }", "let a = Set([1]).map { $0 }",
        "let a = Double(1)", "let a = Double(Float(1))", "let a = Double(\"1\")",
        "let a = [1].map(Double.init)",
        "let a = [1, 2].first { $0 > 1 }", "let a = [1, 2].first(where: { $0 > 1 })", "let a = [1, 2].first",
        "let a = max(1, 2)", "let a = max(1, 2, 3)", "let a = max(1.5, 2)", "let a = [1].max()",
        "extension [Int] { var most: Int { max()! } }",
        "extension [Int] { var most: Int { Swift.max(1, 2) } }",
        "func max(_ a: Int, _ b: Int) -> Int { a }\nlet a = max(1, 2)",
        "let f = { (max: (Int, Int) -> Int) in max(1, 2) }",
        "let a = log(2.0)", "import Foundation\nlet a = log(2.0)",
        "let t: Tensor = .ones([2])", "struct Tensor {}\nlet t: Tensor? = nil",
        "func f<Tensor>(_ t: Tensor) {}", "let a = Tensor.ones([2]).sum()",
        "let a = Tensor.ones([2]).sum(axis: 0)",
        "Chart(\"a\") { LineMark(x: .value(\"a\", 1), y: .value(\"b\", 2)) }",
        "Chart(\"a\") { LineMark(x: .value(\"a\", 1), y: .value(\"b\", 2), series: .value(\"c\", \"d\")) }",
        "let m = LineMark(x: .value(\"a\", 1), y: .value(\"b\", 2))",
        "Chart(\"a\") { RuleMark(x: .value(\"a\", 1)) }", "Chart(\"a\") { RuleMark(y: .value(\"a\", 1)) }",
        "let a = \"a\".count", "let a = [1].count", "let a = [\"a\": 1].count",
        "let a = \"b\".split(separator: \"b\")", "let a = [1].split(separator: 1)",
        "struct S: Layer { func callAsFunction(_ x: Tensor) -> Tensor { x }\nvar n: Int { parameters.count } }",
        "struct S { var parameters = [1]\nvar n: Int { parameters.count } }",
    ]

    @Test("They are those that each program would have been given by itself", arguments: [false, true])
    func shared(isBackwards: Bool) async throws {
        let shared = LibraryNotes()
        for program in isBackwards ? LibraryNotesTests.programs.reversed() : LibraryNotesTests.programs {
            let typed = try await TestSourceKit.check([program])
            let alone = typed.nameNotes(in: [0], with: LibraryNotes())[0]
            #expect(!alone.isEmpty, "\(program)")
            #expect(typed.nameNotes(in: [0], with: shared)[0] == alone, "\(program)")
        }
    }

    @Test("A name of a library is asked for once, and has its own place each time") func places() async throws
    {
        let typed = try await TestSourceKit.check(["let a = [1].map { $0 }\nlet b = [2].map { $0 }"])
        let notes = typed.nameNotes(in: [0], with: LibraryNotes())[0].filter {
            $0.declaration.contains("func map")
        }
        #expect(notes.map(\.range) == [12..<15, 35..<38])
        #expect(notes[0].declaration == notes[1].declaration)
    }

    @Test("Calls that differ in a letter of a label, or in a type, say what each stands for") func labels()
        async throws
    {
        let codes = [
            "struct Place { init(x: Int) {}; init(y: Int) {}; init(_ n: Int) {}; init(_ s: String) {}; init() {} }",
            "let a = (Place(x: 1), Place(y: 1), Place(1), Place(\"s\"), Place())",
        ]
        let notes = try await TestSourceKit.check(codes).nameNotes(in: [1], with: LibraryNotes())[0]
        let made = notes.filter { $0.declaration.hasPrefix("struct Place") }
            .map { String($0.declaration.split(separator: "\n").last ?? "") }
        #expect(made == ["init(x: Int)", "init(y: Int)", "init(_ n: Int)", "init(_ s: String)", "init()"])
    }

    @Test("A name that a library has, too, stands for what its use means") func overloaded() async throws {
        let codes = [
            "func max(_ n: Int) -> Int { n }\nlet log = 3.0",
            "let a = max(1)\nlet b = max(1, 2)\nlet c = max(2)\nlet d = log\nlet e = log + 1",
        ]
        let notes = try await TestSourceKit.check(codes).nameNotes(in: [1], with: LibraryNotes())[0]
        let meant = notes.map(\.declaration).filter { $0.contains("max") || $0.contains("log") }
        #expect(
            meant.map { $0.prefix(12) } == [
                "func max(_ n", "func max<T>(", "func max(_ n", "let log: Dou", "let log: Dou",
            ]
        )
    }

    @Test("Kept on disk, they are the same") func stored() async throws {
        let notes = LibraryNotes()
        var typed: [TypedPieces] = []
        for program in LibraryNotesTests.programs { typed.append(try await TestSourceKit.check([program])) }
        let first = typed.map { $0.nameNotes(in: [0], with: notes) }
        #expect(notes.hasGrown())
        #expect(!notes.hasGrown())
        let data = try PropertyListEncoder().encode([notes])
        let stored = try #require(try PropertyListDecoder().decode([LibraryNotes].self, from: data).first)
        #expect(typed.map { $0.nameNotes(in: [0], with: stored) } == first)
        #expect(!stored.hasGrown())
    }
}
