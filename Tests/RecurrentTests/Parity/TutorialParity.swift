import Recurrent
import Testing

extension Parity {
    @Test(arguments: Fixture.all("001"))
    func `the series tutorial follows PyTorch`(fixture: Fixture) throws {
        let trace = SeriesTutorial.run(
            seed: try fixture.seed,
            epochs: fixture.losses.count,
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
        let trace = TextTutorial.run(
            seed: try fixture.seed,
            epochs: fixture.content.at("losses").doubles.count,
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
        let trace = tutorial.run(seed: try fixture.seed, learningRate: try fixture.learningRate)
        fixture.expect(trace)
        let horizon = fixture.horizon
        let (rates, norms) = (
            fixture.content.at("lr_after_step").doubles, fixture.content.at("grad_total_norms").doubles
        )
        #expect(trace.learningRates.prefix(horizon).elementsEqual(rates.prefix(horizon)))
        for step in 0..<min(horizon, 10) {
            #expect(abs(trace.norms[step] - norms[step]) <= 1e-4 * norms[step], "norm of step \(step)")
        }
    }

    @Test(arguments: Fixture.all("004"))
    func `the tutorial by hand follows PyTorch`(fixture: Fixture) throws {
        let trace = ByHandTutorial.run(
            seed: try fixture.seed,
            epochs: fixture.losses.count,
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

    /// The trace that the noise is about.
    var losses: [Double] { content.at(content.at("noise").at("trace").text ?? "losses").doubles }

    /// Up to which step other runs of the same torch agree within 1e-4.
    var horizon: Int { content.at("noise").at("leading_steps_within_rel").at("0.0001").int ?? 0 }

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
