extension Tensor {
    /// Numbers drawn from U(low, high), as PyTorch's `uniform_`.
    ///
    /// - Parameters:
    ///   - shape: The tensor's shape.
    ///   - low: The least number.
    ///   - high: The upper limit, which is left out.
    ///   - generator: The generator of the numbers.
    @export(interface)
    public static func uniform(
        _ shape: [Int],
        from low: Double = 0,
        to high: Double = 1,
        generator: Generator = .default,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        requireInterval(low, high, of: "Tensor.uniform", file: file, line: line)
        let count = Shape.count(shape, of: "Tensor.uniform", file: file, line: line)
        return Tensor(shape: shape) {
            generator.fillUniform(UnsafeMutableBufferPointer(start: $0, count: count), from: low, to: high)
        }
    }

    /// Numbers drawn from a normal distribution, as PyTorch's `normal_`.
    ///
    ///     manualSeed(0)
    ///     let w1 = Tensor.normal([7, 6], mean: 0, standardDeviation: 0.4).requiringGradient()
    ///
    /// - Parameters:
    ///   - shape: The tensor's shape.
    ///   - mean: The mean of the distribution.
    ///   - standardDeviation: The standard deviation of the distribution.
    ///   - generator: The generator of the numbers.
    @export(interface)
    public static func normal(
        _ shape: [Int],
        mean: Double = 0,
        standardDeviation: Double = 1,
        generator: Generator = .default,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        requireSpread(standardDeviation, of: "Tensor.normal", file: file, line: line)
        let count = Shape.count(shape, of: "Tensor.normal", file: file, line: line)
        return Tensor(shape: shape) {
            generator.fillNormal(
                UnsafeMutableBufferPointer(start: $0, count: count),
                mean: mean,
                standardDeviation: standardDeviation
            )
        }
    }

    /// Numbers drawn from U(0, 1), as `torch.rand`.
    public static func rand(
        _ shape: [Int],
        generator: Generator = .default,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        uniform(shape, generator: generator, file: file, line: line)
    }

    /// Numbers drawn from the standard normal distribution, as `torch.randn`.
    public static func randn(
        _ shape: [Int],
        generator: Generator = .default,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        normal(shape, generator: generator, file: file, line: line)
    }
}
