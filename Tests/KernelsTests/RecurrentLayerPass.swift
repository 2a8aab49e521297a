import KernelInterface
import Kernels
import Testing
import Turns

/// A layer to run: its kind, its sizes, and how its sequences lie in memory.
struct Case: CustomTestStringConvertible {
    var kind = RecurrentKind.tanh
    var input = 3
    var hidden = 4
    var lengths = [5, 5, 5]
    var isReversed = false
    var isBatchMajor = false
    var hasBias = true
    var usesOutput = true

    var testDescription: String {
        "\(kind) \(input)→\(hidden) \(lengths)\(isReversed ? " reversed" : "")\(isBatchMajor ? " batch-major" : "")"
            + "\(hasBias ? "" : " no bias")\(usesOutput ? "" : " final state only")"
    }

    static let all: [Case] = {
        var cases: [Case] = []
        for kind in [RecurrentKind.tanh, .relu, .lstm, .gru] {
            for isReversed in [false, true] {
                cases += [
                    Case(kind: kind, isReversed: isReversed),
                    Case(kind: kind, lengths: [1], isReversed: isReversed, hasBias: false),
                    Case(kind: kind, lengths: [5, 3, 3, 1], isReversed: isReversed),
                    Case(
                        kind: kind,
                        input: 1,
                        hidden: 37,
                        lengths: [4, 4],
                        isReversed: isReversed,
                        isBatchMajor: true
                    ),
                    Case(
                        kind: kind,
                        input: 70,
                        hidden: 33,
                        lengths: [Int](repeating: 6, count: 53) + [2, 2, 1],
                        isReversed: isReversed
                    ),
                    // Several groups of rows, whose last is not full.
                    Case(
                        kind: kind,
                        input: 2,
                        hidden: 9,
                        lengths: [Int](repeating: 3, count: 300),
                        isReversed: isReversed,
                        isBatchMajor: true
                    ),
                    // Weights that are too many for the nearest caches.
                    Case(
                        kind: kind,
                        input: 260,
                        hidden: 130,
                        lengths: [3, 3, 2, 2, 2],
                        isReversed: isReversed
                    ),
                    Case(kind: kind, isReversed: isReversed, usesOutput: false),
                ]
            }
        }
        return cases
    }()
}

@Suite(.inTurns) struct LayerPassTests {
    @Test(arguments: Case.all)
    func `equals the steps taken one by one, forward and back`(_ test: Case) {
        let layer = Layer(test)
        let plain = layer.runCellByCell()
        let fused = layer.runFused()
        for name in plain.keys.sorted() {
            #expect(sameBits(fused[name] ?? [], plain[name]!), "\(name)")
        }
    }
}

/// A layer with numbers to run it on, and gradients to start from.
struct Layer {
    let test: Case
    let weights: [String: [Float]]
    let starts: [Int]

    init(_ test: Case) {
        self.test = test
        var samples = Samples(seed: 11)
        let gates = test.kind.gateCount * test.hidden
        let steps = test.lengths[0]
        let batch = test.lengths.count
        let sizes = (0..<steps).map { step in test.lengths.filter { $0 > step }.count }
        starts = sizes.reduce(into: [0]) { $0.append($0.last! + $1) }
        let rows = starts.last!
        let scale = 1 / Float(test.hidden).squareRoot()
        weights = [
            "inputWeight": samples.numbers(gates * test.input, within: scale),
            "hiddenWeight": samples.numbers(gates * test.hidden, within: scale),
            "inputBias": samples.numbers(gates, within: scale),
            "hiddenBias": samples.numbers(gates, within: scale),
            "x": samples.numbers(rows * test.input),
            "h0": samples.numbers(batch * test.hidden),
            "c0": samples.numbers(batch * test.hidden),
            "dy": samples.numbers(rows * test.hidden),
            "dh": samples.numbers(batch * test.hidden),
            "dc": samples.numbers(batch * test.hidden),
            // Gradients of an earlier backward pass, to go on from.
            "old": samples.numbers(gates * max(test.input, test.hidden)),
        ]
    }

    var rowCount: Int { starts.last! }
    var gates: Int { test.kind.gateCount * test.hidden }
    var batch: Int { test.lengths.count }

