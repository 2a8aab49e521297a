import Recurrent
import Testing

extension Parity {
    @Test(arguments: Fixture.cases("lbfgs"))
    func `LBFGS takes PyTorch's steps`(steps: Case) throws {
        let problem = try Problem(steps)
        if problem.isDouble {
            Storage.withDoublePrecision(problem.parameters.map(\.storage)) {
                // What PyTorch started from may have more digits than a float.
                for (parameter, start) in zip(problem.parameters, steps["params0"].list ?? []) {
                    parameter.data = .double(shape: start.shape, start.doubles)
                }
                follow(steps, problem)
            }
        } else {
            follow(steps, problem)
        }
    }

    private func follow(_ steps: Case, _ problem: Problem) {
        let optimizer = problem.optimizer(steps["kwargs"])
        let noise = steps.content["noise"]?.doubles
        let largest = steps["losses"].doubles.map(\.magnitude).max() ?? 0
        for (step, loss) in steps["losses"].doubles.enumerated() {
            let before = optimizer.step {
                optimizer.zeroGradients()
                let loss = problem.loss()
                loss.backward()
                return loss
            }.doubles[0]
            // In single precision as far as PyTorch itself agrees with its doubles.
            let tolerance = problem.isDouble ? 1e-9 : max(1e-6, 10 * (noise?[step] ?? 0))
            let isClose = abs(before - loss) <= tolerance * max(1, largest)
            #expect(isClose, "\(steps.id): loss before step \(step) is \(before), not \(loss)")
            guard problem.isDouble else { continue }
            #expect(optimizer.evaluationCount == steps["evaluations"].ints[step], "\(steps.id), step \(step)")
            let recorded = steps["params_after_step"].list?[step].list ?? []
            for (parameter, expected) in zip(problem.parameters, recorded) {
                for (ours, theirs) in zip(parameter.doubles, expected.doubles) {
                    let isClose = abs(ours - theirs) <= 1e-7 * max(1, abs(theirs))
                    #expect(isClose, "\(steps.id): \(ours), not \(theirs), after step \(step)")
                }
            }
        }
    }
}

/// What is to be made small.
private struct Problem {
    let isDouble: Bool
    let parameters: [Tensor]
    let loss: () -> Tensor

    init(_ recorded: Case) throws {
        let isDouble = recorded["dtype"].text == "float64"
        self.isDouble = isDouble
        let constant = { (name: String) in
            let tensor = recorded["data"].at(name)
            return isDouble ? Tensor.double(shape: tensor.shape, tensor.doubles) : Tensor(tensor)
        }
        switch recorded["problem"].text {
        case "quadratic":
            let p = Tensor(recorded["data"].at("start")).requiringGradient()
            let (a, b) = (constant("a"), constant("b"))
            parameters = [p]
            loss = { 0.5 * (p * a.matmul(p)).sum() - (b * p).sum() }
        case "rosenbrock":
            let p = Tensor(recorded["data"].at("start")).requiringGradient()
            parameters = [p]
            loss = { (100 * (p[1...] - p[..<(-1)].pow(2)).pow(2) + (1 - p[..<(-1)]).pow(2)).sum() }
        case "network":
            manualSeed(try #require(recorded["seed"].int))
            let (x, y) = (constant("x"), constant("y"))
            let hidden = recorded["data"].at("hidden").shape[0]
            let model = Sequential(
                Linear(inputSize: x.shape[1], outputSize: hidden),
                Tanh(),
                Linear(inputSize: hidden, outputSize: y.shape[1])
            )
            parameters = model.parameters
            loss = { meanSquaredError(model(x), y) }
        default: throw UnknownCase(description: recorded.id)
        }
    }

    func optimizer(_ options: Recorded) -> LBFGS {
        LBFGS(
            parameters,
            learningRate: options["lr"]?.number ?? 1,
            maxIterations: options["max_iter"]?.int ?? 20,
            maxEvaluations: options["max_eval"]?.int,
            gradientTolerance: options["tolerance_grad"]?.number ?? 1e-7,
            changeTolerance: options["tolerance_change"]?.number ?? 1e-9,
            historySize: options["history_size"]?.int ?? 100,
            lineSearch: options["line_search_fn"]?.text == "strong_wolfe" ? .strongWolfe : nil
        )
    }
}
