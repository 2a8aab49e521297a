internal import Kernels

extension Generator {
    /// Uniform floats from [low, high), as `torch.rand` and `uniform_`: one word each.
    @export(interface)
    func fillUniform(_ numbers: UnsafeMutableBufferPointer<Float>, from low: Double = 0, to high: Double = 1)
    {
        guard let start = numbers.baseAddress else { return }
        for index in numbers.indices { numbers[index] = nextFloat() }
        spread(start, count: numbers.count, from: Float(low), to: Float(high))
    }

    /// Uniform floats from [low, high), as `torch.rand` and `uniform_`: one word each.
    ///
    /// - Returns: `count` numbers.
    @export(interface)
    public func uniform(
        _ count: Int,
        from low: Double = 0,
        to high: Double = 1,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> [Float] {
        requireCount(count, of: "uniform", file: file, line: line)
        requireInterval(low, high, of: "uniform", file: file, line: line)
        return [Float](unsafeUninitializedCapacity: count) { numbers, filled in
            fillUniform(UnsafeMutableBufferPointer(rebasing: numbers[..<count]), from: low, to: high)
            filled = count
        }
    }

    /// Uniform doubles from [0, 1), as `torch.rand(count, dtype=torch.float64)`: two words each.
    ///
    /// - Returns: `count` numbers.
    @export(interface)
    public func uniformDoubles(
        _ count: Int,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> [Double] {
        requireCount(count, of: "uniformDoubles", file: file, line: line)
        return (0..<count).map { _ in nextDouble() }
    }

    /// Ones with probability `probability`, else zeros, as `bernoulli_(p)` and dropout's mask: two words each.
    ///
    /// PyTorch has another path for Intel's MKL, which gives other masks; this is the one without.
    ///
    /// - Returns: `count` numbers.
    @export(interface)
    public func bernoulli(
        _ count: Int,
        probability: Double,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> [Float] {
        requireCount(count, of: "bernoulli", file: file, line: line)
        requireProbability(probability, file: file, line: line)
        return (0..<count).map { _ in nextDouble() < probability ? 1 : 0 }
    }

    /// Draws a one with each probability, else a zero, as `torch.bernoulli(tensor)`: one word each.
    @export(interface)
    public func bernoulli(
        probabilities: [Float],
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> [Float] {
        for probability in probabilities { requireProbability(Double(probability), file: file, line: line) }
        return probabilities.map { nextFloat() < $0 ? 1 : 0 }
    }
}

/// Stops where an interval runs backward, or a limit is no number.
func requireInterval(_ low: Double, _ high: Double, of operation: String, file: StaticString, line: UInt) {
    require(
        low <= high,
        "\(operation): there is nothing between \(low) and \(high); give the smaller one first.",
        file: file,
        line: line
    )
}

/// Stops where a probability is not from 0 to 1.
private func requireProbability(_ probability: Double, file: StaticString, line: UInt) {
    require(
        probability >= 0 && probability <= 1,
        "bernoulli: the probability is \(probability); it must be from 0 to 1.",
        file: file,
        line: line
    )
}
