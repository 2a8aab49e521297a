internal import Kernels

/// The formula of an optimizer, with its settings: how one step moves a parameter along its gradient.
///
/// A rule of one's own needs two settings and the formula:
///
///     struct SignRule: UpdateRule {
///         var learningRate: Double
///         var momentum = 0.0
///         func update(_ step: ParameterStep) {
///             for i in 0..<step.count {
///                 step.parameter[i] -= Float(learningRate) * (step.gradient[i] < 0 ? -1 : 1)
///             }
///         }
///     }
///     let optimizer = Optimizer(model.parameters, rule: SignRule(learningRate: 0.01))
public protocol UpdateRule {
    /// The learning rate: how far a step goes.
    var learningRate: Double { get set }
    /// The momentum: how much of the past steps goes into this one. `OneCycle` cycles it.
    var momentum: Double { get set }
    /// The number of values that the rule remembers for each number of a parameter.
    var memoryCount: Int { get }
    /// The value of the remembered numbers before the first step.
    var initialMemory: Float { get }
    /// The names of what the rule can remember, all of them, as PyTorch calls it; checkpoints use them.
    var memoryNames: [String] { get }
    /// Moves one parameter.
    func update(_ step: ParameterStep)
}

extension UpdateRule {
    /// The default: nothing is remembered.
    public var memoryCount: Int { 0 }
    /// The default: 0.
    public var initialMemory: Float { 0 }
    /// The default: numbers.
    public var memoryNames: [String] { (0..<memoryCount).map { "memory_\($0)" } }
}

/// One parameter in the middle of a step.
public struct ParameterStep {
    /// The parameter's numbers, to be changed.
    public let parameter: UnsafeMutablePointer<Float>
    /// Their gradient, which the rule leaves as it is.
    public let gradient: UnsafePointer<Float>
    /// The number of elements.
    public let count: Int
    /// The number of this step, from 1.
    public let number: Int

    let memory: [Storage]
    let writtenCount: Int

    /// Returns what the rule remembers about each number, from step to step.
    ///
    /// - Precondition: `index` is from 0 to before the rule's `memoryCount`.
    public func memory(_ index: Int) -> UnsafeMutablePointer<Float> {
        require(
            memory.indices.contains(index),
            "ParameterStep.memory: there is no memory \(index); the rule's memoryCount says that it has \(memory.count)."
        )
        return memory[index].floats
    }

    /// Whether an earlier step has written to this memory; if none had, it holds the rule's `initialMemory`.
    public func hasWritten(_ index: Int) -> Bool { index < writtenCount }

    /// Moves the parameter by a formula that the kernels know.
    func move(by update: ParameterUpdate, decay: Double) {
        Kernels.update(parameter, along: gradient, count: count, decay: Float(decay), by: update)
    }
}

/// A parameter and the numbers that its rule remembers.
final class ParameterState {
    let parameter: Tensor
    private var steps = 0
    private var memory: [Storage] = []

    init(_ parameter: Tensor) {
        self.parameter = parameter
    }

    /// The gradient to follow; nil if there is none, or the parameter is frozen.
    var gradient: Storage? { parameter.isFrozen ? nil : parameter.node?.gradient }

    func update(by rule: some UpdateRule, along gradient: Storage) {
        let writtenCount = memory.count
        while memory.count < rule.memoryCount {
            let block = Storage.make(count: parameter.count)
            block.floats.update(repeating: rule.initialMemory, count: block.count)
            memory.append(block)
        }
        steps += 1
        rule.update(
            ParameterStep(
                parameter: parameter.storage.floats,
                gradient: UnsafePointer(gradient.floats),
                count: parameter.count,
                number: steps,
                memory: memory,
                writtenCount: writtenCount
            )
        )
        parameter.storage.noteChange()
    }

    /// Adds the number of steps and what is remembered to a state, under names that begin with `prefix`.
    func add(to state: inout TrainingState, _ prefix: String, _ names: [String]) {
        if steps > 0 { state.add(prefix + "step", Double(steps)) }
        for (name, block) in zip(names, memory) {
            state.add(prefix + name, Tensor(block, shape: parameter.shape))
        }
    }

    /// Goes on from a state.
    func restore(
        _ state: TrainingState,
        _ prefix: String,
        _ names: [String]
    ) throws(SafetensorsError) {
        steps = state.numbers.contains { $0.name == prefix + "step" } ? try state.count(prefix + "step") : 0
        memory = []
        for name in names where state.hasTensor(prefix + name) {
            memory.append(try state.tensor(prefix + name, shape: parameter.shape).storage.duplicate())
        }
    }
}

/// Stops where an optimizer's setting is negative or no number.
func requireNonNegative(
    _ value: Double,
    _ name: String,
    of optimizer: String,
    file: StaticString,
    line: UInt
) {
    require(value >= 0, "\(optimizer): \(name) is \(value); it must be at least 0.", file: file, line: line)
}

/// Stops where a share of the past is not at least 0 and below 1.
func requireShare(_ value: Double, _ name: String, of optimizer: String, file: StaticString, line: UInt) {
    require(
        value >= 0 && value < 1,
        "\(optimizer): \(name) is \(value); it must be at least 0 and below 1.",
        file: file,
        line: line
    )
}
