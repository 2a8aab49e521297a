internal import Foundation
import Recurrent
import Testing
internal import Turns

private struct Model: Layer {
    let rnn = LSTM(inputSize: 2, hiddenSize: 3, layerCount: 2, batchFirst: true, dropout: 0.3)
    let dropout = Dropout(0.2)
    let head = Linear(inputSize: 3, outputSize: 1)
    func callAsFunction(_ x: Tensor) -> Tensor { head(dropout(rnn(x).output[.all, -1])) }
}

/// A training run, made anew in the same way each time.
private final class Run<Rule: UpdateRule, Pace: Resumable> {
    let model = Model()
    let optimizer: Optimizer<Rule>
    let pace: Pace
    let loader: DataLoader<TensorDataset<Tensor, Tensor>>
    let stopping = EarlyStopping(patience: 3)
    var losses: [Float] = []

    init(_ optimizer: ([Tensor]) -> Optimizer<Rule>, _ pace: (Optimizer<Rule>) -> Pace, ownOrder: Bool) {
        self.optimizer = optimizer(model.parameters)
        self.pace = pace(self.optimizer)
        let numbers = Generator(seed: 8)
        let data = TensorDataset(
            Tensor.randn([8, 4, 2], generator: numbers),
            Tensor.randn([8, 1], generator: numbers)
        )
        let order = ownOrder ? Generator(seed: 4) : nil
        loader = DataLoader(data, batchSize: 3, shuffle: true, generator: order)
    }

    func train(_ epochs: Int, _ step: (Pace, Float) -> Void) {
        for _ in 0..<epochs {
            var sum: Float = 0
            for (x, y) in loader {
                optimizer.zeroGradients()
                let loss = meanSquaredError(model(x), y)
                loss.backward()
                optimizer.step()
                sum += loss.item
            }
            step(pace, sum)
            _ = stopping.shouldStop(after: sum, model)
            losses.append(sum)
        }
    }

    var checkpoint: Checkpoint { Checkpoint(model, optimizer, pace, loader, stopping) }

    /// All numbers that training has come to, and the next random ones.
    var outcome: [[UInt32]] {
        let rates = optimizer.groups.flatMap { [$0.rule.learningRate, $0.rule.momentum] }
        let best = stopping.best
        stopping.restoreBest(model)
        let kept = model.parameters.map { $0.scalars.map(\.bitPattern) }
        return kept + [
            losses.map(\.bitPattern), Generator.default.normal(5).map(\.bitPattern),
            (rates + [best]).map { UInt32(truncatingIfNeeded: $0.bitPattern) },
            [UInt32(stopping.count), UInt32(stopping.bestCount)],
        ]
    }

    var weights: [[UInt32]] { model.parameters.map { $0.scalars.map(\.bitPattern) } }
}

/// The path of a file that a test may write.
private final class ScratchFile {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).safetensors").path(
        percentEncoded: false
    )
    deinit { try? FileManager.default.removeItem(atPath: path) }
}

@Suite("A checkpoint", .inTurns) struct CheckpointTests {
    /// Trains ten epochs at once, and five and five with everything made anew in between.
    private func check<Rule: UpdateRule, Pace: Resumable>(
        ownOrder: Bool = false,
        _ optimizer: ([Tensor]) -> Optimizer<Rule>,
        _ pace: (Optimizer<Rule>) -> Pace,
        step: (Pace, Float) -> Void,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let file = ScratchFile()
        manualSeed(1)
        let straight = Run(optimizer, pace, ownOrder: ownOrder)
        straight.train(10, step)
        let (losses, weights, outcome) = (straight.losses, straight.weights, straight.outcome)

        manualSeed(1)
        let first = Run(optimizer, pace, ownOrder: ownOrder)
        first.train(5, step)
        // An odd number, so that half a pair of normal numbers waits.
        try first.checkpoint.save(to: file.path)

        manualSeed(77)
        let second = Run(optimizer, pace, ownOrder: ownOrder)
        second.train(1, step)
        #expect(second.weights != first.weights, sourceLocation: sourceLocation)
        second.losses = first.losses
        try second.checkpoint.load(from: file.path)
        #expect(second.weights == first.weights, sourceLocation: sourceLocation)
        second.train(5, step)
        #expect(second.losses == losses, sourceLocation: sourceLocation)
        #expect(second.weights == weights, sourceLocation: sourceLocation)
        #expect(second.outcome == outcome, sourceLocation: sourceLocation)
    }

    private func check<Rule: UpdateRule>(
        _ optimizer: ([Tensor]) -> Optimizer<Rule>,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        try check(
            optimizer,
            { StepDecay($0, every: 3, factor: 0.7) },
            step: { schedule, _ in schedule.step() },
            sourceLocation: sourceLocation
        )
    }

