import Notebook
import Testing
import Turns

@Suite("Diagrams of models", .inTurns) struct ModelDiagramsTests {
    struct Forecaster: Layer {
        let rnn = LSTM(inputSize: 1, hiddenSize: 32, batchFirst: true)
        let head = Linear(inputSize: 32, outputSize: 1)

        func callAsFunction(_ x: Tensor) -> Tensor { head(rnn(x).output[.all, -1]) }
    }

    struct Leaky: RecurrentCell {
        let input = Linear(inputSize: 1, outputSize: 8)

        func zeroState(batchSize: Int) -> HiddenState { HiddenState(.zeros([batchSize, 8])) }

        func callAsFunction(_ x: Tensor, _ state: HiddenState) -> HiddenState {
            HiddenState(0.9 * state.hidden + tanh(input(x)))
        }
    }

    struct Nested: Layer {
        let reader = Forecaster()
        let loop = Recurrent.Unrolled(Leaky())
    }

    @Test("name layers, sizes and parameters")
    func layers() throws {
        let rendered = diagram(of: Forecaster()).rendered(id: "model")
        #expect(rendered.title == "Forecaster")
        #expect(rendered.data?.columns == ["Layer", "Kind", "Output", "Parameters"])
        #expect(
            rendered.data?.rows == [
                ["rnn", "LSTM(1 → 32)", "", "4480"], ["head", "Linear(32 → 1)", "", "33"],
                ["total", "", "", "4513"],
            ]
        )
    }

    @Test("show what leaves a layer when the model runs")
    func shapes() throws {
        let model = Forecaster()
        let rendered = diagram(of: model, on: .zeros([4, 20, 1])) { model($0) }.rendered(id: "model")
        #expect(rendered.data?.rows.map { $0[2] } == ["[4, 20, 32]", "[4, 1]", ""])
        #expect(rendered.svg.contains("[4, 20, 1]"))
    }

    @Test("go into models within models, but not into cells")
    func nested() throws {
        let rows = try #require(diagram(of: Nested()).rendered(id: "model").data).rows
        #expect(rows.map { $0[0] } == ["reader.rnn", "reader.head", "loop", "total"])
        #expect(rows[2][1] == "LeakyCell")
    }

    @Test("take a single layer for a model")
    func single() throws {
        let rows = try #require(diagram(of: Linear(inputSize: 2, outputSize: 3)).rendered(id: "model").data)
            .rows
        #expect(rows == [["Linear(2 → 3)", "", "", "9"], ["total", "", "", "9"]])
    }

    @Test("unroll the first recurrent layer")
    func unrolling() {
        let rendered = unrolled(Forecaster(), steps: 4, outputs: .last).rendered(id: "model")
        #expect(rendered.title == "LSTM(1 → 32), unrolled through time")
        #expect(rendered.summary.contains("the weights W_ih, W_hh and W_y"))
    }

    @Test("stop at the caller's line where nothing can be unrolled")
    func nothingRecurrent() async throws {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = unrolled(Linear(inputSize: 2, outputSize: 3), steps: 3, file: "lesson.md", line: 9)
        }
        let said = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
        #expect(
            said.contains("lesson.md:9: Fatal error: unrolled(_:steps:): the model has no recurrent layer")
        )
    }
}
