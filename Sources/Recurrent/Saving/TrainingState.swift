/// A part of training that can go on later where it stopped: an optimizer, a schedule, a generator.
///
/// A schedule of one's own says what it has counted:
///
///     var trainingState: TrainingState? { TrainingState(["last_epoch": Double(epoch)]) }
///     func restore(_ state: TrainingState) throws(SafetensorsError) { epoch = try state.count("last_epoch") }
public protocol Resumable {
    /// The part that this plays, which is its name in a `Checkpoint`: `optimizer`, `schedule`.
    var trainingRole: String { get }
    /// All that changes in training, as it is now; nil if this cannot say, so that no checkpoint can be made.
    var trainingState: TrainingState? { get }
    /// Goes on from a state that another one like this had.
    func restore(_ state: TrainingState) throws(SafetensorsError)
}

extension Resumable {
    /// The default: `part`.
    public var trainingRole: String { "part" }
    /// The default: nil.
    public var trainingState: TrainingState? { nil }
    /// The default: nothing changes.
    public func restore(_ state: TrainingState) throws(SafetensorsError) {}
}

/// The state of a part of training: named numbers and tensors. Names have dots between the levels.
public struct TrainingState {
    /// The numbers, kept exactly.
    public private(set) var numbers: [(name: String, value: Double)]
    /// The tensors of floats.
    public private(set) var tensors: [NamedTensor] = []
    /// The tensors of whole numbers.
    public private(set) var integers: [NamedIntegers] = []

    /// The name of the part, for messages.
    var owner = ""

    /// A state of some numbers; more can be added.
    public init(_ numbers: KeyValuePairs<String, Double> = [:]) {
        self.numbers = numbers.map { (name: $0.key, value: $0.value) }
    }

    /// Adds a number.
    public mutating func add(_ name: String, _ value: Double) { numbers.append((name: name, value: value)) }

    /// Adds a tensor's numbers as they are now.
    public mutating func add(_ name: String, _ tensor: Tensor) {
        tensors.append(NamedTensor(name, tensor.copied()))
    }

    /// Adds whole numbers.
    public mutating func add(_ name: String, _ integers: IntTensor) {
        self.integers.append(NamedIntegers(name, integers))
    }

    /// Returns a number.
    ///
    /// - Throws: `SafetensorsError.missing` if there is none of this name.
    public func number(_ name: String) throws(SafetensorsError) -> Double {
        guard let found = numbers.first(where: { $0.name == name }) else { throw missing(name) }
        return found.value
    }

    /// Returns a number that counts something.
    ///
    /// - Throws: `SafetensorsError.wrongNumber` if it is not whole, or negative.
    public func count(_ name: String) throws(SafetensorsError) -> Int {
        let value = try number(name)
        guard let count = Int(exactly: value), count >= 0 else {
            throw .wrongNumber("\(value)", of: owner + name)
        }
        return count
    }

    /// Returns a tensor.
    ///
    /// - Throws: `SafetensorsError.missing` or `.wrongShape`.
    public func tensor(_ name: String, shape: [Int]) throws(SafetensorsError) -> Tensor {
        guard let found = tensors.first(where: { $0.name == name })?.tensor else { throw missing(name) }
        guard found.shape == shape else {
            throw .wrongShape(of: owner + name, expected: shape, found: found.shape)
        }
        return found
    }

    /// Returns whole numbers.
    ///
    /// - Throws: `SafetensorsError.missing` or `.wrongShape`.
    public func integers(_ name: String, shape: [Int]) throws(SafetensorsError) -> IntTensor {
        guard let found = integers.first(where: { $0.name == name })?.tensor else { throw missing(name) }
        guard found.shape == shape else {
            throw .wrongShape(of: owner + name, expected: shape, found: found.shape)
        }
        return found
    }

    /// Adds all of another state, with a beginning for its names.
    mutating func add(_ prefix: String, _ state: TrainingState) {
        for number in state.numbers { add(prefix + number.name, number.value) }
        for tensor in state.tensors { add(prefix + tensor.name, tensor.tensor) }
        for integers in state.integers { add(prefix + integers.name, integers.tensor) }
    }

    /// The numbers and tensors whose names begin so, without that beginning.
    func part(_ prefix: String) -> TrainingState {
        var part = TrainingState()
        part.owner = owner + prefix
        for number in numbers where number.name.hasPrefix(prefix) {
            part.add(String(number.name.dropFirst(prefix.count)), number.value)
        }
        for tensor in tensors where tensor.name.hasPrefix(prefix) {
            part.tensors.append(NamedTensor(String(tensor.name.dropFirst(prefix.count)), tensor.tensor))
        }
        for named in integers where named.name.hasPrefix(prefix) {
            part.add(String(named.name.dropFirst(prefix.count)), named.tensor)
        }
        return part
    }

    /// Whether there is a number of this name.
    func hasNumber(_ name: String) -> Bool { numbers.contains { $0.name == name } }

    /// Whether there is a tensor of this name.
    public func hasTensor(_ name: String) -> Bool { tensors.contains { $0.name == name } }

    private func missing(_ name: String) -> SafetensorsError { .missing([owner + name]) }
}
