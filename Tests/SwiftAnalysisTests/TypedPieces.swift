import Lessons
import SwiftAnalysis
import Testing
import Turns

@Suite("What SourceKit knows of pieces", .inTurns) struct TypedPiecesTests {
    /// The notes on the names of the last piece, each with its name before it.
    private func names(_ codes: String...) async throws -> [String] { try await allNames(codes).last ?? [] }

    /// The notes on the names of all pieces.
    private func allNames(_ codes: [String]) async throws -> [[String]] {
        let typed = try await TestSourceKit.check(codes)
        return zip(codes, typed.nameNotes(in: Array(codes.indices), with: LibraryNotes())).map {
            code,
            notes in
            let code = Array(code.utf8)
            return notes.map { note in
                let name = String(decoding: code[note.range], as: UTF8.self)
                return "\(name) | \(note.declaration)" + (note.summary.isEmpty ? "" : " | \(note.summary)")
            }
        }
    }

    @Test("Names say what they are, across pieces, wherever they stand") func names() async throws {
        let found = try await names(
            "/// Doubles `x`.\n/// Twice.\n///\n/// More.\nfunc twice(_ x: Float) -> Float { 2 * x }\nlet pair = (first: 1, second: \"é\")",
            "let é = twice(3)  // é\nprint(é, pair.second, [é].map { $0 + 1 })"
        )
        #expect(
            found.map { $0.replacing(#/\ \| [A-Z].*/#, with: " …") } == [
                "é | let é: Float", "twice | func twice(_ x: Float) -> Float …",
                "print | func print(_ items: Any..., separator: String = \" \", terminator: String = \"\\n\") …",
                "é | let é: Float", "pair | let pair: (first: Int, second: String)",
                "second | second: String",
                "é | let é: Float",
                "map | func map<T, E>(_ transform: (Float) throws(E) -> T) throws(E) -> [T] where E : Error …",
                "$0 | let $0: Float",
            ]
        )
        #expect(found[1].hasSuffix("| Doubles x. Twice."))
    }

    @Test("The engine's names say their shapes, and not who asks for the caller's line") func engine()
        async throws
    {
        let found = try await names(
            "let layer = Linear(inputSize: 1, outputSize: 2)\nlet y = layer(.ones([3, 1])).sum()"
        )
        #expect(found.count == 6)
        #expect(
            found[1].contains("Linear | struct Linear : TensorLayer\ninit(inputSize: Int, outputSize: Int, ")
        )
        #expect(found[1].hasSuffix("A linear layer, y = x · Wᵀ + b.\nShape: x [..., input] → [..., output]"))
        #expect(found[4].hasPrefix("ones | static func ones(_ shape: [Int]) -> Tensor | A tensor of ones."))
        #expect(!found.contains { $0.contains("#file") || $0.contains("#line") })
    }

    @Test("Symbols have the identifiers that the reference knows them by") func symbols() async throws {
        let typed = try await TestSourceKit.check(["let t = Tensor.ones([2])"])
        let symbols = typed.nameNotes(in: [0], with: LibraryNotes())[0].map(\.symbol)
        #expect(symbols.count == 3)
        #expect(symbols[1] == "s:9Recurrent6TensorV")
    }

    @Test("Code that makes no sense has notes as far as it does") func nonsense() async throws {
        #expect(
            try await names("let x = 1\nundefined(x).y\nx") == [
                "x | let x: Int", "x | let x: Int", "x | let x: Int",
            ]
        )
        #expect(try await names("").isEmpty)
    }

    @Test("Names that are declared in several ways are told apart") func manners() async throws {
        let codes = [
            "func first(_ row: [Int]) -> Int { row[0] }\nvar row = [1]",
            "func grow(_ row: inout [Int]) { row.append(2) }\ngrow(&row)\nfirst(row)",
        ]
        let found = try await allNames(codes).map { $0.filter { $0.hasPrefix("row") } }
        #expect(found[0] == ["row | let row: [Int]", "row | var row: [Int]"])
        #expect(found[1] == ["row | row: inout [Int]", "row | var row: [Int]", "row | var row: [Int]"])
    }

    /// The names of the tensors of each piece, with where their declarations end; the pieces are one program.
    private func tensors(_ codes: [String]) async throws -> [[String]] {
        let typed = try await TestSourceKit.check(codes)
        return codes.indices.map { index in
            let bytes = Array(codes[index].utf8)
            return typed.variables(of: index, ofTypes: ["Tensor", "IntTensor"]).map { tensor in
                "\(tensor.name) …\(String(decoding: bytes[tensor.range].suffix(3), as: UTF8.self))"
            }
        }
    }

    @Test("Tensors are found where they are defined") func definitions() async throws {
        let cases: [(code: String, found: [String])] = [
            ("let x = Tensor.ones([2])", ["x …2])"]),
            ("var a1: Tensor = .ones([2]) // why", ["a1 …2])"]),
            ("let a2 = Tensor.ones([4])\n    .reshaped([2, 2]) /* a\n b */", ["a2 …2])"]),
            (
                "let (a, b) = (Tensor.ones([2]), Tensor.zeros([1])); let c = a",
                ["a …]))", "b …]))", "c …= a"]
            ),
            ("let d = Tensor.ones([1]), n = 2, e = d", ["d …= d", "e …= d"]),
            ("let t = IntTensor([[1]]);", ["t …]])"]),
            ("nonisolated(unsafe) var u = Tensor.ones([1])", ["u …1])"]),
            ("var v = Tensor.ones([1]) { didSet { print(1) } }", ["v …} }"]),
        ]
        let found = try await tensors(cases.map(\.code))
        for (expected, found) in zip(cases, found) { #expect(found == expected.found, "\(expected.code)") }
    }

    @Test("What has no shape there is none") func noDefinitions() async throws {
        let codes = [
            "let n = 2", "let a: Tensor\na = .ones([1])", "var b: Tensor { .ones([1]) }",
            "let c = [Tensor.ones([1])]", "func f() { let x = Tensor.ones([1]) }",
            "for _ in 0..<1 { let x = Tensor.ones([1]) }", "let d: Tensor? = .ones([1])",
            "let e = Tensor.ones([1]); print(e)", "let g = Tensor.ones([1]); g",
            "let h = Tensor.ones([1]); for _ in 0..<2 {\n}", "let `i` = Tensor.ones([1])",
            "undefined = Tensor.ones([1])",
        ]
        for (code, found) in zip(codes, try await tensors(codes)) { #expect(found == [], "\(code)") }
    }
}
