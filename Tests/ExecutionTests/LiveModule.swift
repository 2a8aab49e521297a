internal import Foundation
import Execution
import Lessons
import Records
import Testing
import Turns

/// Whether the engine was compiled for the browser before, which takes minutes.
private let hasEngine = FileManager.default.fileExists(atPath: ".build/wasm/objects")

@Suite("The module of live cells", .inTurns, .enabled(if: hasEngine)) struct LiveModuleTests {
    private let cells = [
        "manualSeed(3)\nlet x = Tensor.randn([1, 5, 1])",
        "struct Reader: Layer {\n    let rnn = GRU(inputSize: 1, hiddenSize: 3, batchFirst: true)\n"
            + "    let heads = [Linear(inputSize: 3, outputSize: 1)]\n}",
        "func trained(_ seed: Int, rate: Double) -> [Float] {\n    manualSeed(seed)\n    let reader = Reader()\n"
            + "    let optimizer = Adam(reader.parameters, learningRate: rate)\n    return (0..<4).map { _ in\n"
            + "        let loss = (reader.heads[0](reader.rnn(x).output) - x).pow(2).mean()\n"
            + "        optimizer.zeroGradients()\n        loss.backward()\n        optimizer.step()\n"
            + "        return loss.item\n    }\n}",
        "trained(0, rate: 0.1)",
        "live(Slider(\"rate\", 0.001...1, scale: .log, initially: 0.1), Stepper(\"seed\", 0...9), "
            + "TextField(\"title\", initially: \"Loss\", length: 12)) { rate, seed, title in\n"
            + "    let losses = trained(seed, rate: Double(rate))\n    print(losses.count, losses.last!)\n"
            + "    Chart(title) {\n        for (epoch, loss) in losses.enumerated() {\n"
            + "            LineMark(x: .value(\"epoch\", epoch), y: .value(\"loss\", loss))\n        }\n    }\n}",
        "live(Stepper(\"n\", 0...3)) { n in\n    [1, 2, 3][n]\n}",
    ]

    /// Calls a lesson's live cells in its module, from a folder like that of a site.
    private func answers(
        of live: LiveProgram,
        in lesson: Lesson,
        to calls: [LiveCall]
    ) async throws -> [LiveAnswer]? {
        let runner = try await TestRunner.shared()
        guard case .ready(let parts) = try await runner.browserSupport(),
            let node = await runner.moduleRunner()
        else { return nil }
        let (made, diagnostics) = await runner.makeModule(of: live, in: lesson, by: parts)
        #expect(diagnostics == [])
        let build = try #require(made)
        let path = "live/07-test.js"
        return try await node.answers(of: live, at: path, among: build.files(at: path), to: calls)
    }

    @Test("It shows in each tested state what native code shows, and at first what the lesson did")
    func same()
        async throws
    {
        let lesson = lesson(cells)
        let runner = try await TestRunner.shared()
        let run = await runner.run(lesson)
        #expect(run.diagnostics == [])
        let live = try #require(run.live)
        let record = try #require(run.record)
        #expect(live.needed == ["cell-1", "cell-2", "cell-3", "cell-5", "cell-6"])
        let calls = live.testedCalls(of: record)
        #expect(calls.count >= 10)
        let (native, _, diagnostics) = await runner.nativeAnswers(to: calls, of: live, in: lesson, data: nil)
        #expect(diagnostics == [])
        guard case .record(let first) = native[0] else { throw Problem(answer: native[0]) }
        #expect(first.outputs == record.cells[4].outputs)
        guard let answers = try await answers(of: live, in: lesson, to: calls) else { return }
        for (call, pair) in zip(calls, zip(answers, native)) {
            switch pair {
            case (.record(let module), .record(let native)):
                #expect(module.outputs == native.outputs, "\(call)")
            // The traps of the standard library have no sentence in the browser.
            case (.stopped, .stopped): break
            default: Issue.record("\(call): \(pair)")
            }
        }
        #expect(answers.count == calls.count)
    }

    private struct Problem: Error {
        let answer: LiveAnswer
    }

    @Test(
        "What a browser cannot run is refused at its line",
        arguments: [
            Refusal(
                "let b = a.map(\\.description)\n    b.count",
                19,
                "key paths cannot run in the browser",
                "write a closure: map { $0.description }"
            ),
            Refusal(
                "struct P { var a = 1 }; print(P())",
                29,
                "P has no text in the browser",
                "write its parts, \"\\(value.x)\", or give the type a description and conform it to Showable"
            ),
            Refusal(
                "print(Double(\"1.5\") ?? 0)",
                nil,
                "a text cannot be read as a Double or Float in the browser",
                "read a whole number, Int(text), or take a Slider"
            ),
            Refusal(
                "let big = 5_000_000_000\n    \"\\(big)\"",
                15,
                "Int has 32 bits in the browser, too few for 5000000000",
                "write Int64(5000000000)"
            ),
        ]
    )
    fileprivate func refused(_ refusal: Refusal) async throws {
        let code =
            "live(Stepper(\"n\", 0...9)) { n in\n    let a = [n, n + 1]\n    \(refusal.code)\n    a.count\n}"
        let lesson = lesson("let unused = 1", code)
        let runner = try await TestRunner.shared()
        let live = try #require(await runner.run(lesson).live)
        guard case .ready(let parts) = try await runner.browserSupport() else { return }
        let (build, diagnostics) = await runner.makeModule(of: live, in: lesson, by: parts)
        #expect(build == nil)
        #expect(diagnostics.map(\.message) == [refusal.message])
        #expect(diagnostics.map(\.hint) == [refusal.hint])
        let place = refusal.column.map { SourceLocation(file: lesson.file, line: 16, column: $0) }
        #expect(diagnostics.first?.location == place ?? SourceLocation(file: lesson.file))
    }
}

/// A line of code that a browser cannot run, with what is said of it.
private struct Refusal: Sendable, CustomTestStringConvertible {
    let code: String
    /// The column; `nil` for what only the linker finds, which knows no places.
    let column: Int?
    let message: String
    let hint: String

    init(_ code: String, _ column: Int?, _ message: String, _ hint: String) {
        (self.code, self.column, self.message, self.hint) = (code, column, message, hint)
    }

    var testDescription: String { code }
}
