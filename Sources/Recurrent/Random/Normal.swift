internal import Kernels

extension Generator {
    /// Normally distributed floats, as `torch.randn` and `normal_`.
    ///
    /// Fewer than 16 are drawn one by one, through doubles. From 16 on whole blocks of 16 are transformed in
    /// floats; if the count is no multiple of 16, the last 16 are drawn anew, which takes 16 more words.
    @export(interface)
    func fillNormal(
        _ numbers: UnsafeMutableBufferPointer<Float>,
        mean: Double = 0,
        standardDeviation: Double = 1
    ) {
        guard numbers.count >= 16 else {
            for index in numbers.indices {
                numbers[index] = Float(nextNormal() * standardDeviation + mean)
            }
            return
        }
        fillUniform(numbers)
        makeNormal(
            UnsafeMutableBufferPointer(rebasing: numbers[..<(numbers.count / 16 * 16)]),
            mean,
            standardDeviation
        )
        if numbers.count % 16 != 0 {
            let last = UnsafeMutableBufferPointer(rebasing: numbers[(numbers.count - 16)...])
            fillUniform(last)
            makeNormal(last, mean, standardDeviation)
        }
    }

    private func makeNormal(
        _ numbers: UnsafeMutableBufferPointer<Float>,
        _ mean: Double,
        _ standardDeviation: Double
    ) {
        guard let start = numbers.baseAddress else { return }
        Kernels.makeNormal(
            start,
            count: numbers.count,
            mean: Float(mean),
            standardDeviation: Float(standardDeviation)
        )
    }

    /// Normally distributed floats, as `torch.randn` and `normal_`.
    ///
    /// - Returns: `count` numbers.
    @export(interface)
    public func normal(
        _ count: Int,
        mean: Double = 0,
        standardDeviation: Double = 1,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> [Float] {
        requireCount(count, of: "normal", file: file, line: line)
        requireSpread(standardDeviation, of: "normal", file: file, line: line)
        return [Float](unsafeUninitializedCapacity: count) { numbers, filled in
            fillNormal(
                UnsafeMutableBufferPointer(rebasing: numbers[..<count]),
                mean: mean,
                standardDeviation: standardDeviation
            )
            filled = count
        }
    }

    /// Normally distributed doubles, as `torch.randn(count, dtype=torch.float64)`.
    ///
    /// The words taken are PyTorch's; the numbers are within 4 units in the last place of PyTorch's, whose
    /// logarithm and sine come from the platform's library.
    ///
    /// - Returns: `count` numbers.
    @export(interface)
    public func normalDoubles(
        _ count: Int,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> [Double] {
        requireCount(count, of: "normalDoubles", file: file, line: line)
        guard count >= 16 else { return (0..<count).map { _ in nextNormal() } }
        var numbers = uniformDoubles(count)
        for start in stride(from: 0, through: count - 16, by: 16) {
            BoxMuller.transform(&numbers, at: start)
        }
        if count % 16 != 0 {
            numbers.replaceSubrange((count - 16)..., with: uniformDoubles(16))
            BoxMuller.transform(&numbers, at: count - 16)
        }
        return numbers
    }

    /// One normal draw: four words for a pair, of which the second waits for the next call.
    @export(interface)
    func nextNormal() -> Double {
        if let waiting = waitingNormal {
            waitingNormal = nil
            return waiting
        }
        let turn = nextDouble()
        let radius = (-2 * Logarithm.natural(ofOnePlus: -nextDouble())).squareRoot()
        let (sine, cosine) = Circle.sineAndCosine(of: 2 * .pi * turn)
        waitingNormal = radius * sine
        return radius * cosine
    }
}

/// Stops where a standard deviation is negative or no number.
func requireSpread(_ deviation: Double, of operation: String, file: StaticString, line: UInt) {
    require(
        deviation >= 0,
        "\(operation): the standard deviation is \(deviation); it must be at least 0.",
        file: file,
        line: line
    )
}
