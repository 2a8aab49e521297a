import Recurrent
import Testing

private struct Model: Layer {
    let embedding = Embedding(count: 3, size: 2)
    let head = Linear(inputSize: 2, outputSize: 1)
}

@Suite struct LoadReportTests {
    private let file = Safetensors(
        [
            NamedTensor("embedding.weight", Tensor.ones([4, 2])),
            NamedTensor("head.weight", Tensor([[7, 8]])),
            NamedTensor("decoder.weight", Tensor([1])),
        ],
        integers: [NamedIntegers("norm.num_batches_tracked", IntTensor(12))]
    )

    @Test func `what fits is loaded, and the rest reported`() throws {
        let model = Model()
        let (vectors, bias) = (model.embedding.weight.scalars, model.head.bias?.scalars)
        let report = try model.loadParameters(from: file, partially: true)
        #expect(model.head.weight.scalars == [7, 8])
        #expect(model.embedding.weight.scalars == vectors && model.head.bias?.scalars == bias)
        let expected = """
            1 parameter was loaded.
            Missing in the file, and left as they were: head.bias.
            Of another shape, and left as they were: embedding.weight ([4, 2] in the file, [3, 2] in the model).
            In the file only: decoder.weight, norm.num_batches_tracked.
            """
        #expect("\(report)" == expected)
        #expect(try "\(model.loadParameters(bytes: model.parameterBytes))" == "3 parameters were loaded.")
    }

    @Test func `without being asked for, a part is an error that changes nothing`() {
        let model = Model()
        let before = model.parameters.map(\.scalars)
        #expect(throws: SafetensorsError.missing(["head.bias"])) { try model.loadParameters(from: file) }
        var whole = file
        whole.tensors.append(NamedTensor("head.bias", Tensor([1])))
        #expect(throws: SafetensorsError.unexpected(["decoder.weight"])) {
            try model.loadParameters(from: whole)
        }
        whole.tensors.removeAll { $0.name == "decoder.weight" }
        #expect(
            throws: SafetensorsError.wrongShape(of: "embedding.weight", expected: [3, 2], found: [4, 2])
        ) {
            try model.loadParameters(from: whole)
        }
        #expect(model.parameters.map(\.scalars) == before)
    }

    @Test func `whole numbers that the model lacks do not disturb it, and those it wants are numbers`() throws
    {
        let model = Linear(inputSize: 2, outputSize: 1, bias: false)
        let counter = NamedIntegers("num_batches_tracked", IntTensor(3))
        let weights = NamedIntegers("weight", IntTensor([[4, -5]]))
        let report = try model.loadParameters(
            bytes: Safetensors([], integers: [counter, weights]).bytes
        )
        #expect(model.weight.scalars == [4, -5])
        #expect(report.leftOver == ["num_batches_tracked"])
    }
}
