/// A way to choose a weight's first numbers.
///
///     layer.weight.initialize(.xavierUniform())
///     layer.bias?.initialize(.zeros)
///     lstm.initialize(inputWeights: .xavierUniform(), hiddenWeights: .orthogonal(), biases: .zeros)
///
/// For the same seed the numbers are PyTorch's, bit for bit; those of `orthogonal` within 1e-6.
///
/// Source: PyTorch's `torch.nn.init`.
public struct Initializer: Sendable {
    /// The factor by which a nonlinearity's weights should be larger, so that signals keep their size.
    ///
    /// Source: PyTorch's `calculate_gain`.
    public struct Gain: Sendable, Equatable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
        /// The factor.
        public let value: Double

        /// A factor of one's own.
        public init(_ value: Double) { self.value = value }
        /// A factor of one's own.
        public init(floatLiteral value: Double) { self.value = value }
        /// A factor of one's own.
        public init(integerLiteral value: Int) { self.value = Double(value) }

        /// 1, for a layer without a nonlinearity.
        public static let linear: Gain = 1
        /// 1.
        public static let sigmoid: Gain = 1
        /// 5/3.
        public static let tanh = Gain(5.0 / 3)
        /// √2.
        public static let relu = Gain(2.0.squareRoot())
        /// √(2 / (1 + slope²)), for a rectifier that lets negative numbers pass with a slope.
        public static func leakyReLU(slope: Double = 0.01) -> Gain {
            Gain((2 / (1 + slope * slope)).squareRoot())
        }
    }

    /// The direction in which signals keep their size.
    public enum Fan: Sendable {
        /// Forward: the number of inputs counts.
        case input
        /// Backward: the number of outputs counts.
        case output
    }

    private enum Rule {
        case constant(Float)
        case identity
        case uniform(low: Double, high: Double)
        case normal(mean: Double, deviation: Double)
        case truncated(TruncatedNormal)
        case xavier(isUniform: Bool, gain: Double)
        case kaiming(isUniform: Bool, fan: Fan, gain: Double)
        case orthogonal(gain: Double)
    }

    private let rule: Rule
    private let name: String

    private init(_ name: String, _ rule: Rule) {
        self.name = name
        self.rule = rule
    }

    /// One number everywhere.
    public static func constant(_ value: Float) -> Initializer { Initializer("constant", .constant(value)) }
    /// Zeros.
    public static let zeros = constant(0)
    /// Ones.
    public static let ones = constant(1)
    /// Ones on the diagonal, else zeros; of a matrix of any two lengths.
    public static let identity = Initializer("identity", .identity)

    /// Numbers from U(low, high).
    public static func uniform(from low: Double = 0, to high: Double = 1) -> Initializer {
        Initializer("uniform", .uniform(low: low, high: high))
    }

    /// Numbers from a normal distribution.
    public static func normal(mean: Double = 0, standardDeviation: Double = 1) -> Initializer {
        Initializer("normal", .normal(mean: mean, deviation: standardDeviation))
    }

    /// Numbers from a normal distribution, those beyond two limits drawn again.
    ///
    /// Where most would be (at most 3 in 10 lie between the limits), a number is drawn from between the limits and
    /// kept with the probability that the distribution gives it; there a last bit of PyTorch's logarithm can decide
    /// otherwise, once in millions of numbers.
    ///
    /// Source: PyTorch's `trunc_normal_`.
    public static func truncatedNormal(
        mean: Double = 0,
        standardDeviation: Double = 1,
        from low: Double = -2,
        to high: Double = 2
    ) -> Initializer {
        let law = TruncatedNormal(mean: mean, deviation: standardDeviation, low: low, high: high)
        return Initializer("truncatedNormal", .truncated(law))
    }

    /// Numbers from U(−a, a), `a = gain · √(6 / (inputs + outputs))`.
    ///
    /// Source: X. Glorot and Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks"
    /// (2010); PyTorch's `xavier_uniform_`.
    public static func xavierUniform(gain: Gain = 1) -> Initializer {
        Initializer("xavierUniform", .xavier(isUniform: true, gain: gain.value))
    }

    /// Numbers from a normal distribution of mean 0 and deviation `gain · √(2 / (inputs + outputs))`.
    ///
    /// Source: X. Glorot and Y. Bengio (2010); PyTorch's `xavier_normal_`.
    public static func xavierNormal(gain: Gain = 1) -> Initializer {
        Initializer("xavierNormal", .xavier(isUniform: false, gain: gain.value))
    }

    /// Numbers from U(−a, a), `a = gain · √(3 / fan)`.
    ///
    /// - Parameters:
    ///   - fan: The side whose number counts: the inputs or the outputs.
    ///   - gain: The nonlinearity's factor; PyTorch's default is that of `leaky_relu` with slope 0, which is `relu`'s.
    ///
    /// Source: K. He et al., "Delving deep into rectifiers" (2015); PyTorch's `kaiming_uniform_`.
    public static func kaimingUniform(fan: Fan = .input, gain: Gain = .relu) -> Initializer {
        Initializer("kaimingUniform", .kaiming(isUniform: true, fan: fan, gain: gain.value))
    }

    /// Numbers from a normal distribution of mean 0 and deviation `gain / √fan`.
    ///
    /// - Parameters:
    ///   - fan: The side whose number counts: the inputs or the outputs.
    ///   - gain: The nonlinearity's factor.
    ///
    /// Source: K. He et al. (2015); PyTorch's `kaiming_normal_`.
    public static func kaimingNormal(fan: Fan = .input, gain: Gain = .relu) -> Initializer {
        Initializer("kaimingNormal", .kaiming(isUniform: false, fan: fan, gain: gain.value))
    }

    /// A matrix whose rows, or columns if those are fewer, are at right angles and of length `gain`.
    ///
    /// It is Q of the factors Q · R of a normal matrix, with signs that make R's diagonal positive, so that every such
    /// matrix is equally likely.
    ///
    /// Source: A. Saxe et al., "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks"
    /// (2014); PyTorch's `orthogonal_`.
    public static func orthogonal(gain: Gain = 1) -> Initializer {
        Initializer("orthogonal", .orthogonal(gain: gain.value))
    }

    /// Stops where numbers of a shape cannot be chosen so.
    func check(_ shape: [Int], file: StaticString, line: UInt) {
        let operation = "initialize(.\(name))"
        switch rule {
        case .constant: break
        case .uniform(let low, let high): requireInterval(low, high, of: operation, file: file, line: line)
        case .normal(_, let deviation): requireSpread(deviation, of: operation, file: file, line: line)
        case .truncated(let law): law.check(operation, file: file, line: line)
        case .identity:
            require(
                shape.count == 2,
                "\(operation): a tensor of shape \(Shape.text(shape)) has no diagonal; it must be a matrix.",
                file: file,
                line: line
            )
        case .xavier, .kaiming, .orthogonal:
            require(
                shape.count >= 2,
                "\(operation): a tensor of shape \(Shape.text(shape)) has no inputs and outputs; it must be a matrix, "
                    + "[outputs, inputs]. Is it a bias, which .zeros or .uniform suits?",
                file: file,
                line: line
            )
        }
    }

    /// Writes numbers for a tensor of a shape, in row-major order.
    func fill(_ numbers: UnsafeMutableBufferPointer<Float>, shape: [Int], generator: Generator) {
        func draw(isUniform: Bool, deviation: Double) {
            if isUniform {
                let bound = 3.0.squareRoot() * deviation
                generator.fillUniform(numbers, from: -bound, to: bound)
            } else {
                generator.fillNormal(numbers, mean: 0, standardDeviation: deviation)
            }
        }
        // Behind inputs and outputs, as of convolutions, all axes belong to both.
        let places = shape.dropFirst(2).reduce(1, *)
        let (outputs, inputs) = (Double((shape.first ?? 1) * places), Double(shape.dropFirst().reduce(1, *)))
        switch rule {
        case .constant(let value):
            numbers.update(repeating: value)
        case .identity:
            numbers.update(repeating: 0)
            for index in 0..<min(shape[0], shape[1]) { numbers[index * shape[1] + index] = 1 }
        case .uniform(let low, let high):
            generator.fillUniform(numbers, from: low, to: high)
        case .normal(let mean, let deviation):
            generator.fillNormal(numbers, mean: mean, standardDeviation: deviation)
        case .truncated(let law):
            law.fill(numbers, generator)
        case .xavier(let isUniform, let gain):
            draw(isUniform: isUniform, deviation: gain * (2 / (inputs + outputs)).squareRoot())
        case .kaiming(let isUniform, let fan, let gain):
            draw(isUniform: isUniform, deviation: gain / (fan == .input ? inputs : outputs).squareRoot())
        case .orthogonal(let gain):
            generator.fillNormal(numbers)
            Orthogonalization(rows: shape[0], columns: numbers.count / max(shape[0], 1))
                .run(numbers, gain: Float(gain))
        }
    }
}

