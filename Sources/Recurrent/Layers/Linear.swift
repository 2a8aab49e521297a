/// A linear layer, y = x · Wᵀ + b.
///
/// - Shape: x [..., input] → [..., output]
///
/// Weight [output, input] and bias [output] are drawn from U(−1/√input, 1/√input), as PyTorch's `Linear`.
public struct Linear: TensorLayer {
    /// The number of features of each row.
    public let inputSize: Int
    /// The number of features of each row of the result.
    public let outputSize: Int
    /// W [output, input].
    public let weight: Tensor
    /// b [output].
    public let bias: Tensor?

    /// Creates a layer with drawn weights.
    ///
    /// - Parameters:
    ///   - inputSize: The number of features of each row.
    ///   - outputSize: The number of features of each row of the result.
    ///   - bias: Whether there is one.
    ///   - generator: The generator of the weights.
    @export(interface)
    public init(
        inputSize: Int,
        outputSize: Int,
        bias: Bool = true,
        generator: Generator = .default,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        requirePositive(inputSize, "inputSize", of: "Linear", file: file, line: line)
        requirePositive(outputSize, "outputSize", of: "Linear", file: file, line: line)
        self.inputSize = inputSize
        self.outputSize = outputSize
        let bound = 1 / Double(inputSize).squareRoot()
        let draw = { (shape: [Int]) in
            Tensor.uniform(shape, from: -bound, to: bound, generator: generator).requiringGradient()
        }
        weight = draw([outputSize, inputSize])
        self.bias = bias ? draw([outputSize]) : nil
    }

    /// Creates a layer with given weights; nothing is drawn.
    ///
    ///     let decoder = Linear(weight: embedding.weight)      // tied: both layers train one weight
    ///
    /// A parameter of another layer is shared: its gradients add up, and it is listed and saved once. Any other
    /// tensor becomes a parameter with the same numbers, which training changes in both; `copied()` keeps them apart.
    ///
    /// - Parameters:
    ///   - weight: W [output, input].
    ///   - bias: b [output]; nil for none.
    /// - Precondition: Neither was computed from a tensor that collects gradients.
    @export(interface)
    public init(weight: Tensor, bias: Tensor? = nil, file: StaticString = #filePath, line: UInt = #line) {
        require(
            weight.rank == 2 && weight.count > 0,
            "Linear: the weight has shape \(Shape.text(weight.shape)); it must be a matrix, [output, input].",
            file: file,
            line: line
        )
        outputSize = weight.shape[0]
        inputSize = weight.shape[1]
        if let bias {
            require(
                bias.shape == [weight.shape[0]],
                "Linear: the bias has shape \(Shape.text(bias.shape)), the weight "
                    + "\(Shape.text(weight.shape, axes: ["output", "input"])); there must be one number for each output, "
                    + "[\(weight.shape[0])].",
                file: file,
                line: line
            )
        }
        self.weight = weight.asParameter("weight", of: "Linear", file: file, line: line)
        self.bias = bias?.asParameter("bias", of: "Linear", file: file, line: line)
    }

    /// The layer's parameters: `weight` and `bias`.
    public var structure: LayerStructure {
        LayerStructure(
            "Linear(\(inputSize) → \(outputSize))",
            parameters: [("weight", weight), ("bias", bias)]
        )
    }

    /// y = x · Wᵀ + b.
    ///
    /// - Shape: x [..., input] → [..., output]
    @_disfavoredOverload
    @export(interface)
    public func callAsFunction(_ x: Tensor) -> Tensor { self(x, file: #filePath, line: #line) }

    /// y = x · Wᵀ + b.
    ///
    /// - Shape: x [..., input] → [..., output]
    @export(interface)
    public func callAsFunction(_ x: Tensor, file: StaticString = #filePath, line: UInt = #line) -> Tensor {
        require(
            x.shape.last == inputSize,
            "Linear: expected rows of \(inputSize) numbers, [..., input \(inputSize)], not a tensor of shape "
                + "\(Shape.text(x.shape)). \(remedy(x.shape))",
            file: file,
            line: line
        )
        let y = affine(x, weight, bias)
        Recorder.current?.note(output: y, of: structure)
        return y
    }

    private func remedy(_ shape: [Int]) -> String {
        if shape.dropLast().contains(inputSize) {
            return "An axis of length \(inputSize) is there, but not the last: transpose the tensor?"
        }
        if inputSize == 1 { return "Add an axis of length 1 at the end, with unsqueezed(axis: -1)?" }
        return "Is inputSize the size of what the layer before puts out?"
    }
}

extension Tensor {
    /// The tensor as a layer's parameter: itself if it is one already, else one with the same numbers.
    func asParameter(_ name: String, of layer: String, file: StaticString, line: UInt) -> Tensor {
        guard let node else { return requiringGradient() }
        require(
            node.isLeaf,
            "\(layer): the \(name) was computed (\(node.name), shape \(Shape.text(shape))), so that no step could move "
                + "it. Give a parameter itself, or begin from these numbers with detached().",
            file: file,
            line: line
        )
        return self
    }
}

/// Stops where a size is not positive, or so large that no weights could have it.
func requirePositive(_ value: Int, _ name: String, of layer: String, file: StaticString, line: UInt) {
    require(value > 0, "\(layer): \(name) is \(value); it must be at least 1.", file: file, line: line)
    require(
        value <= Shape.limit / 8,
        "\(layer): \(name) is \(value), more than memory can have; it must be at most \(Shape.limit / 8).",
        file: file,
        line: line
    )
}
