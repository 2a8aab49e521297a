extension Tensor {
    /// A single number, of shape [].
    public init(_ scalar: Float) {
        self.init(shape: []) { $0[0] = scalar }
    }

    /// A vector from its numbers.
    ///
    /// - Shape: n numbers → [n]
    @export(interface)
    public init(_ scalars: [Float]) {
        self.init(shape: [scalars.count], scalars: scalars)
    }

    /// A matrix from its rows.
    ///
    /// - Shape: m rows of n numbers → [m, n]
    /// - Precondition: All rows have the same length.
    @export(interface)
    public init(_ rows: [[Float]], file: StaticString = #filePath, line: UInt = #line) {
        let width = rows.first?.count ?? 0
        for (index, row) in rows.enumerated() where row.count != width {
            stop(
                "Tensor: row 0 has \(width) numbers, row \(index) has \(row.count); all rows must be of one length.",
                file: file,
                line: line
            )
        }
        self.init(shape: [rows.count, width], scalars: rows.flatMap { $0 })
    }

    /// A block of three axes from its matrices.
    ///
    /// - Shape: b matrices of m rows of n numbers → [b, m, n]
    /// - Precondition: All matrices have the same shape.
    @export(interface)
    public init(_ matrices: [[[Float]]], file: StaticString = #filePath, line: UInt = #line) {
        let parts = matrices.map { Tensor($0, file: file, line: line) }
        let shape = parts.first?.shape ?? [0, 0]
        for (index, part) in parts.enumerated() where part.shape != shape {
            stop(
                "Tensor: matrix 0 has shape \(Shape.text(shape)), matrix \(index) \(Shape.text(part.shape)); "
                    + "all must have one shape.",
                file: file,
                line: line
            )
        }
        self.init(shape: [parts.count] + shape, scalars: parts.flatMap { $0.scalars })
    }

    /// A tensor of zeros.
    @export(interface)
    public static func zeros(
        _ shape: [Int],
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        filled(shape, with: 0, by: "Tensor.zeros", file: file, line: line)
    }

    /// A tensor of ones.
    public static func ones(
        _ shape: [Int],
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        filled(shape, with: 1, by: "Tensor.ones", file: file, line: line)
    }

    /// A tensor that holds one number everywhere.
    @export(interface)
    public static func full(
        _ shape: [Int],
        _ value: Float,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        filled(shape, with: value, by: "Tensor.full", file: file, line: line)
    }

    private static func filled(
        _ shape: [Int],
        with value: Float,
        by operation: String,
        file: StaticString,
        line: UInt
    ) -> Tensor {
        let count = Shape.count(shape, of: operation, file: file, line: line)
        return Tensor(shape: shape) { $0.update(repeating: value, count: count) }
    }

    /// Zeros in the shape of another tensor.
    @export(interface)
    public static func zeros(like other: Tensor) -> Tensor { zeros(other.shape) }

    /// Ones in the shape of another tensor.
    public static func ones(like other: Tensor) -> Tensor { ones(other.shape) }

    /// The numbers from `start` in equal steps, as long as they lie before `end`: start, start + step, …
    ///
    /// Each is computed in double precision from its index, as PyTorch and NumPy do.
    ///
    /// - Shape: ⌈(end − start) / step⌉ numbers → [count]
    @export(interface)
    public static func arange(
        _ start: Double = 0,
        _ end: Double,
        step: Double = 1,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        require(
            step != 0 && (end - start) / step >= 0,
            "Tensor.arange: steps of \(step) do not lead from \(start) to \(end).",
            file: file,
            line: line
        )
        let steps = ((end - start) / step).rounded(.up)
        require(
            steps <= Double(Shape.limit),
            "Tensor.arange: \(steps) steps of \(step) lead from \(start) to \(end), more than memory can have.",
            file: file,
            line: line
        )
        let count = Int(steps)
        return Tensor(shape: [count]) { target in
            for index in 0..<count { target[index] = Float(start + Double(index) * step) }
        }
    }

    /// `count` numbers in equal steps from `start` to `end`, both included, as `numpy.linspace` makes them.
    ///
    /// - Shape: [count]
    @export(interface)
    public static func linspace(
        _ start: Double,
        _ end: Double,
        count: Int,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        requireCount(count, of: "Tensor.linspace", file: file, line: line)
        let step = (end - start) / Double(Swift.max(count - 1, 1))
        return Tensor(shape: [count]) { target in
            for index in 0..<count { target[index] = Float(Double(index) * step + start) }
            if count > 1 { target[count - 1] = Float(end) }
        }
    }
}
