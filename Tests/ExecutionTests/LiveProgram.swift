internal import Foundation
internal import Golden
import Execution
import Lessons
import Records
import Testing
import Turns

@Suite("The program of live cells", .inTurns) struct LiveProgramTests {
    private let cells = [
        "let unused = 3",
        "struct Net: Layer {\n    let layers = [Linear(inputSize: 1, outputSize: 2)]\n    let scale = Tensor.ones([2])"
            + ".requiringGradient()\n    let note = \"\"\n}\nmanualSeed(1)\nlet net = Net()",
        "print(\"loud\")\nvar count = 1",
        "count += 1\nnet.parameters.count",
        "let start = net.parameters[1].data[0].item\nlive(Stepper(\"n\", 0...9, initially: 2), Toggle(\"twice\")) { n, twice in\n"
            + "    print(n)\n    (start * 0 + Float(n + count)) * (twice ? 2 : 1)  // shown\n}",
        "animate(over: 0..<3) { step in step * 2 }",
    ]

    @Test("It holds the cells that they need, at their places") func text() async throws {
        let run = try await TestRunner.shared().run(lesson(cells))
        #expect(run.diagnostics == [])
        let live = try #require(run.live)
        #expect(live.cells == ["cell-5"])
        #expect(live.needed == ["cell-2", "cell-3", "cell-4", "cell-5"])
        #expect(live.laterChanges == [])
        try expectGolden("LiveProgram/browser.swift.txt", live.text)
        try expectGolden("LiveProgram/native.swift.txt", live.nativeText)
        #expect(run.record?.cells[4].outputs == [.text("2\n"), .value("4.0")])
        #expect(run.record?.cells[4].live?.controls.map(\.label) == ["n", "twice"])
        #expect(run.record?.cells[5].live?.states == [[.value("0")], [.value("2")], [.value("4")]])
        #expect(run.program?.contains("Notebook.show(\n    (start") == true)
    }

