/// The place of each time step, added to its features as waves: `sin(t / 10000^(i / size))` at even features i, and the
/// cosine beside it.
///
///     let positions = PositionalEncoding(size: 64, batchFirst: true)
///     let x = positions(embedding(words))
///
/// Positions that are learned are an `Embedding` of the step's number:
/// `x + table(IntTensor(Array(0..<x.shape[1])))`.
///
/// - Shape: x [time, batch, size], or [batch, time, size] if `batchFirst`, or [time, size] → the same
///
/// Each wave is computed in double precision and rounded once.
///
/// Source: A. Vaswani et al., "Attention is all you need" (2017), section 3.5; PyTorch's tutorial on transformers.
public struct PositionalEncoding: TensorLayer {
    /// The waves [length, size].
    public let waves: Tensor
    /// Whether the batch is axis 0 of input and output.
    public let batchFirst: Bool
    let dropout: Dropout

    /// Creates a layer.
    ///
    /// - Parameters:
    ///   - size: The number of features of a time step.
    ///   - length: The most time steps that a sequence has.
    ///   - dropout: The probability with which a number of the sum is dropped in training.
    ///   - batchFirst: Whether the batch is axis 0 of input and output.
    ///   - generator: The generator of dropout; by default that of the thread that calls the layer.
    @export(interface)
    public init(
        size: Int,
        length: Int = 1000,
        dropout: Double = 0,
        batchFirst: Bool = false,
        generator: Generator? = nil,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        requirePositive(size, "size", of: "PositionalEncoding", file: file, line: line)
        requirePositive(length, "length", of: "PositionalEncoding", file: file, line: line)
        _ = Shape.count([length, size], of: "PositionalEncoding", file: file, line: line)
        self.batchFirst = batchFirst
        self.dropout = Dropout(dropout, generator: generator, file: file, line: line)
        waves = Tensor(shape: [length, size]) { target in
            for feature in stride(from: 0, to: size, by: 2) {
                let frequency = Double.exp(-Double(feature) / Double(size) * Double.log(10_000))
                for time in 0..<length {
                    let (sine, cosine) = Circle.sineAndCosine(of: Double(time) * frequency)
                    let place = time * size + feature
                    target[place] = Float(sine)
                    if feature + 1 < size { target[place + 1] = Float(cosine) }
                }
            }
        }
    }

    /// The structure, with the mode and without parameters.
    public var structure: LayerStructure {
        LayerStructure("PositionalEncoding(\(waves.shape[1]))", mode: dropout.mode)
    }

    /// The numbers, each with the wave of its place added.
    @_disfavoredOverload
    @export(interface)
    public func callAsFunction(_ x: Tensor) -> Tensor { self(x, file: #filePath, line: #line) }

    /// The numbers, each with the wave of its place added.
    @export(interface)
    public func callAsFunction(_ x: Tensor, file: StaticString = #filePath, line: UInt = #line) -> Tensor {
        let (length, size) = (waves.shape[0], waves.shape[1])
        let axes = batchFirst ? "[batch, time, size \(size)]" : "[time, batch, size \(size)]"
        require(
            (x.rank == 2 || x.rank == 3) && x.shape.last == size,
            "PositionalEncoding: expected \(axes), or [time, size \(size)] without a batch, not a tensor of shape "
                + "\(Shape.text(x.shape)).",
            file: file,
            line: line
        )
        let time = x.shape[x.rank == 3 && batchFirst ? 1 : 0]
        require(
            time <= length,
            "PositionalEncoding: a sequence of \(time) steps, \(Shape.text(x.shape)), but there are waves for \(length). "
                + "Create the layer with length: \(time), or is batchFirst: \(!batchFirst) meant?",
            file: file,
            line: line
        )
        let rows = time == length ? waves : waves[0..<time]
        return dropout(x + (x.rank == 3 && !batchFirst ? rows.unsqueezed(axis: 1) : rows))
    }
}
