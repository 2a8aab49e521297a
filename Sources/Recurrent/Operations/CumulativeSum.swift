extension Tensor {
    /// The sums of the numbers up to each place along an axis: yᵢ = x₀ + … + xᵢ.
    ///
    /// Added in double precision from the first to the last, each sum rounded once, as in PyTorch.
    ///
    /// - Shape: [a, b, c] → [a, b, c]
    /// - Parameter axis: The axis along which is added; negative ones count from the last.
    @export(interface)
    public func cumulativeSum(
        axis: Int,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        let lines = Lines(
            shape,
            axis: Shape.axis(axis, of: shape, for: "cumulativeSum", file: file, line: line)
        )
        let node = tracked.map {
            // A number is part of its own sum and of all behind it.
            UnaryNode("cumulativeSum", saved: nil, shape: shape, input: $0) { gradient, _ in
                lines.cumulativeSums(of: gradient, isBackward: true)
            }
        }
        return Tensor(lines.cumulativeSums(of: storage, isBackward: false), shape: shape, node: node)
    }
}

extension Lines {
    /// The sums along each line, from its first number on, or back from its last.
    fileprivate func cumulativeSums(of block: Storage, isBackward: Bool) -> Storage {
        let result = Storage.make(count: block.count, precision: block.precision)
        switch block.precision {
        case .single: addUp(block.floats, isBackward, result.floats)
        case .double: addUp(block.pointer(Double.self), isBackward, result.pointer(Double.self))
        }
        return result
    }

    private func addUp<Scalar: Real>(
        _ numbers: UnsafePointer<Scalar>,
        _ isBackward: Bool,
        _ sums: UnsafeMutablePointer<Scalar>
    ) {
        for row in 0..<outer {
            for column in 0..<inner {
                let start = row * length * inner + column
                var sum = 0.0
                for step in 0..<length {
                    let place = start + (isBackward ? length - 1 - step : step) * inner
                    sum += Double(numbers[place])
                    sums[place] = Scalar(sum)
                }
            }
        }
    }
}
