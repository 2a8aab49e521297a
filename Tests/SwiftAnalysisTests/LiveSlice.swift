import SwiftAnalysis
import Testing
import Turns

@Suite("What live cells need", .inTurns) struct LiveSliceTests {
    /// The slice of a lesson of these pieces, of which those that begin with `live` are live.
    private func slice(_ codes: [String]) async throws -> LiveSlice? {
        try await TestSourceKit.check(codes.map { $0 + "\n" }).liveSlice()
    }

    private func live(_ body: String) -> String { "live(Stepper(\"n\", 0...9)) { n in\n    \(body)\n}" }

    @Test("A lesson without live cells needs none") func none() async throws {
        #expect(try await slice(["let x = 1", "x", "animate(over: 0..<3) { $0 }"]) == nil)
        #expect(try await slice(["live(states: .built(limit: 20), Stepper(\"n\", 0...9)) { $0 }"]) == nil)
    }

    @Test("What declares a name, and what that names") func declarations() async throws {
        let codes = [
            "let unused = 1", "let a = 2", "let b = a + 1", "func f(_ n: Int) -> Int { g(n) + b }",
            "print(b)",
            live("f(n)"), "func g(_ n: Int) -> Int { 2 * n }", "let later = 3",
        ]
        #expect(try await slice(codes)?.pieces == [1, 2, 3, 5, 6])
        let shadowed = [
            "let a = 1", "let b = 2", "func f(a: Int) -> Int { let b = a; return b }",
            live("let a = n\n    f(a: a)"),
        ]
        #expect(try await slice(shadowed)?.pieces == [2, 3])
        let captured = [
            "let a: Int? = 1", live("if let a = a { print(a) }"), live("let f = { [a] in a ?? n }\n    f()"),
        ]
        #expect(try await slice(captured)?.pieces == [0, 1, 2])
        let interpolated = ["let a = 1", "let b = 2", live("\"\\(n) \\(a + n) b\"")]
        #expect(try await slice(interpolated)?.pieces == [0, 2])
    }

    @Test("Types, protocols, operators and extensions") func types() async throws {
        let codes = [
            "protocol Shape2 { var area: Int { get } }",
            "struct Square: Shape2 { var side: Int; var area: Int { side * side } }",
            "struct Other { var x = 1 }",
            "func total(_ shapes: [Square]) -> Int { shapes.map { $0.area }.reduce(0, +) }",
            live("total([Square(side: n)])"),
        ]
        #expect(try await slice(codes)?.pieces == [0, 1, 3, 4])
        let operators = [
            "infix operator +++: AdditionPrecedence", "func +++ (a: Int, b: Int) -> Int { a + 2 * b }",
            "infix operator ---", live("n +++ 1"),
        ]
        #expect(try await slice(operators)?.pieces == [0, 1, 3])
        let extensions = [
            "extension Int { var twice: Int { 2 * self } }", "extension Int { var thrice: Int { 3 * self } }",
            "extension Tensor { func twisted() -> Tensor { self } }", live("n.twice"),
        ]
        #expect(try await slice(extensions)?.pieces == [0, 3])
        let conformances = [
            "struct P { var x = 1 }",
            "extension P: CustomStringConvertible { var description: String { \"p\" } }",
            "struct Q { var x = 1 }",
            "extension Q: CustomStringConvertible { var description: String { \"q\" } }",
            live("\"\\(P())\""),
        ]
        #expect(try await slice(conformances)?.pieces == [0, 1, 4])
        let aliases = [
            "typealias Number = Int", "enum Kind { case one, two }", live("let k = Kind.one\n    \"\\(k)\""),
        ]
        #expect(try await slice(aliases)?.pieces == [1, 2])
    }

    @Test("What changes a variable") func changes() async throws {
        let codes = [
            "var count = 0", "count += 1", "print(count)", "count = 3", "let other = count", "var list = [1]",
            "list.append(2)", "let last = list.last", live("count + list.count + n"), "count = 5",
        ]
        #expect(try await slice(codes)?.pieces == [0, 1, 3, 5, 6, 8])
        let functions = [
            "var count = 0", "func bump() { count += 1 }", "func bumpTwice() { bump(); bump() }",
            "bumpTwice()",
            "func read() -> Int { count }", "print(read())", live("count + n"),
        ]
        #expect(try await slice(functions)?.pieces == [0, 1, 2, 3, 6])
        let inout_ = [
            "var a = [1, 2]", "func double(_ x: inout [Int]) { for i in x.indices { x[i] *= 2 } }",
            "double(&a)",
            "swap(&a[0], &a[1])", "let b = a.map { $0 + 1 }", live("a[0] + n"),
        ]
        #expect(try await slice(inout_)?.pieces == [0, 1, 2, 3, 5])
        let classes = [
            "final class Box { var value = 0; func set(_ n: Int) { value = n }\n func get() -> Int { value } }",
            "let box = Box()", "let same = box", "same.set(3)", "print(box.get())", "let third = [box]",
            "third[0].value = 4", "func change(_ b: Box) -> Int { b.value = 7; return 1 }",
            "let one = change(same)",
            live("box.value + n"),
        ]
        #expect(try await slice(classes)?.pieces == [0, 1, 2, 3, 5, 6, 7, 8, 9])
        let closures = [
            "var count = 0", "let bump = { count += 1 }", "bump()", "[1, 2].forEach { count += $0 }",
            live("count + n"),
        ]
        #expect(try await slice(closures)?.pieces == [0, 1, 2, 3, 4])
    }