extension Tensor {
    /// Gives a weight new first numbers, in place.
    ///
    ///     layer.weight.initialize(.orthogonal(gain: 1.4))
    ///
    /// - Parameters:
    ///   - initializer: The way to choose the numbers.
    ///   - gates: The number of blocks of rows that are chosen each by itself, as PyTorch does after `chunk`: 4 for an
    ///     LSTM's weights, [4 · hidden, hidden], 3 for a GRU's.
    ///   - generator: The generator of the numbers.
    /// - Precondition: The tensor was not computed from one that collects gradients.
    @export(interface)
    public func initialize(
        _ initializer: Initializer,
        gates: Int = 1,
        generator: Generator = .default,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        require(
            node?.isLeaf ?? true,
            "initialize: this tensor (\(node?.name ?? ""), shape \(Shape.text(shape))) was computed and has numbers of its "
                + "own, so no weight would change. Initialize the weight itself; with gates:, its blocks of rows each by "
                + "themselves.",
            file: file,
            line: line
        )
        let rows = shape.first ?? 1
        require(
            gates > 0 && rows % gates == 0,
            "initialize: \(rows) rows of a tensor of shape \(Shape.text(shape)) are not \(gates) blocks of one size. "
                + "An LSTM has 4 gates, a GRU 3.",
            file: file,
            line: line
        )
        let block = shape.isEmpty ? shape : [rows / gates] + shape.dropFirst()
        initializer.check(block, file: file, line: line)
        let size = Shape.count(block)
        data = Tensor(shape: shape) { numbers in
            for gate in 0..<gates {
                let place = UnsafeMutableBufferPointer(start: numbers + gate * size, count: size)
                initializer.fill(place, shape: block, generator: generator)
            }
        }
        storage.noteChange()
    }
}
