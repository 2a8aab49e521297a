internal import Golden
import Recurrent
import Testing
internal import Turns

/// A mistake that a caller can make.
struct Misuse: Sendable {
    let name: String
    let run: @Sendable () -> Void

    init(_ name: String, _ run: @escaping @Sendable () -> Void) {
        self.name = name
        self.run = run
    }
}

@Suite("Misuse", .inTurns) struct MisuseTests {
    @Test("of tensors is answered with a sentence each") func tensors() async throws {
        var text = ""
        for (index, misuse) in TensorMisuse.all.enumerated() {
            let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                [index = index as Int] in
                TensorMisuse.all[index].run()
            }
            text += "\(misuse.name)\n    \(message(of: result))\n"
        }
        try expectGolden("Misuse.txt", text)
    }

    @Test("of layers, losses, optimizers and data is answered with a sentence each") func training()
        async throws
    {
        var text = ""
        for (index, misuse) in TrainingMisuse.all.enumerated() {
            let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                [index = index as Int] in
                TrainingMisuse.all[index].run()
            }
            text += "\(misuse.name)\n    \(message(of: result))\n"
        }
        try expectGolden("TrainingMisuse.txt", text)
    }
}

private enum TensorMisuse {
    static var all: [Misuse] { creation + shapes + selection + products + reductions + gradients + integers }

    private static let creation = [
        Misuse("Tensor(shape: [2, 3], scalars: [1, 2])") { _ = Tensor(shape: [2, 3], scalars: [1, 2]) },
        Misuse("Tensor.zeros([2, -1])") { _ = Tensor.zeros([2, -1]) },
        Misuse("Tensor.ones([1 << 40, 1 << 40])") { _ = Tensor.ones([1 << 40, 1 << 40]) },
        Misuse("Tensor([[1, 2], [3]])") { _ = Tensor([[1, 2], [3]]) },
        Misuse("Tensor([[[1, 2]], [[3], [4]]])") { _ = Tensor([[[1, 2]], [[3], [4]]]) },
        Misuse("Tensor.arange(0, 5, step: -1)") { _ = Tensor.arange(0, 5, step: -1) },
        Misuse("Tensor.arange(0, .infinity)") { _ = Tensor.arange(0, .infinity) },
        Misuse("Tensor.arange(0, 1e30)") { _ = Tensor.arange(0, 1e30) },
        Misuse("Tensor.arange(0, .nan)") { _ = Tensor.arange(0, .nan) },
        Misuse("Tensor.linspace(0, 1, count: 1 << 60)") { _ = Tensor.linspace(0, 1, count: 1 << 60) },
        Misuse("Tensor.zeros([0, 1 << 40, 1 << 40])") { _ = Tensor.zeros([0, 1 << 40, 1 << 40]) },
        Misuse("Tensor.zeros([1 << 42])") { _ = Tensor.zeros([1 << 42]) },
        Misuse("Tensor.linspace(0, 1, count: -1)") { _ = Tensor.linspace(0, 1, count: -1) },
        Misuse("Tensor.oneHot(IntTensor([0, 3]), count: 3)") {
            _ = Tensor.oneHot(IntTensor([0, 3]), count: 3)
        },
        Misuse("item of [2, 2]") { _ = Tensor.zeros([2, 2]).item },
        Misuse("data of another shape") { Tensor.zeros([2, 3]).data = Tensor.zeros([3, 2]) },
    ]

