/// An observer of a model's run, installed by `record` and `summary`.
///
/// Layers report to it; it changes nothing in what they compute.
final class Recorder {
    private var passes: [(weight: ObjectIdentifier, pass: RecordedPass)] = []
    /// What layers and the caller's `recorded(as:)` have noted, in order.
    private var outputs: [RecordedOutput] = []

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

    /// Notes the output of a layer.
    func note(output: Tensor, of structure: LayerStructure) {
        guard let source = RecordedOutput.Source(structure) else { return }
        note(output, source)
    }

    /// Notes a tensor that the caller has named.
    func note(_ tensor: Tensor, named name: String) {
        note(tensor, RecordedOutput.Source(name: name))
    }

    private func note(_ tensor: Tensor, _ source: RecordedOutput.Source) {
        if tensor.requiresGradient { tensor.retainGradient() }
        outputs.append(RecordedOutput(tensor: tensor, source: source))
    }

    /// The last output shape of a layer.
    func output(of structure: LayerStructure) -> [Int]? {
        guard let source = RecordedOutput.Source(structure) else { return nil }
        return outputs.last { $0.source == source }?.tensor.shape
    }

    /// The outputs, each named by its layer.
    private func namedTensors(_ model: some Layer) -> [RecordedTensor] {
        let names = RecordedOutput.names(model.structure)
        return outputs.map { output in
            let name = output.source.name ?? names.first { $0.source == output.source }?.name ?? ""
            return RecordedTensor(name: name, tensor: output.tensor)
        }
    }

    /// What was recorded of a model.
    func recording(of model: some Layer) -> Recording {
        Recording(passes: namedPasses(model.namedParameters), tensors: namedTensors(model))
    }

    /// The passes, each named by its input weight.
    private func namedPasses(_ parameters: [NamedTensor]) -> [RecordedPass] {
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

/// A tensor that was noted, and where it comes from.
struct RecordedOutput {
    /// The layer, or the name that the caller gave.
    struct Source: Equatable {
        /// The layer's first weight, which may be a sublayer's.
        var weight: ObjectIdentifier?
        /// The kind of the layer, which tells it from its sublayer, and from another that has the same weight.
        var kind: String?
        var name: String?

        init(name: String) { self.name = name }

        init?(_ structure: LayerStructure) {
            guard let weight = structure.allParameters.first else { return nil }
            self.weight = ObjectIdentifier(weight.tensor.storage)
            kind = structure.kind
        }
    }

    let tensor: Tensor
    let source: Source

    /// The names of a model's layers.
    static func names(_ structure: LayerStructure, _ path: String = "") -> [(source: Source, name: String)] {
        let here = Source(structure).map { [(source: $0, name: path)] } ?? []
        return here
            + structure.sublayers.flatMap { name, sublayer in
                names(sublayer, path.isEmpty ? name : path + "." + name)
            }
    }
}