    @Test("Each state is computed in a process of its own, and at first shows what the lesson did")
    func states()
        async throws
    {
        let lesson = lesson(cells)
        let runner = try await TestRunner.shared()
        let run = await runner.run(lesson)
        let (compiled, errors) = try await runner.compile(try #require(run.live), of: lesson)
        #expect(errors == [])
        let executable = try #require(compiled)
        let record = try #require(run.record?.cells[4])
        let settings = try #require(record.live).testedSettings()
        #expect(settings[0] == [.position(2), .position(0)])
        let ends: [[ControlSetting]] = [
            [.position(0), .position(0)], [.position(9), .position(0)], [.position(2), .position(1)],
        ]
        #expect(ends.allSatisfy(settings.contains))
        var shown: [[Output]] = []
        for setting in settings.prefix(4) {
            let state = try await executable.record(of: LiveCall(cell: "cell-5", settings: setting))
            #expect(state.diagnostics == [])
            shown.append(state.record?.outputs ?? [])
        }
        #expect(shown[0] == record.outputs)
        #expect(shown.dropFirst().contains([.text("2\n"), .value("8.0")]))
    }

    @Test("What stops a state is said at its place") func stopped() async throws {
        let lesson = lesson("let list = [1, 2]", "live(Stepper(\"n\", 0...9)) { n in\n    list[n]\n}")
        let runner = try await TestRunner.shared()
        let live = try #require(await runner.run(lesson).live)
        let executable = try #require(try await runner.compile(live, of: lesson).executable)
        let state = try await executable.record(of: LiveCall(cell: "cell-2", settings: [.position(5)]))
        #expect(state.record == nil)
        #expect(state.diagnostics.map(\.location.line) == [15])
        #expect(state.diagnostics.first?.message == "Index out of range")
    }

    @Test("Written structures are those that reflection finds") func structures() async throws {
        let types = """
            struct Block { let inner = Linear(inputSize: 1, outputSize: 1); let gain = Tensor.ones([1]).requiringGradient() }
            class Base: Layer { let first = Linear(inputSize: 1, outputSize: 1) }
            final class Derived: Base { let second = GRU(inputSize: 1, hiddenSize: 2); let mode = LayerMode() }
            struct Whole: TensorLayer {
                let base = Base()
                let blocks = Block()
                var many = [Linear(inputSize: 1, outputSize: 1), Linear(inputSize: 2, outputSize: 1)]
                var maybe: Linear?
                var sure: Tensor? = Tensor.ones([3]).requiringGradient()
                let named = ["b": Dropout(0.5), "a": Dropout(0.1)]
                let plain = Tensor.ones([4]), size = 3
                let act: (Tensor) -> Tensor = { $0 }
                var half: Int { size / 2 }
                var seen = 0 { didSet {} }
                func callAsFunction(_ x: Tensor) -> Tensor { x } }
            struct Own: Layer { var structure: LayerStructure { LayerStructure("Mine") } }
            extension Block: CustomStringConvertible { var description: String { "block" } }
            struct Late { let x = Linear(inputSize: 1, outputSize: 1) }
            extension Late: Layer {}
            func names(_ structure: LayerStructure) -> String {
                structure.kind + structure.allParameters.map { " \\($0.name) \\($0.tensor.shape)" }.joined()
                    + structure.sublayers.map { " \\($0.name): \\($0.structure.kind)" }.joined()
                    + (structure.mode == nil ? "" : " mode")
            }
            func same(_ layer: some Layer) -> String {
                let (written, found) = (names(layer.structure), names(LayerStructure(reflecting: layer)))
                return written == found ? "same \\(layer.parameters.count)" : "\\(written)\\n\\(found)"
            }
            """
        let body = "print(same(Whole()), same(Derived()), same(Base()), same(Late()), Own().structure.kind)"
        let lesson = lesson(types, "live(Stepper(\"n\", 0...9)) { n in\n    manualSeed(n)\n    \(body)\n}")
        let runner = try await TestRunner.shared()
        let run = await runner.run(lesson)
        #expect(run.diagnostics == [])
        let (compiled, errors) = try await runner.compile(try #require(run.live), of: lesson)
        #expect(errors == [])
        let state = try await compiled?.record(of: LiveCall(cell: "cell-2", settings: [.position(0)]))
        #expect(state?.record?.outputs == [.text("same 10 same 6 same 2 same 2 Mine\n")])
    }

    @Test(
        "A stored run has it, at the places where its cells stand now; its key knows no prose and no comment"
    )
    func cached() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        var runner = try await TestRunner.shared()
        runner.cache = Cache(folder: folder.path(percentEncoded: false))
        let first = await runner.run(lesson(cells))
        let again = await runner.run(lesson(cells))
        #expect(again.isCached && again.live == first.live && first.live != nil)
        let moved = await runner.run(lesson(cells.map { "// A comment.\n" + $0 }))
        #expect(moved.isCached && moved.live?.key == first.live?.key)
        #expect(moved.live?.nativeText != first.live?.nativeText)
        let changed = await runner.run(lesson(["let unused = 4"] + cells.dropFirst()))
        #expect(!changed.isCached && changed.live?.key == first.live?.key)
        let other = await runner.run(lesson(cells.map { $0.replacing("count += 1", with: "count += 2") }))
        #expect(other.live?.key != first.live?.key)
        // Options are in no key of a run.
        var hidden = lesson(cells)
        hidden.cells[4].options.isHidden = true
        let refused = await runner.run(hidden)
        #expect(refused.record == nil && refused.live == nil)
        #expect(refused.diagnostics.map(\.message) == ["a hidden cell has no place for its controls"])
    }

    @Test("What a live cell may not do is an error at its line") func refused() async throws {
        let live = "live(Stepper(\"n\", 0...9)) { n in n }"
        let cases: [(code: String, line: Int, message: String)] = [
            ("\(live)\nlet after = 1", 14, "live must stand at the end of its cell"),
            (
                "func f() {\n    \(live)\n}", 15,
                "live must stand by itself at the end of its cell, in no function, loop or other call"
            ),
            (
                "for _ in 0..<2 {\n    animate(over: 0..<3) { print($0) }\n}", 15,
                "animate must stand by itself at the end of its cell, in no function, loop or other call"
            ),
            (
                "var total = 1\nlive(Stepper(\"n\", 0...9)) { n in\n    total += n\n}", 16,
                "a live function cannot change total, which the lesson declared: each call begins with what the lesson left"
            ),
        ]
        let runner = try await TestRunner.shared()
        for (code, line, message) in cases {
            let run = await runner.run(lesson("let x = 1", code))
            #expect(run.record == nil)
            #expect(run.diagnostics.map(\.message) == [message])
            #expect(run.diagnostics.map(\.location.line) == [line])
        }
        var failing = lesson("let x = 1", live)
        failing.cells[1].options.expectedFailure = .crash("anything")
        #expect(
            await runner.run(failing).diagnostics.map(\.message) == ["a cell with crashes cannot be live"]
        )
    }
}
