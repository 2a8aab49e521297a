import Notebook
import Testing
import Turns

@Suite("Pictures of tensors", .inTurns) struct TensorPicturesTests {
    @Test("show a matrix with its numbers")
    func matrix() throws {
        let tensor = Tensor(shape: [2, 3], scalars: [1, -2, 3, -4, 5, -6])
        let rendered = HeatMap("Weights", tensor, rows: "Input", columns: "Unit", values: "Weight")
            .rendered(id: "weights")
        let data = try #require(rendered.data)
        #expect(data.columns == ["Weight", "Unit", "Input"])
        #expect(data.rows.map { $0[0] } == ["1.0", "-2.0", "3.0", "-4.0", "5.0", "-6.0"])
    }

    @Test("take a vector for a row")
    func vector() throws {
        let rendered = HeatMap("Vector", Tensor([1, 2, 3])).rendered(id: "row")
        #expect(try #require(rendered.data).rows.map { $0[2] } == ["0", "0", "0"])
    }

    @Test("show units over steps")
    func hiddenStates() throws {
        manualSeed(0)
        let rnn = LSTM(inputSize: 1, hiddenSize: 4, batchFirst: true)
        let (result, recording) = record(rnn) { rnn(Tensor.zeros([2, 6, 1])) }
        let pass = recording.passes[0]
        let states = try #require(HeatMap.hiddenStates(of: pass, sample: 1).rendered(id: "h").data)
        #expect(states.rows.count == 4 * 6)
        let last = result.output[1, -1].scalars
        #expect(states.rows.filter { $0[1] == "5" }.map { $0[0] } == last.map(\.description))
        let gate = try #require(HeatMap.gate("f", of: pass).rendered(id: "f").data)
        #expect(gate.rows.allSatisfy { (0...1).contains(Double($0[0])!) })
    }

    @Test("stop at the caller's line when the rank is wrong")
    func rank() async throws {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = HeatMap("Block", Tensor.zeros([2, 3, 4]), file: "lesson.md", line: 3)
        }
        let said = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
        #expect(said.contains("lesson.md:3: Fatal error: HeatMap: the tensor must have 2 axes"))
    }

    @Test("stop at the caller's line when there is no such sample")
    func sample() async throws {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let rnn = RNN(inputSize: 1, hiddenSize: 2, batchFirst: true)
            let (_, recording) = record(rnn) { rnn(Tensor.zeros([2, 3, 1])) }
            _ = HeatMap.hiddenStates(of: recording.passes[0], sample: 2, file: "lesson.md", line: 5)
        }
        let said = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
        #expect(said.contains("lesson.md:5: Fatal error: HeatMap: there is no sample 2 in a batch of 2"))
    }

    @Test("place vectors in the plane")
    func embedding() throws {
        let tensor = Tensor(shape: [3, 2], scalars: [0, 0, 1, 0, 0, 2])
        let rendered = EmbeddingMap("Letters", tensor, named: ["a", "b", "c"]).rendered(id: "map")
        #expect(try #require(rendered.data).rows.count == 3)
    }
}
