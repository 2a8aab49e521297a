internal import Kernels

extension Generator {
    /// Uniform floats from [low, high), as `torch.rand` and `uniform_`: one word each.
    func fillUniform(_ numbers: UnsafeMutableBufferPointer<Float>, from low: Double = 0, to high: Double = 1)
    {
        guard let start = numbers.baseAddress else { return }
        for index in numbers.indices { numbers[index] = nextFloat() }
        spread(start, count: numbers.count, from: Float(low), to: Float(high))
    }

    /// Uniform floats from [low, high), as `torch.rand` and `uniform_`: one word each.
    ///
    /// - Returns: `count` numbers.
    public func uniform(_ count: Int, from low: Double = 0, to high: Double = 1) -> [Float] {
        [Float](unsafeUninitializedCapacity: count) { numbers, filled in
            fillUniform(UnsafeMutableBufferPointer(rebasing: numbers[..<count]), from: low, to: high)
            filled = count
        }
    }

    /// Uniform doubles from [0, 1), as `torch.rand(count, dtype=torch.float64)`: two words each.
    ///
    /// - Returns: `count` numbers.
    public func uniformDoubles(_ count: Int) -> [Double] {
        (0..<count).map { _ in nextDouble() }
    }

    /// Ones with probability `probability`, else zeros, as `bernoulli_(p)` and dropout's mask: two words each.
    ///
    /// PyTorch has another path for Intel's MKL, which gives other masks; this is the one without.
    ///
    /// - Returns: `count` numbers.
    public func bernoulli(_ count: Int, probability: Double) -> [Float] {
        (0..<count).map { _ in nextDouble() < probability ? 1 : 0 }
    }

    /// For each probability a one with that probability, else a zero, as `torch.bernoulli(tensor)`: one word each.
    public func bernoulli(probabilities: [Float]) -> [Float] {
        probabilities.map { nextFloat() < $0 ? 1 : 0 }
    }
}