    func row(_ step: Int, _ sequence: Int) -> Int {
        test.isBatchMajor ? sequence * test.lengths[0] + step : starts[step] + sequence
    }

    // MARK: Fused

    func runFused() -> [String: [Float]] {
        var results: [String: [Float]] = [:]
        var pool: [UnsafeMutableBufferPointer<Float>] = []
        func place(_ numbers: [Float]) -> UnsafeMutablePointer<Float> {
            let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: max(numbers.count, 1))
            _ = buffer.initialize(from: numbers)
            pool.append(buffer)
            return buffer.baseAddress!
        }
        func zeros(_ count: Int) -> UnsafeMutablePointer<Float> { place([Float](repeating: 0, count: count)) }
        func take(_ name: String, _ pointer: UnsafeMutablePointer<Float>, _ count: Int) {
            results[name] = Array(UnsafeBufferPointer(start: pointer, count: count))
        }
        let states = batch * test.hidden
        let isPacked = test.lengths.contains { $0 != test.lengths[0] }
        let startsCopy = UnsafeMutablePointer<Int>.allocate(capacity: starts.count)
        startsCopy.initialize(from: starts, count: starts.count)
        defer { startsCopy.deallocate() }
        let steps = test.lengths[0]
        let y = zeros(rowCount * test.hidden)
        let savedCount = rowCount * test.hidden * test.kind.savedBlocks
        let pass = RecurrentLayerPass(
            kind: test.kind,
            inputSize: test.input,
            hiddenSize: test.hidden,
            rows: isPacked
                ? .packed(steps: steps, starts: startsCopy)
                : test.isBatchMajor
                    ? .batchMajor(steps: steps, sequences: batch)
                    : .timeMajor(steps: steps, sequences: batch),
            isReversed: test.isReversed,
            inputWeight: place(weights["inputWeight"]!),
            hiddenWeight: place(weights["hiddenWeight"]!),
            inputBias: test.hasBias ? place(weights["inputBias"]!) : nil,
            hiddenBias: test.hasBias ? place(weights["hiddenBias"]!) : nil,
            input: place(weights["x"]!),
            initialHidden: place(weights["h0"]!),
            initialCell: test.kind == .lstm ? place(weights["c0"]!) : nil,
            output: y,
            outputStride: test.hidden,
            saved: savedCount > 0 ? zeros(savedCount) : nil
        )
        let (finalHidden, finalCell) = (zeros(states), zeros(states))
        pass.runForward(finalHidden: finalHidden, finalCell: test.kind == .lstm ? finalCell : nil)

        var gradients = RecurrentGradients()
        if test.usesOutput { gradients.output = UnsafePointer(place(weights["dy"]!)) }
        gradients.finalHidden = UnsafePointer(place(weights["dh"]!))
        if test.kind == .lstm { gradients.finalCell = UnsafePointer(place(weights["dc"]!)) }
        gradients.input = zeros(rowCount * test.input)
        gradients.initialHidden = zeros(states)
        if test.kind == .lstm { gradients.initialCell = zeros(states) }
        gradients.inputWeight = place(Array(weights["old"]!.prefix(gates * test.input)))
        gradients.hiddenWeight = place(Array(weights["old"]!.prefix(gates * test.hidden)))
        if test.hasBias {
            gradients.inputBias = place(Array(weights["old"]!.prefix(gates)))
            gradients.hiddenBias = zeros(gates)
        }
        pass.runBackward(gradients)

        take("y", y, rowCount * test.hidden)
        take("hn", finalHidden, states)
        if test.kind == .lstm { take("cn", finalCell, states) }
        take("dx", gradients.input!, rowCount * test.input)
        take("dh0", gradients.initialHidden!, states)
        if test.kind == .lstm { take("dc0", gradients.initialCell!, states) }
        take("dWi", gradients.inputWeight!, gates * test.input)
        take("dWh", gradients.hiddenWeight!, gates * test.hidden)
        if test.hasBias {
            take("dbi", gradients.inputBias!, gates)
            take("dbh", gradients.hiddenBias!, gates)
        }
        for buffer in pool { buffer.deallocate() }
        return results
    }
}
