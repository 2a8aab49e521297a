internal import Foundation
internal import Golden
import Execution
import Lessons
import Records
import Testing
import Turns

@Suite("Built cells", .inTurns) struct BuiltCellsTests {
    private let cells = [
        "manualSeed(3)\nstruct Net: Layer {\n    let cell: Linear\n    let drop = Dropout(0.5)\n"
            + "    init(size: Int) { cell = Linear(inputSize: size, outputSize: 1) }\n"
            + "    func callAsFunction(_ x: Tensor) -> Tensor { cell(drop(x)) }\n}\n"
            + "let net = Net(size: 2)\nvar steps = 0",
        "let size = 3\nlet other = Net(\n    size: size  // three\n)\nvar losses: [Float] = []\n"
            + "for step in 0..<4 {\n    losses.append(Float(step) / 3)\n"
            + "    for parameter in net.parameters { parameter.data -= 0.5 * parameter.data }\n}\n"
            + "other.eval()\nnet.eval()\nlet shift = Tensor([0.25])\nlet best = [\"low\": [losses[0]]]\n"
            + "let unused = (1, 2)\nsteps += 4\nprint(\"trained\")\nlosses.last!",
        "let first = losses[0] + best[\"low\"]![0]",
        "live(Stepper(\"n\", 0...9, initially: 2)) { n in\n"
            + "    print(net(Tensor([Float(n), 1])).item, other(Tensor([1, 1, Float(n)])).item, losses.count, steps)\n"
            + "    first + (shift + Float(n)).item\n}",
    ]

    private func built(_ cells: [String], _ indices: Set<Int> = [1]) -> Lesson {
        var lesson = lesson(cells)
        for index in indices { lesson.cells[index].options.isBuilt = true }
        return lesson
    }

