import Recurrent
import Testing

extension Tensor {
    /// A recorded tensor.
    init(_ recorded: Recorded) {
        self.init(shape: recorded.shape, scalars: recorded.floats)
    }

    /// The numbers in double precision.
    var doubles: [Double] {
        let storage = storage.converted(to: .double)
        return (0..<storage.count).map { storage.pointer(Double.self)[$0] }
    }

    /// A tensor in double precision.
    static func double(shape: [Int], _ numbers: [Double]) -> Tensor {
        let storage = Storage.make(count: numbers.count, precision: .double)
        for (place, number) in numbers.enumerated() { storage.pointer(Double.self)[place] = number }
        return Tensor(storage, shape: shape)
    }
}

/// Expects numbers to be equal within a share of the largest one expected, or of one if that is smaller.
///
/// What is not finite must be equal.
func expectClose(
    _ actual: [Float],
    _ expected: [Float],
    within tolerance: Double,
    _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(actual.count == expected.count, "\(what)", sourceLocation: sourceLocation)
    let largest = expected.filter(\.isFinite).map { Double($0.magnitude) }.max() ?? 0
    var worst = (error: 0.0, place: 0)
    for (place, (ours, theirs)) in zip(actual, expected).enumerated() {
        let isSame = ours == theirs || (ours.isNaN && theirs.isNaN)
        let error = isSame ? 0 : abs(Double(ours) - Double(theirs))
        if !(error <= worst.error) { worst = (error.isNaN ? .infinity : error, place) }
    }
    let bound = tolerance * max(1, largest)
    #expect(
        worst.error <= bound,
        "\(what): entry \(worst.place) is \(actual[worst.place]), not \(expected[worst.place])",
        sourceLocation: sourceLocation
    )
}
