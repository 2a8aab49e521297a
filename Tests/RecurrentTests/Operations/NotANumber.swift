import Recurrent
import Testing

/// NaN, infinity and −0 in gradients. All numbers are PyTorch 2.15's, from `t.backward()` of the sum.
@Suite("A gradient that is no number") struct NotANumberTests {
    private let nan = Float.nan
    private let infinity = Float.infinity

    private func expectSame(
        _ actual: [Float],
        _ expected: [Float],
        _ what: String = "",
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        // Equal in sign as well, where it shows in a reciprocal.
        let isSame = zip(actual, expected).allSatisfy { $0.isNaN ? $1.isNaN : $0 == $1 }
        #expect(
            isSame && actual.count == expected.count,
            "\(what): \(actual), not \(expected)",
            sourceLocation: sourceLocation
        )
    }

    private func gradient(_ numbers: [Float], upstream: [Float]? = nil, _ function: (Tensor) -> Tensor)
        -> [Float]
    {
        let x = Tensor(numbers).requiringGradient()
        let y = function(x)
        y.backward(upstream.map { Tensor($0) } ?? Tensor.ones(like: y))
        return x.gradient?.scalars ?? []
    }

    @Test("passes the larger and the smaller of two") func choices() {
        let other = Tensor([0, nan, nan, 2])
        for (name, function) in [("maximum", maximum), ("minimum", minimum)] {
            expectSame(gradient([nan, 1, nan, 2]) { function($0, other) }, [1, 1, 1, 0.5], name)
            expectSame(gradient([nan, 1, nan, 2]) { function(other, $0) }, [1, 1, 1, 0.5], name)
        }
        expectSame(gradient([1, nan, 3, nan]) { $0.max() }, [0, 0.5, 0, 0.5])
        expectSame(gradient([1, nan, 3, nan]) { $0.min() }, [0, 0.5, 0, 0.5])
        expectSame(gradient([1, nan, 3]) { $0.max(axis: 0).values }, [0, 1, 0])
    }

    @Test("is cut off by limits and lost by magnitudes where PyTorch's is") func limits() {
        let edges = [nan, infinity, -infinity, 2, -2, 0, 3]
        expectSame(gradient(edges) { $0.clamped(to: -2...2) }, [0, 0, 0, 1, 1, 1, 0])
        expectSame(gradient([nan, 0, -1]) { $0.clamped(to: 0...) }, [0, 1, 0])
        expectSame(gradient([nan, 0, 1]) { $0.clamped(to: ...0) }, [0, 1, 0])
        expectSame(gradient([nan, 0, -0.0, -1]) { abs($0) }, [0, 0, 0, -1])
        let target = Tensor([0, 1, nan, infinity, 5])
        expectSame(
            gradient([nan, 1, 1, infinity, 4]) { meanAbsoluteError($0, target, reduction: .sum) },
            [0, 0, 0, 0, -1]
        )
        expectSame(
            gradient([nan, 1, 1, infinity, 4]) { meanAbsoluteError(target, $0, reduction: .sum) },
            [0, 0, 0, 0, -1]
        )
    }

    @Test("that comes from above stays none") func upstream() {
        let upstream = [nan, infinity, nan]
        expectSame(gradient([0, 0, 1], upstream: upstream) { abs($0) }, [nan, nan, nan])
        expectSame(gradient([0, -1, 1], upstream: upstream) { relu($0) }, [0, 0, nan])
        expectSame(gradient([nan, 0, -0.0, -1]) { relu($0) }, [1, 0, 0, 0])
        expectSame(gradient([3, -3, 0], upstream: upstream) { $0.clamped(to: -1...1) }, [0, 0, nan])
    }

    @Test("of a power has IEEE's corners") func powers() {
        let edges = [-0.0, 0, -1, nan, infinity, -infinity, 1]
        let i = infinity
        let expected: [(Float, [Float], [Float])] = [
            (0.5, [-0.0, 0, nan, nan, i, nan, 1], [-i, i, nan, nan, 0, nan, 0.5]),
            (-0.5, [-i, i, nan, nan, 0, nan, 1], [-i, -i, nan, nan, 0, 0, -0.5]),
            (1.5, [0, 0, nan, nan, i, i, 1], [0, 0, nan, nan, i, nan, 1.5]),
            (-1, [-i, i, -1, nan, 0, 0, 1], [-i, -i, -1, nan, 0, 0, -1]),
            (3, [0, 0, -1, nan, i, -i, 1], [0, 0, 3, nan, i, i, 3]),
            (-2, [i, i, 1, nan, 0, 0, 1], [i, -i, 2, nan, 0, 0, -2]),
            (0, [1, 1, 1, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0, 0]),
            (1, [0, 0, -1, nan, i, -i, 1], [1, 1, 1, 1, 1, 1, 1]),
            (nan, [nan, nan, nan, nan, nan, nan, 1], [nan, nan, nan, nan, nan, nan, nan]),
            (infinity, [0, 0, 1, nan, i, i, 1], [nan, nan, i, nan, i, i, i]),
            (1025, [0, 0, -1, nan, i, -i, 1], [0, 0, 1025, nan, i, i, 1025]),
            (1024, [0, 0, 1, nan, i, i, 1], [0, 0, -1024, nan, i, -i, 1024]),
        ]
        for (exponent, values, gradients) in expected {
            expectSame(Tensor(edges).pow(exponent).scalars, values, "pow(\(exponent))")
            expectSame(gradient(edges) { $0.pow(exponent) }, gradients, "gradient of pow(\(exponent))")
        }
    }

    @Test("is not smoothed away by a variance beyond all numbers") func layerNorm() {
        for row in [[1e20, 2e20, 3e20, 4e20], [infinity, 1, 2, 3], [nan, 1, 2, 3], [3e38, -3e38, 0, 1]] {
            let norm = LayerNorm([4])
            expectSame(norm(Tensor(row)).scalars, [nan, nan, nan, nan], "\(row)")
            expectSame(gradient(row) { norm($0) }, [nan, nan, nan, nan], "\(row)")
        }
        let far = LayerNorm([4])(Tensor([1e19, -1e19, 0, 0])).scalars
        expectClose(far, [1.4142136, -1.4142136, 0, 0], within: 1e-6, "a variance of 5e37")
    }

    @Test("belongs to a mean over classes that weigh nothing") func weightlessClasses() {
        let logits: [Float] = [1, 2, 3, 0, 1, 0, 3, 1, 2]
        let none = [Float](repeating: nan, count: 9)
        let weight = Tensor([0, 2, 3])
        for smoothing in [Float(0), 0.2] {
            func loss(_ x: Tensor, _ classes: [Int], _ reduction: LossReduction) -> Tensor {
                crossEntropy(
                    x.reshaped(3, 3),
                    IntTensor(classes),
                    weight: weight,
                    labelSmoothing: smoothing,
                    reduction: reduction
                )
            }
            #expect(loss(Tensor(logits), [0, 0, 0], .mean).item.isNaN)
            expectSame(gradient(logits) { loss($0, [0, 0, 0], .mean) }, none)
            #expect(loss(Tensor(logits), [-100, -100, -100], .mean).item.isNaN)
            expectSame(
                gradient(logits) { loss($0, [-100, -100, -100], .mean) },
                [Float](repeating: 0, count: 9)
            )
            #expect(loss(Tensor(logits), [0, 0, 0], .sum).item.isFinite)
            #expect(loss(Tensor(logits), [-100, -100, -100], .sum).item == 0)
        }
        let certain = Tensor([[-infinity, 2, 3], [0, 1, 0]])
        #expect(crossEntropy(certain, IntTensor([0, 0]), weight: weight, reduction: .sum).item.isNaN)
        #expect(abs(crossEntropy(certain, IntTensor([1, 0]), weight: weight).item - 1.3132616) < 1e-6)
        let smoothed = crossEntropy(certain, IntTensor([1, 0]), weight: weight, labelSmoothing: 0.2)
        #expect(smoothed.item.isNaN)
        // Not PyTorch's NaN: what is said to be impossible, and is, costs nothing.
        let halves = crossEntropy(certain[0..<1], probabilities: Tensor([[0, 0.5, 0.5]])).item
        #expect(abs(halves - 0.8132617) < 1e-6)
    }
}
