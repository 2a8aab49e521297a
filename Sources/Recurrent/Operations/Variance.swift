extension Tensor {
    /// The variance of all numbers: Σ (x − mean)² / (n − correction).
    ///
    /// - Shape: [...] → []
    /// - Parameter correction: 1 for an estimate from a sample, as in PyTorch; 0 for the mean square itself, as in NumPy.
    @export(interface)
    public func variance(correction: Int = 1) -> Tensor {
        let kept = squaredDistances(Array(0..<rank), correction)
        return kept.reshaped([])
    }

    /// The variances along an axis: Σ (x − mean)² / (n − correction).
    ///
    /// - Shape: along axis 1, [a, b, c] → [a, c], or [a, 1, c] when keeping dimensions
    /// - Parameters:
    ///   - axis: The axis; negative ones count from the last.
    ///   - correction: 1 for an estimate from a sample, as in PyTorch; 0 for the mean square itself, as in NumPy.
    @export(interface)
    public func variance(
        axis: Int,
        correction: Int = 1,
        keepingDimensions: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        variance(
            axes: [axis],
            correction: correction,
            keepingDimensions: keepingDimensions,
            file: file,
            line: line
        )
    }

    /// The variances along several axes: Σ (x − mean)² / (n − correction), where n counts the numbers of all of them.
    ///
    /// - Shape: along axes 0 and 1, [a, b, c] → [c], or [1, 1, c] when keeping dimensions
    /// - Parameters:
    ///   - axes: The axes; negative ones count from the last.
    ///   - correction: 1 for an estimate from a sample, as in PyTorch; 0 for the mean square itself, as in NumPy.
    @export(interface)
    public func variance(
        axes: [Int],
        correction: Int = 1,
        keepingDimensions: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        let axes = normalized(axes, for: "variance", file: file, line: line)
        let kept = squaredDistances(axes, correction)
        if keepingDimensions { return kept }
        return kept.reshaped(shape.indices.filter { !axes.contains($0) }.map { shape[$0] })
    }

    /// The standard deviation of all numbers: the root of the variance.
    ///
    /// Where all numbers are equal its slope is taken to be 0, as in PyTorch.
    ///
    /// - Shape: [...] → []
    /// - Parameter correction: 1 for an estimate from a sample, as in PyTorch; 0 for the mean square itself, as in NumPy.
    @export(interface)
    public func standardDeviation(correction: Int = 1) -> Tensor {
        variance(correction: correction).mapped(Deviation())
    }

    /// The standard deviations along an axis: the roots of the variances.
    ///
    ///     let normalized = (x - x.mean(axis: 0)) / x.standardDeviation(axis: 0)
    ///
    /// - Shape: along axis 1, [a, b, c] → [a, c], or [a, 1, c] when keeping dimensions
    /// - Parameters:
    ///   - axis: The axis; negative ones count from the last.
    ///   - correction: 1 for an estimate from a sample, as in PyTorch; 0 for the mean square itself, as in NumPy.
    @export(interface)
    public func standardDeviation(
        axis: Int,
        correction: Int = 1,
        keepingDimensions: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        standardDeviation(
            axes: [axis],
            correction: correction,
            keepingDimensions: keepingDimensions,
            file: file,
            line: line
        )
    }

    /// The standard deviations along several axes: the roots of the variances.
    ///
    /// - Shape: along axes 0 and 1, [a, b, c] → [c], or [1, 1, c] when keeping dimensions
    /// - Parameters:
    ///   - axes: The axes; negative ones count from the last.
    ///   - correction: 1 for an estimate from a sample, as in PyTorch; 0 for the mean square itself, as in NumPy.
    @export(interface)
    public func standardDeviation(
        axes: [Int],
        correction: Int = 1,
        keepingDimensions: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        let axes = normalized(axes, for: "standardDeviation", file: file, line: line)
        let variance = variance(axes: axes, correction: correction, keepingDimensions: keepingDimensions)
        return variance.mapped(Deviation())
    }

    /// The variances along axes that are kept with a length of 1.
    private func squaredDistances(_ axes: [Int], _ correction: Int) -> Tensor {
        let distance = self - mean(axes: axes, keepingDimensions: true)
        let count = axes.reduce(1) { $0 * shape[$1] }
        return (distance * distance).sum(axes: axes, keepingDimensions: true)
            / Float(Swift.max(count - correction, 0))
    }
}

/// The square root, with a slope of 0 at 0.
private struct Deviation: UnaryFunction {
    var name: String { "standardDeviation" }
    var saves: SavedForBackward { .result }
    func value<Scalar: Real>(_ x: Scalar) -> Scalar { x.squareRoot() }
    func backward<Scalar: Real>(_ gradient: Scalar, _ y: Scalar) -> Scalar {
        y == 0 ? 0 : gradient / (2 * y)
    }
}