    @Test("What trains a model, and not what only reads it") func training() async throws {
        let codes = [
            "let x = Tensor.linspace(0, 1, count: 4).reshaped([4, 1])",
            "struct Net: Layer { let fc = Linear(inputSize: 1, outputSize: 1)\n"
                + "func callAsFunction(_ x: Tensor) -> Tensor { fc(x) } }",
            "manualSeed(0)\nlet net = Net()",
            "Chart(\"before\") { for i in 0..<4 { PointMark(x: .value(\"x\", i), y: .value(\"y\", net(x)[i].item)) } }",
            "let optimizer = SGD(net.parameters, learningRate: 0.1)",
            "func step(_ net: Net, _ x: Tensor) -> Float {\n    let loss = net(x).squared().mean()\n"
                + "    loss.backward()\n    optimizer.step()\n    return loss.item\n}",
            "let losses = (0..<3).map { _ in step(net, x) }",
            "losses.count",
            live("net(x)[n].item"),
        ]
        #expect(try await slice(codes)?.pieces == [0, 1, 2, 4, 5, 6, 8])
        // The data alone are not changed by training.
        #expect(try await slice(Array(codes.dropLast()) + [live("x[n].item")])?.pieces == [0, 8])
        let byHand = [
            "let w = Tensor([1, 2]).requiringGradient()", "let x = Tensor([3, 4])",
            "let loss = (w * x).sum()",
            "loss.backward()", "w.data -= 0.1 * w.gradient!", "x.sum()", live("w[n].item"),
        ]
        #expect(try await slice(byHand)?.pieces == [0, 1, 2, 3, 4, 6])
    }

    @Test("Names that are declared anew, and functions that are handed over") func precision() async throws {
        let names = [
            "let x = Tensor([1]), rate = 0.1", "struct Run { var rate: Double; func x(of rate: Double) {} }",
            "enum Word { case x, rate }",
            "func f() -> Float {\n    let (x, y) = (Tensor([1]), 2)\n    for (rate, x) in [(1, x)] { x.data *= Float(rate) }\n"
                + "    return x.item + Float(y)\n}",
            live("f() + Float(Run(rate: 1).rate)"),
        ]
        #expect(try await slice(names)?.pieces == [1, 3, 4])
        let functions = [
            "let w = Tensor([1]).requiringGradient()", "func change(_ t: Tensor) { t.data *= 2 }",
            "func twice(_ body: (Tensor) -> Void, _ t: Tensor) { body(t); body(t) }", "twice(change, w)",
            "let ws = [w]", "ws.forEach(change)", "func read(_ t: Tensor) -> Float { t.item }",
            "ws.map(read)",
            live("w[n].item"),
        ]
        #expect(try await slice(functions)?.pieces == [0, 1, 2, 3, 4, 5, 8])
        let collections = [
            "let x = Tensor([1, 2])",
            "func all() -> [Tensor] {\n    var all = [x]\n    all.append(x * 2)\n    all.reverse()\n    return all\n}",
            "let several = all()", "x.data = several[1]", live("x[n].item"),
        ]
        #expect(try await slice(collections)?.pieces == [0, 1, 2, 3, 4])
        #expect(try await slice(Array(collections[0...2]) + [live("x[n].item")])?.pieces == [0, 3])
    }

    @Test("Random numbers need the seeding and the draws before them") func random() async throws {
        let codes = [
            "manualSeed(1)", "Tensor.randn([2])", "let a = 1", "let noise = Tensor.randn([3])",
            "manualSeed(2)",
            live("noise[n].item + Float(a)"),
        ]
        #expect(try await slice(codes)?.pieces == [0, 1, 2, 3, 5])
        let functions = [
            "manualSeed(1)", "func draw() -> Tensor { Tensor.randn([2]) }", "let used = draw()",
            "manualSeed(2)",
            "let x = draw()", live("x[n].item"),
        ]
        #expect(try await slice(functions)?.pieces == [1, 3, 4, 5])
    }

    @Test("Several live cells are one program, and what comes between is known") func several() async throws {
        let codes = ["var a = 1", live("a + n"), "a = 2", live("a * n"), "let b = 3"]
        let slice = try await slice(codes)
        #expect(slice?.pieces == [0, 1, 2, 3] && slice?.live == [1, 3])
        let change = slice?.laterChanges.first
        #expect(
            slice?.laterChanges.count == 1 && change?.name == "a" && change?.piece == 2 && change?.live == 1
        )
    }

    @Test("Assignments to what the lesson declared") func assignments() async throws {
        let codes = [
            "var a = 1\nvar list = [1]\nlet t = Tensor([1])",
            live("var b = n; b += a; a = b\n    list.append(b)\n    t.data = t"),
        ]
        let found = try await slice(codes)?.assignments
        #expect(found?.map(\.name).sorted() == ["a", "list"])
    }
}