    private static let shapes = [
        Misuse("[2, 3] + [2]") { _ = Tensor.zeros([2, 3]) + Tensor.zeros([2]) },
        Misuse("[4, 2, 3] * [3, 3]") { _ = Tensor.zeros([4, 2, 3]) * Tensor.zeros([3, 3]) },
        Misuse("[5] .< [4]") { _ = Tensor.zeros([5]) .< Tensor.zeros([4]) },
        Misuse("[3].replacing(with: [2], where: [3])") {
            _ = Tensor.zeros([3]).replacing(with: Tensor.zeros([2]), where: Tensor.zeros([3]))
        },
        Misuse("[2, 3].reshaped(4, 2)") { _ = Tensor.zeros([2, 3]).reshaped(4, 2) },
        Misuse("[2, 3].reshaped(4, -1)") { _ = Tensor.zeros([2, 3]).reshaped(4, -1) },
        Misuse("[2, 3].reshaped(-1, -1)") { _ = Tensor.zeros([2, 3]).reshaped(-1, -1) },
        Misuse("[2, 3].squeezed(axis: 1)") { _ = Tensor.zeros([2, 3]).squeezed(axis: 1) },
        Misuse("[2, 3].unsqueezed(axis: 4)") { _ = Tensor.zeros([2, 3]).unsqueezed(axis: 4) },
        Misuse("[6].transposed()") { _ = Tensor.zeros([6]).transposed() },
        Misuse("[2, 3].permuted([0, 0])") { _ = Tensor.zeros([2, 3]).permuted([0, 0]) },
        Misuse("[2, 3].flipped(axis: 2)") { _ = Tensor.zeros([2, 3]).flipped(axis: 2) },
        Misuse("[2, 3].broadcast(to: [2, 6])") { _ = Tensor.zeros([2, 3]).broadcast(to: [2, 6]) },
        Misuse("[1].broadcast(to: [-5])") { _ = Tensor.zeros([1]).broadcast(to: [-5]) },
        Misuse("[1].broadcast(to: [1 << 32, 1 << 32])") {
            _ = Tensor.zeros([1]).broadcast(to: [1 << 32, 1 << 32])
        },
        Misuse("[1 << 31, 1, 0] + [1, 1 << 31, 0]") {
            _ = Tensor.zeros([1 << 31, 1, 0]) + Tensor.zeros([1, 1 << 31, 0])
        },
        Misuse("[1 << 22, 1] + [1 << 22]") { _ = Tensor.zeros([1 << 22, 1]) + Tensor.zeros([1 << 22]) },
        Misuse("concatenated [1 << 57, 0] five times") {
            _ = concatenated([Tensor](repeating: Tensor.zeros([1 << 57, 0]), count: 5))
        },
        Misuse("stacked [1 << 57, 0] five times") {
            _ = stacked([Tensor](repeating: Tensor.zeros([1 << 57, 0]), count: 5))
        },
        Misuse("concatenated [0], [1, 2] and [1, 3]") {
            _ = concatenated([Tensor.zeros([0]), Tensor.zeros([1, 2]), Tensor.zeros([1, 3])])
        },
        Misuse("concatenated([])") { _ = concatenated([]) },
        Misuse("concatenated [3, 1] and [2, 6], axis: 1") {
            _ = concatenated([Tensor.zeros([3, 1]), Tensor.zeros([2, 6])], axis: 1)
        },
        Misuse("concatenated [], []") { _ = concatenated([Tensor(1), Tensor(2)]) },
        Misuse("stacked([])") { _ = stacked([]) },
        Misuse("stacked [3] and [4]") { _ = stacked([Tensor.zeros([3]), Tensor.zeros([4])]) },
        Misuse("stacked [3] and [3], axis: 2") {
            _ = stacked([Tensor.zeros([3]), Tensor.zeros([3])], axis: 2)
        },
    ]

    private static let selection = [
        Misuse("[3, 2][3]") { _ = Tensor.zeros([3, 2])[3] },
        Misuse("[3, 2][.all, -3]") { _ = Tensor.zeros([3, 2])[.all, -3] },
        Misuse("[3, 2][2..<5]") { _ = Tensor.zeros([3, 2])[2..<5] },
        Misuse("[5][stride(from: 1, to: 9, by: 2)]") { _ = Tensor.zeros([5])[stride(from: 1, to: 9, by: 2)] },
        Misuse("[5][0...(.max)]") { _ = Tensor.zeros([5])[0...(.max)] },
        Misuse("[5][...(.max)]") { _ = Tensor.zeros([5])[...(.max)] },
        Misuse("[5][.min ..< .max]") { _ = Tensor.zeros([5])[Int.min ..< .max] },
        Misuse("[5][stride(from: 0, to: .max, by: 1)]") {
            _ = Tensor.zeros([5])[stride(from: 0, to: .max, by: 1)]
        },
        Misuse("[5][0, 0]") { _ = Tensor.zeros([5])[0, 0] },
        Misuse("[0, 2][0]") { _ = Tensor.zeros([0, 2])[0] },
        Misuse("[][0]") { _ = Tensor(1)[0] },
        Misuse("[16, 8][IntTensor([3, 16])]") { _ = Tensor.zeros([16, 8])[IntTensor([3, 16])] },
        Misuse("[4, 3].picking(IntTensor([0, 1]))") { _ = Tensor.zeros([4, 3]).picking(IntTensor([0, 1])) },
        Misuse("[2, 3].picking(IntTensor([0, 3]))") { _ = Tensor.zeros([2, 3]).picking(IntTensor([0, 3])) },
    ]

    private static let products = [
        Misuse("[4, 3].matmul([2, 3])") { _ = Tensor.zeros([4, 3]).matmul(.zeros([2, 3])) },
        Misuse("[4, 3].matmul([2, 5])") { _ = Tensor.zeros([4, 3]).matmul(.zeros([2, 5])) },
        Misuse("[4, 3].matmul([4])") { _ = Tensor.zeros([4, 3]).matmul(.zeros([4])) },
        Misuse("[4, 3].matmul([])") { _ = Tensor.zeros([4, 3]).matmul(Tensor(2)) },
        Misuse("[1 << 31, 0].matmul([0, 1 << 31])") {
            _ = Tensor.zeros([1 << 31, 0]).matmul(.zeros([0, 1 << 31]))
        },
        Misuse("[2, 4, 3].matmul([5, 3, 1])") { _ = Tensor.zeros([2, 4, 3]).matmul(.zeros([5, 3, 1])) },
    ]

