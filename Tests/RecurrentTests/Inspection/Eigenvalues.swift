import Recurrent
import Testing

@Suite struct EigenvalueTests {
    private func values(_ matrix: [[Float]]) -> [(Double, Double)] {
        eigenvalues(Tensor(matrix)).map { ($0.real, $0.imaginary) }
    }

    private func expectNear(
        _ values: [(Double, Double)],
        _ expected: [(Double, Double)],
        within tolerance: Double = 1e-12
    ) {
        #expect(values.count == expected.count)
        for (value, known) in zip(values, expected) {
            #expect(abs(value.0 - known.0) < tolerance && abs(value.1 - known.1) < tolerance, "\(values)")
        }
    }

    @Test func `known matrices have their known eigenvalues`() {
        expectNear(values([[3]]), [(3, 0)])
        expectNear(values([[2, 0], [0, -5]]), [(-5, 0), (2, 0)])
        expectNear(values([[0, -2], [2, 0]]), [(0, 2), (0, -2)])
        // The companion matrix of (x − 1)(x − 2)(x − 4).
        expectNear(values([[7, -14, 8], [1, 0, 0], [0, 1, 0]]), [(4, 0), (2, 0), (1, 0)])
        // A cycle of four: the fourth roots of 1, which QR steps without a shift never tell apart.
        let cycle = eigenvalues(Tensor([[0, 0, 0, 1], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]]))
        for value in cycle { #expect(abs(value.magnitude - 1) < 1e-12) }
        #expect(abs(cycle.map(\.real).reduce(0, +)) < 1e-12)
        expectNear(values([[0, 0], [0, 0]]), [(0, 0), (0, 0)])
        #expect(eigenvalues(Tensor.zeros([0, 0])).isEmpty)
    }

    @Test func `sums and products of eigenvalues are the trace and the determinant`() {
        let matrix = Tensor.randn([24, 24], generator: Generator(seed: 4))
        let values = eigenvalues(matrix)
        let trace = (0..<24).reduce(0) { $0 + Double(matrix[$1, $1].item) }
        #expect(abs(values.map(\.real).reduce(0, +) - trace) < 1e-10)
        #expect(abs(values.map(\.imaginary).reduce(0, +)) < 1e-10)
        // The square's eigenvalues are the squares.
        let radius = spectralRadius(matrix)
        #expect(abs(spectralRadius(matrix.matmul(matrix)) - radius * radius) < 1e-4)
        #expect(values == eigenvalues(matrix))
    }

    @Test func `a recurrent step's Jacobian is the gate's slope times its weights`() throws {
        let cell = RNNCell(inputSize: 2, hiddenSize: 3, generator: Generator(seed: 2))
        let weight = try #require(cell.namedParameters.first { $0.name == "weight_hh" }).tensor
        weight.gradient = Tensor.ones([3, 3])
        let (x, h) = (Tensor.randn([1, 2]), Tensor.randn([1, 3]))
        let step = jacobian(at: h) { cell(x, HiddenState($0)).hidden }
        let next = cell(x, HiddenState(h)).hidden
        let slopes = (1 - next * next).reshaped([3, 1])
        expectClose(step.scalars, (slopes * weight.detached()).scalars, within: 1e-6, "Jacobian")
        #expect(weight.gradient?.scalars == [Float](repeating: 1, count: 9))
        #expect(spectralRadius(step) < spectralRadius(weight))
    }

    @Test func `a result that does not depend on the argument has a Jacobian of zeros`() {
        #expect(jacobian(at: Tensor([1, 2])) { _ in Tensor([3]) }.scalars == [0, 0])
    }
}
