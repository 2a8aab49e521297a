import Execution
import Testing

@Suite struct DeclaredNamesTests {
    @Test(
        "Names are declared, and what they are made of is not",
        arguments: [
            ("let a = max(b, c)", "a", "a"), ("let (a, b) = zip(c, d)", "a b", "a b"),
            ("let a: Int = b, c = d", "a c", "a c"), ("var a = 1\nlet b = a", "a b", "b"),
            ("func f(_ x: Int, at y: Int = z) -> Int { abs(x) }", "at f x y", "at x y"),
            ("for (i, x) in list.enumerated() { print(i, x) }", "i x", "i x"),
            ("if let a, let b = c { d(b) }", "a b", "a b"), ("guard let a = b else { c }", "a", "a"),
            ("func f(x: inout Int, _ y: some P, z: Int = 1) {}", "f x y z", "z"),
            ("func f(x: Int..., y: @autoclosure () -> Int, z: [Int]) {}", "f x y z", "z"),
            ("init(x: Int) { self.x = x }\nvar x: Int", "x", ""),
            ("static let a = 1", "a", ""), ("/// Says.\nlet a = 1", "a", ""),
            ("// Says.\nlet a = 1", "a", "a"),
            ("@Once let a = 1", "a", "a"), ("struct S { let a: Int\n    let b: Int }", "S a b", "a b"),
            ("return\nlet a = 1", "a", "a"), ("let a = 1\nvar a = 2", "a", ""),
            ("let a = \"= \\(b), {\"\nlet c = 1", "a c", "a c"), ("let f = { a, b in a }", "f", "f"),
            ("f(x: y)", "", ""), ("}{", "", ""),
        ]
    ) func declared(code: String, names: String, constants: String) async throws {
        let tokens = try await TestRunner.shared().sourceKit.syntax(of: code).tokens
        let found = DeclaredNames(in: [(code, tokens)])
        #expect(found.places.keys.sorted().joined(separator: " ") == names)
        let plain = found.manners.filter { $0.value == [.constant] }
        #expect(plain.keys.sorted().joined(separator: " ") == constants)
    }

    @Test("How and how often names are declared is told") func manners() async throws {
        let codes = [
            "func f(_ x: Int) {}\nvar y = 1", "struct S { func f() {} }\nfor y in 0..<2 { let x = y }",
        ]
        let sourceKit = try await TestRunner.shared().sourceKit
        let found = DeclaredNames(in: try codes.map { ($0, try sourceKit.syntax(of: $0).tokens) })
        #expect(found.counts == ["f": 2, "S": 1])
        #expect(
            found.manners
                == ["f": [.other], "S": [.other], "x": [.constant], "y": [.variable, .constant]]
        )
        #expect(found.places["y"] == [.init(piece: 0, start: 24), .init(piece: 1, start: 29)])
    }
}
