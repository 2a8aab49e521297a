/// The weights of one recurrent layer in one direction, gates stacked in rows.
///
/// With `a = W_ih x + b_ih` and `b = W_hh h + b_hh`, the kinds differ in what they make of a and b only.
struct RecurrentWeights {
    /// W_ih [gates · hidden, input].
    let input: Tensor
    /// W_hh [gates · hidden, hidden].
    let hidden: Tensor
    /// b_ih [gates · hidden].
    let inputBias: Tensor?
    /// b_hh [gates · hidden].
    let hiddenBias: Tensor?
    /// W_hr [projection, hidden], which makes the hidden state of an LSTM smaller than its cell state; W_hh then has
    /// as many columns.
    let projection: Tensor?

    /// Draws weights from U(−1/√hidden, 1/√hidden), in the order of the properties, as PyTorch does.
    init(
        inputSize: Int,
        hiddenSize: Int,
        projectionSize: Int? = nil,
        gates: Int,
        bias: Bool,
        generator: Generator
    ) {
        let bound = 1 / Double(hiddenSize).squareRoot()
        let draw = { (shape: [Int]) in
            Tensor.uniform(shape, from: -bound, to: bound, generator: generator).requiringGradient()
        }
        input = draw([gates * hiddenSize, inputSize])
        hidden = draw([gates * hiddenSize, projectionSize ?? hiddenSize])
        inputBias = bias ? draw([gates * hiddenSize]) : nil
        hiddenBias = bias ? draw([gates * hiddenSize]) : nil
        projection = projectionSize.map { draw([$0, hiddenSize]) }
    }

    /// The weights with PyTorch's names, which end in the layer's number and direction, as `_l0_reverse`.
    func named(_ ending: String) -> [(String, Tensor?)] {
        [
            ("weight_ih" + ending, input), ("weight_hh" + ending, hidden),
            ("bias_ih" + ending, inputBias), ("bias_hh" + ending, hiddenBias),
            ("weight_hr" + ending, projection),
        ]
    }
}
