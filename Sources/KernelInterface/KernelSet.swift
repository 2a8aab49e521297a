/// The functions that every build of the kernels offers. Front functions of the module `Kernels` say what each
/// does; here only the shape of the call stands.
package protocol KernelSet: SendableMetatype {
    static func exp(
        _ source: UnsafePointer<Float>,
        into destination: UnsafeMutablePointer<Float>,
        count: Int
    )
    static func log(
        _ source: UnsafePointer<Float>,
        into destination: UnsafeMutablePointer<Float>,
        count: Int
    )
    static func tanh(
        _ source: UnsafePointer<Float>,
        into destination: UnsafeMutablePointer<Float>,
        count: Int
    )
    static func sigmoid(
        _ source: UnsafePointer<Float>,
        into destination: UnsafeMutablePointer<Float>,
        count: Int
    )
    static func sin(
        _ source: UnsafePointer<Float>,
        into destination: UnsafeMutablePointer<Float>,
        count: Int
    )
    static func cos(
        _ source: UnsafePointer<Float>,
        into destination: UnsafeMutablePointer<Float>,
        count: Int
    )

    static func multiply(_ a: Matrix, _ b: Matrix, into c: Destination)

    /// The room that `packForward(of:into:)` needs.
    static func packedForwardCount(of pass: RecurrentLayerPass) -> Int
    /// Lays out the weights for `runSteps`.
    static func packForward(of pass: RecurrentLayerPass, into packed: UnsafeMutablePointer<Float>)
    /// The time loop. Unless a is made stepwise, it stands in the first columns of `saved`, or if there
    /// is no such, in `output`.
    static func runSteps(
        of pass: RecurrentLayerPass,
        sequences: Range<Int>,
        packed: UnsafePointer<Float>,
        finalHidden: UnsafeMutablePointer<Float>,
        finalCell: UnsafeMutablePointer<Float>?
    )

    /// The room that `packBackward(of:into:)` needs.
    static func packedBackwardCount(of pass: RecurrentLayerPass) -> Int
    /// Lays out W_hh for `runStepsBack`.
    static func packBackward(of pass: RecurrentLayerPass, into packed: UnsafeMutablePointer<Float>)
    /// Runs the backward pass over a range of time steps, last to first: fills `sums` [rows of these steps in
    /// order, gradientWidth] with the gradients of a and b (for GRU: of b, then of a_n), and adds to those of h₀
    /// and c₀. Without `sums` it adds to all other gradients as well.
    ///
    /// `state` [2, sequences, hidden] keeps the gradients of h and c from these places for those before.
    static func runStepsBack(
        of pass: RecurrentLayerPass,
        sequences: Range<Int>,
        places: Range<Int>,
        packed: UnsafePointer<Float>,
        gradients: RecurrentGradients,
        state: UnsafeMutablePointer<Float>,
        into sums: UnsafeMutablePointer<Float>?
    )

    /// Adds to c(i, j), group by group, the sums over k of left(k, i) · right(k, j); i counts from the first of
    /// `leftColumns`.
    static func addOuterProducts(
        _ pairs: RowPairs,
        leftColumns: Range<Int>,
        rightCount: Int,
        into c: UnsafeMutablePointer<Float>,
        rowStride: Int
    )

    /// Adds to `sums` and to `others`, where given, group by group, the sums of the left rows.
    static func addRows(
        _ pairs: RowPairs,
        columns: Range<Int>,
        to sums: UnsafeMutablePointer<Float>?,
        and others: UnsafeMutablePointer<Float>?
    )
    /// Adds the gradients of biases, where wanted, from rows of the gradients of a and b.
    static func addBiasGradients(
        of pass: RecurrentLayerPass,
        _ pairs: RowPairs,
        input: UnsafeMutablePointer<Float>?,
        hidden: UnsafeMutablePointer<Float>?
    )

    static func update(
        _ parameter: UnsafeMutablePointer<Float>,
        along gradient: UnsafePointer<Float>,
        count: Int,
        decay: Float,
        by update: ParameterUpdate
    )

    static func spread(
        _ numbers: UnsafeMutablePointer<Float>,
        count: Int,
        from low: Float,
        to high: Float
    )
    static func makeNormal(
        _ numbers: UnsafeMutablePointer<Float>,
        count: Int,
        mean: Float,
        standardDeviation: Float
    )
}
