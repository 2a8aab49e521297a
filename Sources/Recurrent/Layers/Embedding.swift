/// A vector for each of a number of things: words, letters, classes.
///
///     let embedding = Embedding(count: 16, size: 8)
///     let vectors = embedding(IntTensor([[1, 2, 3, 4]]))      // [1, 4, 8]
///
/// - Shape: indices [...] → [..., size]
///
/// The vectors are drawn from the standard normal distribution, all of them; then that of padding becomes zeros, and
/// no gradient reaches it.
///
/// Source: PyTorch's `Embedding`.
public struct Embedding: Layer {
    /// The number of things.
    public let count: Int
    /// The number of features of each vector.
    public let size: Int
    /// The thing that stands for nothing; nil if none does.
    public let paddingIndex: Int?
    /// The vectors [count, size].
    public let weight: Tensor

    /// Creates a layer with drawn vectors.
    ///
    /// - Parameters:
    ///   - count: The number of things.
    ///   - size: The number of features of each vector.
    ///   - paddingIndex: The thing that stands for nothing; a negative number counts from the end.
    ///   - generator: The generator of the vectors.
    @export(interface)
    public init(
        count: Int,
        size: Int,
        paddingIndex: Int? = nil,
        generator: Generator = .default,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        requirePositive(count, "count", of: "Embedding", file: file, line: line)
        requirePositive(size, "size", of: "Embedding", file: file, line: line)
        self.count = count
        self.size = size
        let padding = Self.place(ofPadding: paddingIndex, among: count, file: file, line: line)
        self.paddingIndex = padding
        let drawn = Tensor.normal([count, size], generator: generator)
        if let padding {
            (drawn.storage.floats + padding * size).update(repeating: 0, count: size)
        }
        weight = drawn.requiringGradient()
    }

    /// Creates a layer with given vectors; nothing is drawn.
    ///
    ///     let vectors = try Safetensors(path: "words.safetensors")["vectors"]!
    ///     let embedding = Embedding(pretrained: vectors)      // frozen: training leaves them as they are
    ///
    /// A parameter of another layer is shared with it; any other tensor becomes a parameter with the same numbers.
    ///
    /// - Parameters:
    ///   - vectors: The vectors [count, size].
    ///   - frozen: Whether training leaves them as they are, until `unfreeze()`.
    ///   - paddingIndex: The thing that stands for nothing, which no gradient reaches; its vector stays as given.
    /// - Precondition: The vectors were not computed from a tensor that collects gradients.
    ///
    /// Source: PyTorch's `Embedding.from_pretrained`.
    @export(interface)
    public init(
        pretrained vectors: Tensor,
        frozen: Bool = true,
        paddingIndex: Int? = nil,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        require(
            vectors.rank == 2 && vectors.count > 0,
            "Embedding: the vectors have shape \(Shape.text(vectors.shape)); they must be the rows of a matrix, "
                + "[count, size].",
            file: file,
            line: line
        )
        count = vectors.shape[0]
        size = vectors.shape[1]
        self.paddingIndex = Self.place(ofPadding: paddingIndex, among: count, file: file, line: line)
        weight = vectors.asParameter("weight", of: "Embedding", file: file, line: line)
        if frozen { freeze() }
    }

    private static func place(
        ofPadding index: Int?,
        among count: Int,
        file: StaticString,
        line: UInt
    ) -> Int? {
        guard let index else { return nil }
        require(
            index >= -count && index < count,
            "Embedding: the padding index \(index) is none of the \(count) things'; they run from 0 to "
                + "\(count - 1), or from -\(count) to -1.",
            file: file,
            line: line
        )
        return index < 0 ? index + count : index
    }

    /// The layer's parameter: `weight`.
    public var structure: LayerStructure {
        LayerStructure("Embedding(\(count) → \(size))", parameters: [("weight", weight)])
    }

    /// The vectors of some things.
    ///
    /// - Shape: indices [...] → [..., size]
    @export(interface)
    public func callAsFunction(
        _ indices: IntTensor,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        for (place, index) in indices.scalars.enumerated() {
            require(
                index >= 0 && index < count,
                "Embedding: index \(index) at place \(place), but there are \(count) vectors, 0 to \(count - 1). "
                    + "Is count the size of the vocabulary, padding and unknown words included?",
                file: file,
                line: line
            )
        }
        let rows = weight.gatheringRows(indices.scalars, ignoringGradientAt: paddingIndex)
        let y = rows.reshaped(indices.shape + [size])
        Recorder.current?.note(output: y, of: structure)
        return y
    }
}