    @Test("goes on bit for bit, with every optimizer") func optimizers() throws {
        try check { SGD($0, learningRate: 0.05) }
        try check { SGD($0, learningRate: 0.05, momentum: 0.9, nesterov: true) }
        try check { SGD($0, learningRate: 0.05, momentum: 0.8, dampening: 0.3, weightDecay: 0.1) }
        try check { Adam($0, learningRate: 0.02) }
        try check { Adam($0, learningRate: 0.02, amsgrad: true) }
        try check { AdamW($0, learningRate: 0.02) }
        try check { RMSprop($0, learningRate: 0.01) }
        try check { RMSprop($0, learningRate: 0.01, momentum: 0.5, centered: true) }
        try check { Adagrad($0, learningRateDecay: 0.1, initialAccumulator: 0.2) }
        try check { parameters in
            Optimizer(groups: [
                ParameterGroup(Array(parameters[..<3]), AdamRule(learningRate: 0.1)),
                ParameterGroup(Array(parameters[3...]), AdamRule(learningRate: 0.001)),
            ])
        }
    }

    @Test("goes on bit for bit, with an optimizer that takes a closure") func closures() throws {
        let file = ScratchFile()
        let (x, y) = (
            Tensor.randn([6, 2], generator: Generator(seed: 3)),
            Tensor.randn([6, 1], generator: Generator(seed: 4))
        )
        func run(_ epochs: Int, _ model: Linear, _ optimizer: LBFGS) -> [UInt32] {
            for _ in 0..<epochs {
                optimizer.step {
                    optimizer.zeroGradients()
                    let loss = meanSquaredError(tanh(model(x)), y)
                    loss.backward()
                    return loss
                }
            }
            return model.parameters.flatMap { $0.scalars.map(\.bitPattern) }
        }
        func optimizer(_ model: Linear) -> LBFGS {
            LBFGS(model.parameters, maxIterations: 2, historySize: 3, lineSearch: .strongWolfe)
        }
        manualSeed(5)
        let straight = Linear(inputSize: 2, outputSize: 1)
        let expected = run(6, straight, optimizer(straight))
        manualSeed(5)
        let first = Linear(inputSize: 2, outputSize: 1)
        let former = optimizer(first)
        _ = run(3, first, former)
        try Checkpoint(first, former).save(to: file.path)
        let second = Linear(inputSize: 2, outputSize: 1)
        let later = optimizer(second)
        try Checkpoint(second, later).load(from: file.path)
        #expect(run(3, second, later) == expected)
    }

    @Test("goes on bit for bit, with every schedule and a loader of its own order") func schedules() throws {
        func check<Pace: Schedule>(_ pace: (Adam) -> Pace) throws {
            try self.check(
                ownOrder: true,
                { Adam($0, learningRate: 0.02) },
                pace,
                step: { schedule, _ in schedule.step() }
            )
        }
        try check { StepDecay($0, every: 4) }
        try check { ExponentialDecay($0, factor: 0.8) }
        try check { CosineAnnealing($0, over: 7, to: 0.001) }
        try check { LinearWarmUp($0, from: 0.1, over: 8) }
        try check { OneCycle($0, maximum: 0.1, steps: 10) }
        try check { ConstantFactor($0, 0.5, over: 6) }
        try check { CosineRestarts($0, every: 3, growth: 2) }
        try check { CyclicSchedule($0, from: 0.01, to: 0.05, rising: 3) }
        try check { FactorSchedule($0) { 1 / Double($0 + 1) } }
        try check { MilestoneDecay($0, at: [3, 7]) }
        try check { PolynomialDecay($0, over: 8, power: 2) }
        try check {
            SequentialSchedule([LinearWarmUp($0, from: 0.1, over: 3), StepDecay($0, every: 2)], at: [3])
        }
        try self.check(
            ownOrder: true,
            { Adam($0, learningRate: 0.02) },
            { ReduceLROnPlateau($0, factor: 0.5, patience: 1, threshold: 0.3, cooldown: 1) },
            step: { $0.step($1) }
        )
    }

    private func adam(_ model: Model) -> Adam { Adam(model.parameters, learningRate: 0.02) }

    private func failure(_ body: () throws(CheckpointError) -> Void) -> String {
        do {
            try body()
            return "nothing"
        } catch {
            return "\(error)"
        }
    }

