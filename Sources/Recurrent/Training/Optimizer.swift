/// An optimizer, which moves parameters along their gradients: the parameters in groups, and a rule for each group.
///
/// One class serves all optimizers; `SGD`, `Adam`, `AdamW`, `RMSprop` and `Adagrad` name it with their rule.
///
///     let optimizer = Adam(model.parameters, learningRate: 0.01)
///     for batch in loader {
///         let loss = meanSquaredError(model(batch.x), batch.y)
///         optimizer.zeroGradients()
///         loss.backward()
///         optimizer.step()
///     }
public final class Optimizer<Rule: UpdateRule> {
    /// The parameters, each group with its own rule, which may be changed between steps.
    public let groups: [ParameterGroup<Rule>]

    /// Whether the objective is made larger instead of smaller.
    public var maximizes = false

    /// Whether `step()` warns on standard error, once, when the gradients were not zeroed since the last step, so that it
    /// steps along a sum of old and new gradients.
    public var warnsAboutStaleGradients = false

    private var hasZeroed = true
    private var hasWarned = false

    /// Creates an optimizer for parameters that share one rule.
    ///
    /// - Precondition: there is a parameter, and every one collects gradients.
    public convenience init(
        _ parameters: [Tensor],
        rule: Rule,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        self.init(groups: [ParameterGroup(parameters, rule)], file: file, line: line)
    }

    /// Creates an optimizer for groups of parameters, as PyTorch's list of dictionaries.
    ///
    ///     let optimizer = Adam(groups: [
    ///         ParameterGroup(model.embedding.parameters, AdamRule(learningRate: 0.1)),
    ///         ParameterGroup(model.head.parameters, AdamRule(learningRate: 0.001, weightDecay: 0.1)),
    ///     ])
    ///
    /// - Precondition: there is a parameter, every one collects gradients, and none is in two groups.
    public init(groups: [ParameterGroup<Rule>], file: StaticString = #filePath, line: UInt = #line) {
        requireOptimizable(groups.flatMap { $0.parameters }, file: file, line: line)
        self.groups = groups
    }

    /// All parameters, group after group.
    public var parameters: [Tensor] { groups.flatMap { $0.states.map { $0.parameter } } }

    /// The learning rate of the first group; setting it sets that of all groups.
    public var learningRate: Double {
        get { groups[0].rule.learningRate }
        set { for group in groups { group.rule.learningRate = newValue } }
    }

    /// Drops all gradients, so that the next `backward` starts new sums; parameters that it does not reach have none then,
    /// and a step leaves them and what the rule remembers about them alone.
    public func zeroGradients() {
        hasZeroed = true
        for group in groups {
            for state in group.states { state.parameter.zeroGradient() }
        }
    }

    /// Moves every parameter that has a gradient and is not frozen, and leaves the others as they are.
    ///
    /// - Precondition: one of them has, so that there was a `backward()` before.
    public func step(file: StaticString = #filePath, line: UInt = #line) {
        require(
            groups.contains { $0.states.contains { $0.gradient != nil } },
            parameters.allSatisfy { $0.isFrozen }
                ? "Optimizer.step(): all parameters are frozen, so nothing would move. Call unfreeze() on the layer that "
                    + "is to learn."
                : "Optimizer.step(): no parameter has a gradient, so nothing would move. Call backward() on the loss "
                    + "before; is the loss computed from these parameters, or from another model's?",
            file: file,
            line: line
        )
        if warnsAboutStaleGradients && !hasZeroed && !hasWarned { warnOfSum(file: file, line: line) }
        hasZeroed = false
        for group in groups {
            for state in group.states {
                guard let gradient = state.gradient else { continue }
                state.update(by: group.rule, along: maximizes ? gradient.negated() : gradient)
            }
        }
    }

    private func warnOfSum(file: StaticString, line: UInt) {
        hasWarned = true
        warn(
            "Optimizer.step(): the gradients were not zeroed since the last step, so this step follows "
                + "the sum of old and new ones. Call zeroGradients() before backward().",
            file: file,
            line: line
        )
    }
}

extension Optimizer: Resumable {
    /// Its name in a checkpoint.
    public var trainingRole: String { "optimizer" }

    /// What the rules remember, under PyTorch's names, and the learning rate and momentum of each group, which schedules
    /// change. All other settings are the program's.
    public var trainingState: TrainingState? {
        var state = TrainingState(["parameters": Double(parameters.count)])
        var number = 0
        for (index, group) in groups.enumerated() {
            state.add("param_groups.\(index).lr", group.rule.learningRate)
            state.add("param_groups.\(index).momentum", group.rule.momentum)
            if let rate = group.initialRate { state.add("param_groups.\(index).initial_lr", rate) }
            for parameter in group.states {
                parameter.add(to: &state, "state.\(number).", group.rule.memoryNames)
                number += 1
            }
        }
        return state
    }

    /// Goes on from the state of an optimizer with the same rule and parameters of the same shapes.
    public func restore(_ state: TrainingState) throws(SafetensorsError) {
        let count = try state.count("parameters")
        guard count == parameters.count else {
            throw .otherParameterCount(expected: parameters.count, found: count)
        }
        var number = 0
        for (index, group) in groups.enumerated() {
            group.rule.learningRate = try state.number("param_groups.\(index).lr")
            group.rule.momentum = try state.number("param_groups.\(index).momentum")
            let initialRate = "param_groups.\(index).initial_lr"
            group.initialRate = state.hasNumber(initialRate) ? try state.number(initialRate) : nil
            for parameter in group.states {
                try parameter.restore(state, "state.\(number).", group.rule.memoryNames)
                number += 1
            }
        }
    }
}

/// Stops where there is no parameter, where one collects no gradient, or where one is listed twice.
func requireOptimizable(_ parameters: [Tensor], file: StaticString, line: UInt) {
    require(
        !parameters.isEmpty,
        "Optimizer: there is no parameter to optimize. Does the model have layers, or tensors made with "
            + "requiringGradient()?",
        file: file,
        line: line
    )
    var known: Set<ObjectIdentifier> = []
    for parameter in parameters {
        require(
            parameter.collectsGradient,
            "Optimizer: a tensor of shape \(Shape.text(parameter.shape)) collects no gradient. "
                + "Make it with requiringGradient(); results of operations cannot be optimized.",
            file: file,
            line: line
        )
        require(
            known.insert(ObjectIdentifier(parameter.storage)).inserted,
            "Optimizer: a parameter of shape \(Shape.text(parameter.shape)) is listed twice, so that each "
                + "step would move it twice.",
            file: file,
            line: line
        )
    }
}

/// Parameters that one rule moves.
public final class ParameterGroup<Rule: UpdateRule> {
    /// The rule that moves the parameters.
    public var rule: Rule

    /// The learning rate before any schedule changed it, which the first schedule notes.
    var initialRate: Double?

    let states: [ParameterState]

    /// Joins parameters and their rule.
    public init(_ parameters: [Tensor], _ rule: Rule) {
        self.rule = rule
        states = parameters.map(ParameterState.init)
    }

    /// The parameters of the group.
    public var parameters: [Tensor] { states.map { $0.parameter } }
}

extension Storage {
    /// The numbers with the opposite sign.
    fileprivate func negated() -> Storage {
        let result = duplicate()
        for index in 0..<count { result.floats[index] = -result.floats[index] }
        return result
    }
}
