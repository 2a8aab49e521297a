import Recurrent

/// The record of a tutorial's run.
struct Trace {
    /// The parameters, with the names that they have in the fixture.
    var parameters: [NamedTensor]
    /// The parameters before the first step.
    var initial: [[Float]]
    /// The gradients of the first step, before any clipping.
    var firstGradients: [[Float]] = []
    /// The losses, one for each entry of the recorded trace.
    var losses: [Double] = []
    /// The trained model's outputs, by the fixture's names.
    var predictions: [(name: String, values: [Float])] = []
    /// Learning rates after each step, norms before clipping: where a tutorial has them.
    var learningRates: [Double] = []
    var norms: [Double] = []

    init(_ parameters: [NamedTensor]) {
        self.parameters = parameters
        initial = parameters.map { $0.tensor.scalars }
    }

    mutating func noteFirstGradients() {
        if firstGradients.isEmpty { firstGradients = parameters.compactMap { $0.tensor.gradient?.scalars } }
    }

    /// A fingerprint of the bits of all parameters.
    var digest: UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for number in parameters.flatMap({ $0.tensor.scalars }) {
            for shift in [0, 8, 16, 24] {
                hash = (hash ^ UInt64(number.bitPattern >> UInt32(shift) & 0xff)) &* 0x100_0000_01b3
            }
        }
        return hash
    }
}
