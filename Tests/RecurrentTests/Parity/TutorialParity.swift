import Recurrent
import Testing

extension Parity {
    @Test(arguments: Fixture.all("000"))
    func `the sine tutorial follows PyTorch`(fixture: Fixture) throws {
        let data = fixture.content.at("data")
        let starts = data.at("starts").doubles
        let tutorial = SineTutorial(
            seed: try fixture.hyper("seed_numpy") ?? fixture.seed,
            samples: starts.count,
            length: fixture.hyper("seq_length") ?? 50
        )
        #expect(tutorial.starts == starts)
        let first = data.at("X_first10")
        #expect(tutorial.x[0..<first.shape[0]].scalars == first.floats)
        #expect(tutorial.y.scalars == fixture.content.at("targets").at("y").floats)
        let trace = tutorial.run(
            seed: try fixture.seed,
            epochs: fixture.losses.count,
            hiddenSize: fixture.hiddenSize,
            learningRate: try fixture.learningRate
        )
        fixture.expect(trace)
    }

    @Test(arguments: Fixture.all("001"))
    func `the series tutorial follows PyTorch`(fixture: Fixture) throws {
        let windows = fixture.content.at("data").at("inputs")
        let targets = fixture.content.at("targets").at("targets").floats
        // The series is the first window and then the targets.
        let length = windows.shape[1]
        let tutorial = SeriesTutorial(series: windows.floats.prefix(length) + targets, length: length)
        #expect(tutorial.inputs.scalars == windows.floats)
        #expect(tutorial.last.scalars == fixture.content.at("predictions").at("test_input").floats)
        let trace = tutorial.run(
            seed: try fixture.seed,
            epochs: fixture.losses.count,
            hiddenSize: fixture.hiddenSize,
            learningRate: try fixture.learningRate
        )
        fixture.expect(trace)
        // In between the trace is chaotic; in the end every hidden unit is saturated and the loss is the
        // variance of the targets, whatever the way there.
        let (end, recorded) = (try #require(trace.losses.last), try #require(fixture.losses.last))
        #expect(abs(end - recorded) <= 1e-5 * recorded)
    }

    @Test(arguments: Fixture.all("002"))
    func `the text tutorial follows PyTorch`(fixture: Fixture) throws {
        let (sentences, labels) = (fixture.content.at("data").at("X"), fixture.content.at("targets").at("y"))
        let (table, classes) = (fixture.shape("embedding.weight"), fixture.shape("fc.bias"))
        let tutorial = TextTutorial(
            sentences: IntTensor(shape: sentences.shape, scalars: sentences.ints),
            labels: IntTensor(shape: labels.shape, scalars: labels.ints),
            wordCount: table[0],
            embeddingSize: table[1],
            hiddenSize: fixture.hiddenSize,
            classCount: classes[0]
        )
        let trace = tutorial.run(
            seed: try fixture.seed,
            epochs: fixture.content.at("losses").doubles.count,
            batchSize: fixture.hyper("batch") ?? 2,
            learningRate: try fixture.learningRate
        )
        fixture.expect(trace)
    }

    @Test(arguments: Fixture.all("003"))
    func `the sine to cosine tutorial follows PyTorch`(fixture: Fixture) throws {
        let tutorial = SineToCosineTutorial(
            x: Tensor(fixture.content.at("data").at("x")),
            y: Tensor(fixture.content.at("targets").at("y"))
        )
        let layers = fixture.content.at("initial_params").keys.filter { $0.hasPrefix("rnn.weight_ih") }
        let trace = tutorial.run(
            seed: try fixture.seed,
            hiddenSize: fixture.hiddenSize,
            layerCount: layers.count,
            learningRate: try fixture.learningRate
        )
        fixture.expect(trace)
        let horizon = fixture.horizon
        let (rates, norms) = (
            fixture.content.at("lr_after_step").doubles, fixture.content.at("grad_total_norms").doubles
        )
        #expect(trace.learningRates.prefix(horizon).elementsEqual(rates.prefix(horizon)))
        for step in 0..<min(horizon, 10) {
            #expect(abs(trace.norms[step] - norms[step]) <= 1e-4 * norms[step], "norm of step \(step)")
        }
        // Where the way is chaotic, both arrive: no worse than PyTorch in either precision, but for its spread.
        let other = fixture.content["float64_run"]?["losses"]?.doubles ?? fixture.losses
        let ends = [fixture.losses, other, trace.losses].map { $0.suffix(10).reduce(0, +) / 10 }
        #expect(ends[2] <= 4 * max(ends[0], ends[1]), "\(fixture.name): the last losses are about \(ends[2])")
    }

    @Test(arguments: Fixture.all("004"))
    func `the tutorial by hand follows PyTorch`(fixture: Fixture) throws {
        let trace = ByHandTutorial.run(
            seed: try fixture.seed,
            epochs: fixture.losses.count,
            times: fixture.content.at("data").at("data_time_steps").doubles,
            contextSize: fixture.shape("w2")[0],
            learningRate: Float(try fixture.learningRate)
        )
        fixture.expect(trace)
    }
}

extension Fixture {
    var seed: Int {
        get throws { try #require(content["seed"]?.int) }
    }

    var learningRate: Double {
        get throws { try #require(content["hyper"]?["lr"]?.number) }
    }

    /// A whole number among the hyperparameters.
    func hyper(_ name: String) -> Int? { content["hyper"]?[name]?.int }

    /// The shape of a parameter.
    func shape(_ parameter: String) -> [Int] { content.at("initial_params").at(parameter).shape }

    var hiddenSize: Int { shape("rnn.weight_hh_l0")[1] }

    /// The trace that the noise is about.
    var losses: [Double] {
        let usual = kind == "002" ? "step_losses" : "losses"
        return content.at(content["noise"]?["trace"]?.text ?? usual).doubles
    }

    /// Up to which step other runs of the same torch agree within 1e-4. Where nobody has tried: to the end, but for
    /// the two tutorials whose ways are chaotic.
    var horizon: Int {
        let usual = ["001": 5, "003": 20][kind] ?? losses.count
        return content["noise"]?["leading_steps_within_rel"]?["0.0001"]?.int ?? usual
    }

    /// Expects the same start to the bit, the same road within 1e-4 as long as PyTorch itself holds it, and the
    /// same end as far as PyTorch itself reaches it.
    func expect(_ trace: Trace) {
        for (parameter, numbers) in zip(trace.parameters, trace.initial) {
            let recorded = content.at("initial_params").at(parameter.name).floats
            #expect(
                numbers.map(\.bitPattern) == recorded.map(\.bitPattern),
                "\(name): initial \(parameter.name)"
            )
        }
        #expect(trace.parameters.map(\.name) == content.at("param_order").list?.compactMap(\.text))
        for (parameter, numbers) in zip(trace.parameters, trace.firstGradients) {
            let recorded = content.at("first_step_grads").at(parameter.name).floats
            expectClose(numbers, recorded, within: 1e-5, "\(name): first gradient of \(parameter.name)")
        }
        #expect(trace.losses.count == losses.count)
        for (step, (ours, theirs)) in zip(trace.losses, losses).prefix(horizon).enumerated() {
            let error = abs(ours - theirs) / abs(theirs)
            #expect(error <= 1e-4, "\(name): loss \(step) is \(ours), not \(theirs)")
        }
        guard horizon == losses.count else { return }
        for (prediction, values) in trace.predictions {
            let recorded = content.at("predictions").at(prediction).floats
            expectClose(values, recorded, within: 1e-3, "\(name): \(prediction)")
        }
    }
}