    @Test("A page reads what they computed, and gives the same as the lesson") func states() async throws {
        let lesson = built(cells)
        let runner = try await TestRunner.shared()
        let run = await runner.run(lesson)
        #expect(run.diagnostics == [])
        let live = try #require(run.live)
        #expect(live.needed == ["cell-1", "cell-2", "cell-3", "cell-4"])
        try expectGolden("BuiltCells/browser.swift.txt", live.text)
        try expectGolden("BuiltCells/native.swift.txt", live.nativeText)
        #expect(run.program?.contains("recordBuilt") == false)
        let names = live.values.entries.map(\.name)
        #expect(
            names == [
                "cell-2.best.keys", "cell-2.best.keys.0", "cell-2.best.values", "cell-2.best.values.0",
                "cell-2.losses", "cell-2.net is in training", "cell-2.net.cell.bias",
                "cell-2.net.cell.weight",
                "cell-2.other is in training", "cell-2.other.cell.bias", "cell-2.other.cell.weight",
                "cell-2.shift", "cell-2.size", "cell-2.steps",
            ]
        )
        let record = try #require(run.record?.cells[3])
        let calls = [2, 7].map { LiveCall(cell: "cell-4", settings: [.position($0)]) }
        let native = await runner.nativeAnswers(to: calls, of: live, in: lesson, data: nil)
        #expect(native.diagnostics == [])
        guard case .record(let first) = native.answers.first else {
            Issue.record("\(native.answers)")
            return
        }
        #expect(first.outputs == record.outputs)
    }

    @Test("The module of a page gives the same as native code") func module() async throws {
        let lesson = built(cells)
        let runner = try await TestRunner.shared()
        let run = await runner.run(lesson)
        #expect(run.diagnostics == [])
        let live = try #require(run.live)
        guard case .ready(let parts) = try await runner.browserSupport(),
            let node = await runner.moduleRunner()
        else { return }
        let made = await runner.makeModule(of: live, in: lesson, by: parts)
        #expect(made.diagnostics == [])
        let build = try #require(made.build)
        #expect(await build.script.readValues() == live.values)
        #expect(LiveScript.read(build.script.bytes)?.key == live.key)
        let path = "live/lesson.js"
        let settings: [[ControlSetting]] = [2, 0, 9].map { [.position($0)] }
        let calls = settings.map { LiveCall(cell: "cell-4", settings: $0) }
        let native = await runner.nativeAnswers(to: calls, of: live, in: lesson, data: nil)
        let page = try await node.answers(of: live, at: path, among: build.files(at: path), to: calls)
        #expect(native.answers == page)
        #expect(page.count == 3)
    }

    @Test("Their values are in the key of the program, and are kept with the run") func key() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        var runner = try await TestRunner.shared()
        runner.cache = Cache(folder: folder.path(percentEncoded: false))
        let cells = ["let x = 1 + 1", "live(Stepper(\"n\", 0...9)) { n in n * x }"]
        let first = try #require(await runner.run(built(cells, [0])).live)
        #expect(first.text.contains("\nlet x: Int = Notebook.builtValue(\"cell-1.x\")\n"))
        let again = await runner.run(built(cells, [0]))
        #expect(again.isCached && again.live == first)
        let same = try #require(await runner.run(built(["let x = 3 - 1", cells[1]], [0])).live)
        #expect(same.key == first.key)
        let other = try #require(await runner.run(built(["let x = 3", cells[1]], [0])).live)
        #expect(other.key != first.key && other.text == first.text)
        #expect(other.key(with: first.values) == first.key)
        #expect(other.values.firstDifference(from: first.values) == "cell-1.x is 3 instead of 2")
        let run = await runner.run(lesson(cells))
        #expect(!run.isCached && run.live?.values == ShippedValues())
    }

    @Test("What cannot be built is said at its line") func refused() async throws {
        let live = "live(Stepper(\"n\", 0...9)) { n in print(n, name) }"
        let layer =
            "final class Net: Layer {\n    let cell: Linear\n    init(_ size: Int) { cell = Linear(inputSize: size, outputSize: 1) }\n}"
        let cases: [(before: String, code: String, live: String, line: Int, message: String)] = [
            (
                "", "let x = 1\nlet name = (1, 2)", live.replacing("name", with: "name.0"), 15,
                "name cannot be built: it is of the type (Int, Int)"
            ),
            (
                "", "func name(_ n: Int) -> Int { n }", live.replacing("name", with: "name(n)"), 14,
                "a live cell needs name, which a built cell declares, and only values are built"
            ),
            (
                layer, "manualSeed(1)\nfunc make() -> Net { Net(3) }\nlet name = make()",
                live.replacing("name", with: "name.parameters.count"), 19,
                "name cannot be built: a page makes a Net before it gets the parameters, and has no arguments"
            ),
            (
                "let name = Vocabulary([[\"a\"]])\nvar pair = (1, 2)", "pair.0 = 4",
                live.replacing("name", with: "pair.0"),
                15, "a built cell cannot change pair for live cells: it is of the type (Int, Int)"
            ),
        ]
        let runner = try await TestRunner.shared()
        for (before, code, live, line, message) in cases {
            let run = await runner.run(built([before, code, live]))
            #expect(run.record == nil)
            #expect(run.diagnostics.map(\.message) == [message])
            #expect(run.diagnostics.map(\.location.line) == [line], "\(message)")
        }
    }

    @Test("Random numbers of cells that run in the page follow none of theirs") func draws() async throws {
        let runner = try await TestRunner.shared()
        let cells = [
            "manualSeed(1)\nlet seeded = true", "let name = Tensor.randn([2])",
            "let other = Tensor.randn([1]).item",
            "live(Stepper(\"n\", 0...9)) { n in print(n + name.count, other) }",
        ]
        let run = await runner.run(built(cells))
        #expect(
            run.diagnostics.map(\.message) == [
                "cell cell-3 draws random numbers after those of cell cell-2, which draws none in the page"
            ]
        )
        let seeded = await runner.run(built([cells[0], cells[1], "manualSeed(2)\n" + cells[2], cells[3]]))
        #expect(seeded.diagnostics == [] && seeded.live?.needed == ["cell-2", "cell-3", "cell-4"])
        // By a function that seeds, too.
        let calling = [
            "func drawn(_ seed: Int) -> Tensor {\n    manualSeed(seed)\n    return Tensor.randn([1])\n}",
            cells[1],
            "let other = drawn(2).item", cells[3],
        ]
        let called = await runner.run(built(calling))
        #expect(called.diagnostics == [] && called.live?.needed == ["cell-1", "cell-2", "cell-3", "cell-4"])
    }

    @Test("One that no live cell needs is warned of, and a live one refused") func idle() async throws {
        let runner = try await TestRunner.shared()
        let live = "live(Stepper(\"n\", 0...9)) { n in n }"
        let run = await runner.run(built(["let x = 1", live], [0]))
        #expect(run.record != nil)
        #expect(run.diagnostics.map(\.message) == ["no live cell needs what this cell computes"])
        let still = await runner.run(built(["let x = 1", "x"], [0]))
        #expect(still.diagnostics.map(\.message) == ["no live cell needs what this cell computes"])
        let refused = await runner.run(built(["let x = 1", live], [1]))
        #expect(refused.record == nil)
        #expect(
            refused.diagnostics.map(\.message) == ["a live cell cannot be built by an option: its states are"]
        )
    }
}