    private static let reductions = [
        Misuse("[2, 3].sum(axis: 2)") { _ = Tensor.zeros([2, 3]).sum(axis: 2) },
        Misuse("[2, 3].mean(axes: [1, -1])") { _ = Tensor.zeros([2, 3]).mean(axes: [1, -1]) },
        Misuse("[].sum(axis: 0)") { _ = Tensor(1).sum(axis: 0) },
        Misuse("[0].max()") { _ = Tensor.zeros([0]).max() },
        Misuse("[0, 3].max()") { _ = Tensor.zeros([0, 3]).max() },
        Misuse("[0].argmax()") { _ = Tensor.zeros([0]).argmax() },
        Misuse("[2, 0].argmin(axis: 1)") { _ = Tensor.zeros([2, 0]).argmin(axis: 1) },
        Misuse("softmax([], axis: 1)") { _ = softmax(Tensor(1), axis: 1) },
        Misuse("softmax([2, 3], axis: -3)") { _ = softmax(Tensor.zeros([2, 3]), axis: -3) },
    ]

    private static let gradients = [
        Misuse("backward() from [3, 1]") { (Tensor.zeros([3, 1]).requiringGradient() * 2).backward() },
        Misuse("backward(gradient) of another shape") {
            (Tensor.zeros([3, 1]).requiringGradient() * 2).backward(Tensor.zeros([3]))
        },
        Misuse("backward() from a constant") { Tensor([1, 2]).sum().backward() },
        Misuse("backward() twice") {
            let loss = Tensor([1, 2]).requiringGradient().sum()
            loss.backward()
            loss.backward()
        },
        Misuse("backward() through a carried state") {
            let w = Tensor([[0.5]]).requiringGradient()
            var state = Tensor.zeros([1, 1])
            for _ in 0..<2 {
                state = tanh(state.matmul(w) + 1)
                state.sum().backward()
            }
        },
        Misuse("gradient of an intermediate result") {
            let y = Tensor([1, 2]).requiringGradient() * 2
            y.sum().backward()
            _ = y.gradient
        },
        Misuse("gradient of a parameter that -= was meant to move") {
            var u = Tensor([1]).requiringGradient()
            for _ in 0..<2 {
                (u * u).sum().backward()
                u -= 0.1 * (u.gradient ?? Tensor(0))
            }
        },
        Misuse("gradient of a parameter that decayed and moved") {
            var u = Tensor([1]).requiringGradient()
            u *= 0.9
            u = u + 0.1
            u.sum().backward()
            _ = u.gradient
        },
        Misuse("backward() after -= within withoutGradients") {
            var u = Tensor([1]).requiringGradient()
            for _ in 0..<2 {
                (u * u).sum().backward()
                withoutGradients { u -= 0.1 * (u.gradient ?? Tensor(0)) }
            }
        },
        Misuse("backward() after a step") {
            let (w, v) = (Tensor([2]).requiringGradient(), Tensor([3]).requiringGradient())
            let optimizer = SGD([w, v], learningRate: 0.1)
            let y = w * v * w
            y.sum().backward(retainGraph: true)
            optimizer.step()
            optimizer.zeroGradients()
            y.sum().backward()
        },
        Misuse("backward() after a step of a number that stands in no tensor that is followed") {
            let w = Tensor([[2]]).requiringGradient()
            let loss = w.detached().matmul(Tensor([[3]]).requiringGradient())
            w.gradient = Tensor([[1]])
            SGD([w]).step()
            loss.backward()
        },
        Misuse("gradient set on a constant") { Tensor([1, 2]).gradient = Tensor([0, 0]) },
        Misuse("gradient set to another shape") {
            Tensor([1, 2]).requiringGradient().gradient = Tensor([0])
        },
        Misuse("retainGradient() of a constant") { Tensor([1, 2]).retainGradient() },
        Misuse("gradientCheck of an intermediate result") {
            let y = Tensor([1, 2]).requiringGradient() * 2
            _ = gradientCheck(["y": y]) { y.sum() }
        },
        Misuse("gradientCheck of a loss that changes") {
            let w = Tensor([1, 2]).requiringGradient()
            var calls: Float = 0
            _ = gradientCheck(["w": w]) {
                calls += 1
                return (w * calls).sum()
            }
        },
    ]

    private static let integers = [
        Misuse("IntTensor(shape: [2], scalars: [1])") { _ = IntTensor(shape: [2], scalars: [1]) },
        Misuse("IntTensor([[1, 2], [3]])") { _ = IntTensor([[1, 2], [3]]) },
        Misuse("IntTensor(Tensor([.nan]))") { _ = IntTensor(Tensor([.nan])) },
        Misuse("IntTensor.arange(0, .max)") { _ = IntTensor.arange(0, .max) },
        Misuse("IntTensor.arange(.min, .max)") { _ = IntTensor.arange(.min, .max) },
        Misuse("IntTensor.arange(5, 3)") { _ = IntTensor.arange(5, 3) },
        Misuse("integers [2] .< [3]") { _ = IntTensor([1, 2]) .< IntTensor([1, 2, 3]) },
        Misuse("item of integers [2]") { _ = IntTensor([1, 2]).item },
        Misuse("integers [2, 2][0, 2]") { _ = IntTensor([[1, 2], [3, 4]])[0, 2] },
        Misuse("integers [2, 2].reshaped(3)") { _ = IntTensor([[1, 2], [3, 4]]).reshaped(3) },
    ]
}
