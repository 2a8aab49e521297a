/// The targets of a classification: how much each logarithm of a probability counts, position by position.
///
/// Class numbers, probabilities, class weights, smoothing and ignored entries all come down to this.
struct ClassTargets {
    /// The axis of the classes.
    let axis: Int
    /// The positions in the predictions that count, and the weight of each.
    private let places: [Int]
    private let shares: [Float]
    /// The divisor of the mean.
    let divisor: Float

    /// The shape of the predictions.
    let shape: [Int]

    private var classCount: Int { shape[axis] }
    private var outer: Int { axis == 0 ? 1 : shape[0] }
    private var inner: Int { shape[(axis + 1)...].reduce(1, *) }

    /// Creates the targets from class numbers.
    init(
        of loss: String,
        _ shape: [Int],
        _ classes: IntTensor,
        weight: Tensor?,
        ignoredIndex: Int,
        labelSmoothing: Float,
        file: StaticString,
        line: UInt
    ) {
        let axis = Self.axis(loss, shape, file: file, line: line)
        var expected = shape
        let count = expected.remove(at: axis)
        require(
            classes.shape == expected,
            "\(loss): predictions of shape \(Shape.text(shape)), with \(count) classes along axis \(axis), need class "
                + "numbers of shape \(Shape.text(expected)), not \(Shape.text(classes.shape)).",
            file: file,
            line: line
        )
        let weights = Self.weights(loss, weight, count, file: file, line: line)
        Self.check(loss, labelSmoothing, file: file, line: line)
        let inner = shape[(axis + 1)...].reduce(1, *)
        var (places, shares): ([Int], [Float]) = ([], [])
        var divisor: Float = 0
        for (place, number) in classes.scalars.enumerated() where number != ignoredIndex {
            require(
                number >= 0 && number < count,
                "\(loss): class \(number) at place \(place), but the predictions have \(count) classes, 0 to "
                    + "\(count - 1).",
                file: file,
                line: line
            )
            let start = place / inner * count * inner + place % inner
            divisor += weights[number]
            let own = (1 - labelSmoothing) * weights[number]
            guard labelSmoothing > 0 else {
                places.append(start + number * inner)
                shares.append(own)
                continue
            }
            let spread = labelSmoothing / Float(count)
            for other in 0..<count {
                places.append(start + other * inner)
                shares.append(spread * weights[other] + (other == number ? own : 0))
            }
        }
        self.axis = axis
        self.shape = shape
        self.places = places
        self.shares = shares
        // Where the true classes weigh nothing, their own part of the mean is nothing over nothing.
        self.divisor = divisor == 0 ? .nan : divisor
    }

    /// Creates the targets from the probabilities of the classes.
    init(
        of loss: String,
        _ probabilities: Tensor,
        weight: Tensor?,
        labelSmoothing: Float,
        file: StaticString,
        line: UInt
    ) {
        shape = probabilities.shape
        let axis = Self.axis(loss, shape, file: file, line: line)
        let count = shape[axis]
        let weights = Self.weights(loss, weight, count, file: file, line: line)
        Self.check(loss, labelSmoothing, file: file, line: line)
        let inner = shape[(axis + 1)...].reduce(1, *)
        var (places, shares): ([Int], [Float]) = ([], [])
        for (place, probability) in probabilities.scalars.enumerated() {
            let smooth = probability * (1 - labelSmoothing) + labelSmoothing / Float(count)
            let share = smooth * weights[place / inner % count]
            // 0 · ln 0 is 0: what cannot be and is not said to be costs nothing.
            if share == 0 { continue }
            places.append(place)
            shares.append(share)
        }
        self.axis = axis
        self.places = places
        self.shares = shares
        divisor = Float(probabilities.count / count)
    }

    /// `−Σ share · x` along the axis of classes, joined.
    func loss(_ logarithms: Tensor, _ reduction: LossReduction) -> Tensor {
        let losses = weighted(logarithms)
        return switch reduction {
        case .none: losses
        case .sum: losses.sum()
        case .mean: losses.sum() / divisor
        case .batchMean: losses.sum() / Float(axis == 0 ? 1 : shape[0])
        }
    }

    private func weighted(_ x: Tensor) -> Tensor {
        var resultShape = shape
        resultShape.remove(at: axis)
        let result = Storage.zeros(count: outer * inner, precision: x.storage.precision)
        switch result.precision {
        case .single: forward(x.storage.floats, result.floats)
        case .double: forward(x.storage.pointer(Double.self), result.pointer(Double.self))
        }
        guard let input = x.tracked else { return Tensor(result, shape: resultShape) }
        let node = UnaryNode("cross entropy", saved: nil, shape: resultShape, input: input) { gradient, _ in
            let contribution = Storage.zeros(count: Shape.count(shape), precision: gradient.precision)
            switch gradient.precision {
            case .single: backward(gradient.floats, contribution.floats)
            case .double: backward(gradient.pointer(Double.self), contribution.pointer(Double.self))
            }
            return contribution
        }
        return Tensor(result, shape: resultShape, node: node)
    }

    private func forward<Scalar: Real>(_ x: UnsafeMutablePointer<Scalar>, _ y: UnsafeMutablePointer<Scalar>) {
        for (place, share) in zip(places, shares) { y[entry(of: place)] -= Scalar(share) * x[place] }
    }

    /// Writes the gradient of the positions that count; the others have none.
    private func backward<Scalar: Real>(
        _ g: UnsafeMutablePointer<Scalar>,
        _ out: UnsafeMutablePointer<Scalar>
    ) {
        for (place, share) in zip(places, shares) { out[place] = -Scalar(share) * g[entry(of: place)] }
    }

    /// The index of the loss that a position in the predictions belongs to.
    private func entry(of place: Int) -> Int { place / (classCount * inner) * inner + place % inner }

    private static func axis(_ loss: String, _ shape: [Int], file: StaticString, line: UInt) -> Int {
        require(
            !shape.isEmpty,
            "\(loss): expected predictions [batch, classes] or [classes], not a single number.",
            file: file,
            line: line
        )
        let axis = shape.count == 1 ? 0 : 1
        require(
            shape[axis] > 0,
            "\(loss): the predictions of shape \(Shape.text(shape)) have no classes along axis \(axis).",
            file: file,
            line: line
        )
        return axis
    }

    private static func weights(
        _ loss: String,
        _ weight: Tensor?,
        _ count: Int,
        file: StaticString,
        line: UInt
    ) -> [Float] {
        guard let weight else { return [Float](repeating: 1, count: count) }
        require(
            weight.shape == [count],
            "\(loss): expected a weight for each of the \(count) classes, [classes \(count)], not a tensor of shape "
                + "\(Shape.text(weight.shape)).",
            file: file,
            line: line
        )
        return weight.scalars
    }

    private static func check(_ loss: String, _ labelSmoothing: Float, file: StaticString, line: UInt) {
        require(
            labelSmoothing >= 0 && labelSmoothing <= 1,
            "\(loss): labelSmoothing is \(labelSmoothing); it must be from 0 to 1.",
            file: file,
            line: line
        )
    }
}