    @Test("holds what PyTorch's users expect, under their names") func names() throws {
        let file = ScratchFile()
        manualSeed(5)
        let model = Model()
        let optimizer = adam(model)
        model(Tensor.ones([2, 3, 2])).sum().backward()
        optimizer.step()
        try Checkpoint(model, optimizer, StepDecay(optimizer, every: 2)).save(to: file.path)
        let saved = try Safetensors(path: file.path)
        #expect(saved["model.rnn.weight_hh_l1"]?.scalars == model.namedParameters[5].tensor.scalars)
        #expect(saved["optimizer.state.9.exp_avg_sq"]?.shape == [1])
        #expect(saved.integers(named: "generator.words")?.count == 624)
        let notes = Dictionary(uniqueKeysWithValues: saved.metadata.map { ($0.key, $0.value) })
        #expect(notes["optimizer"] == "Adam" && notes["schedule"] == "StepDecay")
        #expect(notes["optimizer.param_groups.0.lr"] == "0.02" && notes["optimizer.state.0.step"] == "1")
        #expect(notes["schedule.last_epoch"] == "0")
    }

    @Test("of another run is a sentence with the file, and changes nothing") func others() throws {
        let file = ScratchFile()
        let model = Model()
        let optimizer = adam(model)
        try Checkpoint(model, optimizer, Generator(seed: 3)).save(to: file.path)

        let other = Model()
        let sgd = SGD(other.parameters, learningRate: 0.1)
        let own = Generator(seed: 4)
        func loading(_ checkpoint: Checkpoint) -> String {
            manualSeed(12)
            let before = other.parameters.map(\.scalars)
            let said = failure { () throws(CheckpointError) in try checkpoint.load(from: file.path) }
            #expect(other.parameters.map(\.scalars) == before)
            #expect(Generator.default.uniform(2) == Generator(seed: 12).uniform(2))
            return said.replacing(file.path, with: "FILE")
        }
        #expect(
            loading(Checkpoint(other, sgd, own)) == "FILE: the file has Adam as optimizer, the program SGD"
        )
        #expect(
            loading(Checkpoint(other, adam(other), StepDecay(sgd, every: 1), own))
                == "FILE: the file lacks the state of a schedule"
        )
        #expect(
            loading(Checkpoint(other, own))
                == "FILE: the file also has the state of optimizer; give Checkpoint all that was saved, in the same order"
        )
        let head = Linear(inputSize: 3, outputSize: 2)
        #expect(
            loading(Checkpoint(head, Adam(head.parameters), own)) == "FILE: the file lacks weight, bias"
        )
        // Model and optimizer are taken over before this fault is found, and given back.
        let fewer = Adam(Array(other.parameters.dropLast()))
        #expect(
            loading(Checkpoint(other, fewer, own))
                == "FILE: the file's optimizer has 10 parameters, the program's 9"
        )
        #expect(fewer.learningRate == 1e-3)
    }

    @Test("whose file is none, is spoiled or cannot be written is a sentence") func faults() throws {
        let file = ScratchFile()
        let model = Model()
        let checkpoint = Checkpoint(model, adam(model))
        func loading() -> String {
            failure { () throws(CheckpointError) in try checkpoint.load(from: file.path) }
                .replacing(file.path, with: "FILE")
        }
        #expect(loading().hasPrefix("FILE cannot be read: No such file or directory"))
        try model.saveParameters(to: file.path)
        #expect(
            loading()
                == "FILE: this is no checkpoint; a file of parameters is loaded by model.loadParameters(from:)"
        )
        try checkpoint.save(to: file.path)
        let good = try Safetensors(path: file.path)
        let bytes = try Array(Data(contentsOf: URL(filePath: file.path)))
        try Data(bytes.dropLast(3)).write(to: URL(filePath: file.path))
        #expect(loading().contains("was it cut off?"))

        var spoiled = good
        spoiled.metadata = good.metadata.map { ($0.key, $0.key.hasSuffix(".lr") ? "fast" : $0.value) }
        try spoiled.save(to: file.path)
        #expect(loading() == "FILE: optimizer.param_groups.0.lr is fast, which it cannot be")
        spoiled.metadata = good.metadata.map { ($0.key, $0.key.hasSuffix("position") ? "625" : $0.value) }
        try spoiled.save(to: file.path)
        #expect(loading() == "FILE: generator.position is 625, which it cannot be")
        spoiled = good
        spoiled.integers = []
        try spoiled.save(to: file.path)
        #expect(loading() == "FILE: the file lacks generator.words")

        let full = failure { () throws(CheckpointError) in try checkpoint.save(to: "/dev/full") }
        #expect(full.hasPrefix("/dev/full cannot be written") && full.hasSuffix("No space left on device"))
    }

    @Test("of a part that cannot say its state is refused when it is saved") func stateless() {
        final class Silent<Rule: UpdateRule>: Schedule {
            func step() {}
        }
        let file = ScratchFile()
        let model = Model()
        let said = failure { () throws(CheckpointError) in
            try Checkpoint(model, Silent<AdamRule>()).save(to: file.path)
        }
        #expect(
            said.replacing(file.path, with: "FILE")
                == "FILE: Silent does not say what its state is; give it a trainingState and restore(_:)"
        )
        #expect(!FileManager.default.fileExists(atPath: file.path))
    }
}
