/// An observer of a model's run, installed by `record` and `summary`.
///
/// Layers report to it; it changes nothing in what they compute.
final class Recorder {
    private var passes: [(weight: ObjectIdentifier, pass: RecordedPass)] = []
    /// By weight, and then by layer, for two layers may share a weight.
    private var outputs: [ObjectIdentifier: [String: [Int]]] = [:]

    #if hasFeature(Embedded)
        nonisolated(unsafe) private(set) static var current: Recorder?

        static func looking<Result, Failure: Error>(
            _ recorder: Recorder,
            _ body: () throws(Failure) -> Result
        ) throws(Failure) -> Result {
            let before = current
            current = recorder
            defer { current = before }
            return try body()
        }
    #else
        // A recorder belongs to the run that asked for it, whatever other threads do.
        @TaskLocal private static var looker: Looker?

        /// The recorder of the run, if there is one. A task that the run starts inherits it, and must not use it from
        /// its own thread.
        static var current: Recorder? {
            guard let looker, looker.thread == ObjectIdentifier(Generator.default) else { return nil }
            return looker.recorder
        }

        static func looking<Result>(_ recorder: Recorder, _ body: () throws -> Result) rethrows -> Result {
            try $looker.withValue(Looker(recorder: recorder), operation: body)
        }

        /// The recorder of one run, which goes on in one thread, and that thread.
        private struct Looker: @unchecked Sendable {
            let recorder: Recorder
            /// The generator of the observing thread, which identifies it.
            let thread = ObjectIdentifier(Generator.default)
        }
    #endif

    /// Notes that a layer starts on a sequence.
    func beginPass<Kind: Recurrence>(of kind: Kind, _ weights: RecurrentWeights, isReverse: Bool) {
        let pass = RecordedPass(gateNames: Kind.gateNames, isReverse: isReverse)
        passes.append((ObjectIdentifier(weights.input.storage), pass))
    }

    /// Notes a step of a layer, or of a cell of its own.
    func note<Kind: Recurrence>(_ step: RecurrentStep<Kind.State>, of kind: Kind, _ weights: RecurrentWeights)
    {
        let weight = ObjectIdentifier(weights.input.storage)
        if passes.last?.weight != weight { beginPass(of: kind, weights, isReverse: false) }
        for tensor in step.state.tensors where tensor.requiresGradient { tensor.retainGradient() }
        passes[passes.count - 1].pass.steps.append(
            RecordedStep(
                state: step.state.tensors,
                gates: step.gates,
                sums: step.sums,
                gateNames: Kind.gateNames
            )
        )
    }

    /// Notes the output shape of the layer that has a weight.
    func note(output: [Int], of weight: Tensor, by layer: LayerStructure) {
        outputs[ObjectIdentifier(weight.storage), default: [:]][layer.kind] = output
    }

    /// The last output shape of the layer that has a parameter.
    func output(of parameter: Tensor, by layer: LayerStructure) -> [Int]? {
        outputs[ObjectIdentifier(parameter.storage)]?[layer.kind]
    }

    /// The passes, each named by its input weight.
    func namedPasses(_ parameters: [NamedTensor]) -> [RecordedPass] {
        passes.map { weight, pass in
            var pass = pass
            let name = parameters.first { ObjectIdentifier($0.tensor.storage) == weight }?.name ?? ""
            // rnn.weight_ih_l0_reverse is layer 0 of rnn.
            let bytes = Array(name.utf8)
            let dot = bytes.lastIndex(of: UInt8(ascii: "."))
            pass.name = String(decoding: bytes[..<(dot ?? 0)], as: UTF8.self)
            let words = bytes[(dot.map { $0 + 1 } ?? 0)...].split(separator: UInt8(ascii: "_"))
            let layers = words.filter { $0.first == UInt8(ascii: "l") }.compactMap {
                Int(String(decoding: $0.dropFirst(), as: UTF8.self))
            }
            pass.layer = layers.first ?? 0
            return pass
        }
    }
}
