internal import Golden
import Recurrent
import Testing

extension MisuseTests {
    @Test(
        "of draws, orders, triangles, searches and entries that are written is answered with a sentence each"
    )
    func values() async throws {
        var text = ""
        for (index, misuse) in ValuesMisuse.all.enumerated() {
            let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                [index = index as Int] in
                ValuesMisuse.all[index].run()
            }
            text += "\(misuse.name)\n    \(message(of: result))\n"
        }
        try expectGolden("ValuesMisuse.txt", text)
    }
}

/// Mistakes with draws, orders, reductions, searches and writing.
enum ValuesMisuse {
    static var all: [Misuse] { draws + operations + searches + writing }

    private static func x(_ shape: Int...) -> Tensor { Tensor.zeros(shape) }
    private static var generator: Generator { Generator(seed: 0) }

    private static let draws = [
        Misuse("draw(from: [])") { _ = generator.draw(from: Tensor(1)) },
        Misuse("draw(from: [2, 0])") { _ = generator.draw(from: x(2, 0)) },
        Misuse("draw(from: [1, -1])") { _ = generator.draw(from: Tensor([1, -1])) },
        Misuse("draw(from: NaN in row 1)") { _ = generator.draw(from: Tensor([[1, 1], [1, .nan]])) },
        Misuse("draw(from: [0, 0])") { _ = generator.draw(from: x(2), count: 5, replacing: true) },
        Misuse("draw(from: [1, 0, 2], count: 3)") { _ = generator.draw(from: Tensor([1, 0, 2]), count: 3) },
        Misuse("draw(from: [1, 2], count: -1)") { _ = generator.draw(from: Tensor([1, 2]), count: -1) },
        Misuse("IntTensor.drawn(from: [1, 2], count: 3)") {
            _ = IntTensor.drawn(from: Tensor([1, 2]), count: 3)
        },
        Misuse("draw(fromLogits: [2, 2, 2])") { _ = generator.draw(fromLogits: x(2, 2, 2)) },
        Misuse("draw(fromLogits: temperature: 0)") { _ = generator.draw(fromLogits: x(3), temperature: 0) },
        Misuse("draw(fromLogits: topK: 0)") { _ = generator.draw(fromLogits: x(3), topK: 0) },
        Misuse("draw(fromLogits: topP: 1.5)") { _ = generator.draw(fromLogits: x(3), topP: 1.5) },
        Misuse("draw(fromLogits: NaN)") { _ = generator.draw(fromLogits: Tensor([1, .nan])) },
        Misuse("draw(fromLogits: all -inf)") {
            _ = generator.draw(fromLogits: Tensor([[1, 2], [-.infinity, -.infinity]]))
        },
    ]

    private static let operations = [
        Misuse("[2, 3].sorted(axis: 2)") { _ = x(2, 3).sorted(axis: 2) },
        Misuse("[2, 3].argsort(axis: -3)") { _ = x(2, 3).argsort(axis: -3) },
        Misuse("[2, 3].topK(4)") { _ = x(2, 3).topK(4) },
        Misuse("[2, 3].topK(-1, axis: 0)") { _ = x(2, 3).topK(-1, axis: 0) },
        Misuse("[].cumulativeSum(axis: 0)") { _ = Tensor(1).cumulativeSum(axis: 0) },
        Misuse("[2, 3].product(axis: 2)") { _ = x(2, 3).product(axis: 2) },
        Misuse("[2, 3].variance(axes: [0, 0])") { _ = x(2, 3).variance(axes: [0, 0]) },
        Misuse("[2, 3].standardDeviation(axis: 2)") { _ = x(2, 3).standardDeviation(axis: 2) },
        Misuse("[2, 3, 4].batchedProduct([4, 5])") { _ = x(2, 3, 4).batchedProduct(x(4, 5)) },
        Misuse("[2, 3, 4].batchedProduct([3, 4, 5])") { _ = x(2, 3, 4).batchedProduct(x(3, 4, 5)) },
        Misuse("[2, 3, 4].batchedProduct([2, 3, 5])") { _ = x(2, 3, 4).batchedProduct(x(2, 3, 5)) },
        Misuse("[3].lowerTriangle()") { _ = x(3).lowerTriangle() },
        Misuse("[].upperTriangle()") { _ = Tensor(1).upperTriangle() },
        Misuse("Tensor.lowerTriangle(-1)") { _ = Tensor.lowerTriangle(-1) },
        Misuse("perplexity of [2, 3] with classes [3]") { _ = perplexity(x(2, 3), IntTensor([0, 1, 2])) },
    ]

    private static func search(
        width: Int = 2,
        limit: Int = 2,
        lengthPenalty: Double = 0,
        _ numbers: Tensor = Tensor([-1, -2])
    ) {
        _ = beamSearch(width: width, from: 0, first: 0, limit: limit, lengthPenalty: lengthPenalty) {
            state,
            _ in
            (numbers, state)
        }
    }

    private static let searches = [
        Misuse("beamSearch(width: 0)") { search(width: 0) },
        Misuse("beamSearch(limit: -1)") { search(limit: -1) },
        Misuse("beamSearch(lengthPenalty: .nan)") { search(lengthPenalty: .nan) },
        Misuse("beamSearch of log probabilities [2, 2]") { search(x(2, 2)) },
        Misuse("beamSearch of logits") { search(Tensor([-1, 2])) },
        Misuse("beamSearch of NaN") { search(Tensor([-1, .nan])) },
    ]

    private static let writing = [
        Misuse("[6].data[3..<6] = [2]") { x(6).data[3..<6] = x(2) },
        Misuse("[2, 3].data[.all, 3] = 1") { x(2, 3).data[.all, 3] = 1 },
        Misuse("[2, 3].data[0] = [2, 3]") { x(2, 3).data[0] = x(2, 3) },
        Misuse("[3].data[0, 0] = 1") { x(3).data[0, 0] = 1 },
        Misuse("[3, 2].data[IntTensor([3])] = [2]") { x(3, 2).data[IntTensor([3])] = x(2) },
        Misuse("[3, 2].replacing(0, with: [3])") { _ = x(3, 2).replacing(0, with: x(3)) },
        Misuse("[3, 2].replacing(IntTensor([-1]), with: [2])") {
            _ = x(3, 2).replacing(IntTensor([-1]), with: x(2))
        },
        Misuse("[3, 2].adding([3, 2], at: two rows)") { _ = x(3, 2).adding(x(3, 2), at: IntTensor([0, 1])) },
        Misuse("[].adding([1], at: [0])") { _ = Tensor(1).adding(x(1), at: IntTensor([0])) },
        Misuse("[2, 2].data[0] = nil") { x(2, 2).data[0] = nil },
        Misuse("backward() after an entry was written through data") {
            let w = Tensor([[2, 1]]).requiringGradient()
            let loss = (w * w).sum()
            w.data[0, 1] = 5
            loss.backward()
        },
    ]
}
