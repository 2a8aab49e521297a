import Recurrent
import Testing

extension Parity {
    @Test(arguments: Fixture.cases("optim"))
    func `optimizers take PyTorch's steps`(steps: Case) throws {
        let parameters = (steps["params0"].list ?? []).map { Tensor($0).requiringGradient() }
        let optimizer = try AnyOptimizer(steps, parameters)
        for (step, expected) in (steps["params_after_step"].list ?? []).enumerated() {
            optimizer.zeroGradients()
            if steps["mode"].text == "quadratic" {
                let loss = try quadratic(steps, parameters)
                let recorded = try #require(steps["losses"].list?[step].number)
                expectClose(
                    [loss.item],
                    [Float(recorded)],
                    within: 1e-6,
                    "\(steps.id): loss before step \(step)"
                )
                loss.backward()
            } else {
                let gradients = try #require(steps["grads"].list?[step].list)
                for (parameter, gradient) in zip(parameters, gradients) {
                    parameter.gradient = Tensor(gradient)
                }
            }
            optimizer.step()
            for (index, (parameter, recorded)) in zip(parameters, expected.list ?? []).enumerated() {
                let what = "\(steps.id): parameter \(index) after step \(step)"
                expectClose(parameter.scalars, recorded.floats, within: 1e-6, what)
            }
        }
    }

    /// Half the weighted squared distances from the targets.
    private func quadratic(_ steps: Case, _ parameters: [Tensor]) throws -> Tensor {
        let weights = try #require(steps["a"].list)
        let targets = try #require(steps["target"].list)
        return parameters.indices.map { index in
            (Tensor(weights[index]) * (parameters[index] - Tensor(targets[index])).pow(2)).sum() * 0.5
        }.reduce(Tensor(0), +)
    }

    @Test(arguments: Fixture.cases("optim", in: "clip"))
    func `gradients are clipped as PyTorch clips them`(clipping: Case) throws {
        let parameters = (clipping["grads"].list ?? []).map { gradient in
            let parameter = Tensor.zeros(gradient.shape).requiringGradient()
            parameter.gradient = Tensor(gradient)
            return parameter
        }
        if clipping["function"].text == "clip_grad_norm_" {
            let type = clipping["norm_type"]
            let norm = clipGradients(
                parameters,
                norm: try #require(clipping["max_norm"].number),
                type: type.text == nil ? .power(try #require(type.number)) : .maximum
            )
            expectClose(
                [norm],
                [Float(try #require(clipping["total_norm"].number))],
                within: 1e-6,
                clipping.id
            )
        } else {
            clipGradients(parameters, value: Float(try #require(clipping["clip_value"].number)))
        }
        for (parameter, recorded) in zip(parameters, clipping["clipped"].list ?? []) {
            expectClose(try #require(parameter.gradient).scalars, recorded.floats, within: 1e-6, clipping.id)
        }
    }
}

/// An optimizer of any rule, made as a case says.
struct AnyOptimizer {
    let zeroGradients: () -> Void
    let step: () -> Void

    init<Rule: UpdateRule>(_ optimizer: Optimizer<Rule>, maximizes: Bool) {
        optimizer.maximizes = maximizes
        zeroGradients = optimizer.zeroGradients
        step = { optimizer.step() }
    }

    init(_ recorded: Case, _ parameters: [Tensor]) throws {
        switch recorded["optimizer"].text {
        case "SGD": self = try Self.make(recorded, parameters) { Settings($0).sgd }
        case "Adam": self = try Self.make(recorded, parameters) { Settings($0).adam }
        case "AdamW": self = try Self.make(recorded, parameters) { Settings($0).adamW }
        case "RMSprop": self = try Self.make(recorded, parameters) { Settings($0).rmsProp }
        case "Adagrad": self = try Self.make(recorded, parameters) { Settings($0).adagrad }
        default: throw UnknownCase(description: recorded.id)
        }
    }

    private static func make<Rule: UpdateRule>(
        _ recorded: Case,
        _ parameters: [Tensor],
        _ rule: ([Recorded]) -> Rule
    ) throws -> AnyOptimizer {
        let common = recorded["kwargs"]
        let optimizer: Optimizer<Rule>
        if let groups = recorded.content["groups"]?.list {
            optimizer = Optimizer(
                groups: groups.map { group in
                    let members = group.at("params").ints.map { parameters[$0] }
                    return ParameterGroup(members, rule([group, common]))
                }
            )
        } else {
            optimizer = Optimizer(parameters, rule: rule([common]))
        }
        return AnyOptimizer(optimizer, maximizes: common["maximize"]?.bool ?? false)
    }
}

/// An optimizer's options as PyTorch calls them; the first dictionary that has one decides.
private struct Settings {
    let dictionaries: [Recorded]

    init(_ dictionaries: [Recorded]) {
        self.dictionaries = dictionaries
    }

    private func find(_ name: String) -> Recorded? {
        for dictionary in dictionaries {
            if let found = dictionary[name] { return found }
        }
        return nil
    }

    private func number(_ name: String, _ usual: Double) -> Double { find(name)?.number ?? usual }
    private func flag(_ name: String) -> Bool { find(name)?.bool ?? false }

    private var betas: (Double, Double) {
        guard let betas = find("betas")?.doubles else { return (0.9, 0.999) }
        return (betas[0], betas[1])
    }

    var sgd: SGDRule {
        SGDRule(
            learningRate: number("lr", 1e-3),
            momentum: number("momentum", 0),
            dampening: number("dampening", 0),
            weightDecay: number("weight_decay", 0),
            nesterov: flag("nesterov")
        )
    }

    var adam: AdamRule {
        AdamRule(
            learningRate: number("lr", 1e-3),
            betas: betas,
            epsilon: number("eps", 1e-8),
            weightDecay: number("weight_decay", 0),
            amsgrad: flag("amsgrad")
        )
    }

    var adamW: AdamWRule {
        AdamWRule(
            learningRate: number("lr", 1e-3),
            betas: betas,
            epsilon: number("eps", 1e-8),
            weightDecay: number("weight_decay", 1e-2),
            amsgrad: flag("amsgrad")
        )
    }

    var rmsProp: RMSpropRule {
        RMSpropRule(
            learningRate: number("lr", 1e-2),
            alpha: number("alpha", 0.99),
            epsilon: number("eps", 1e-8),
            weightDecay: number("weight_decay", 0),
            momentum: number("momentum", 0),
            centered: flag("centered")
        )
    }

    var adagrad: AdagradRule {
        AdagradRule(
            learningRate: number("lr", 1e-2),
            learningRateDecay: number("lr_decay", 0),
            weightDecay: number("weight_decay", 0),
            initialAccumulator: number("initial_accumulator_value", 0),
            epsilon: number("eps", 1e-10)
        )
    }
}
