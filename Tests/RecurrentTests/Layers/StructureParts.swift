import Recurrent
import Testing

private struct Everything: Layer {
    let first = Linear(inputSize: 1, outputSize: 2)
    let weight = Tensor.ones([2]).requiringGradient()
    let constant = Tensor.ones([2])
    let computed = (Tensor.ones([2]).requiringGradient() * 2)
    let maybe: Linear? = Linear(inputSize: 1, outputSize: 1)
    let nothing: Linear? = nil
    let scale: Tensor? = Tensor.ones([1]).requiringGradient()
    let several = [Linear(inputSize: 1, outputSize: 1), Linear(inputSize: 2, outputSize: 1)]
    let tensors = [Tensor.ones([1]).requiringGradient(), Tensor.ones([1])]
    let named = [
        "b": Linear(inputSize: 1, outputSize: 1), "a": Linear(inputSize: 1, outputSize: 1, bias: false),
    ]
    let numbered = [10: Tensor.ones([1]).requiringGradient(), 9: Tensor.ones([2]).requiringGradient()]
    let mode = LayerMode()

    var written: LayerStructure {
        LayerStructure(
            "Everything",
            of: [
                .parts("first", first), .parts("weight", weight), .parts("constant", constant),
                .parts("computed", computed), .parts("maybe", maybe), .parts("nothing", nothing),
                .parts("scale", scale), .parts("several", several), .parts("tensors", tensors),
                .parts("named", named), .parts("numbered", numbered),
            ],
            mode: mode
        )
    }
}

@Suite("Structures that are written") struct StructurePartsTests {
    @Test("They are what reflection finds") func equal() {
        let layer = Everything()
        let (written, found) = (layer.written, LayerStructure(reflecting: layer))
        #expect(written.kind == found.kind && written.mode === layer.mode && found.mode === layer.mode)
        #expect(written.allParameters.map(\.name) == found.allParameters.map(\.name))
        #expect(written.allParameters.map(\.tensor.shape) == found.allParameters.map(\.tensor.shape))
        #expect(written.sublayers.map(\.name) == found.sublayers.map(\.name))
        #expect(written.parts.count == found.parts.count)
    }
}
