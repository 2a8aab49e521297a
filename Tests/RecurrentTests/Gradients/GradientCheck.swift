import Recurrent
import Testing
import Turns

/// Tensors of the given shapes with numbers between −1 and 1, no two alike, none near 0.
func scatteredParameters(_ shapes: [Int]...) -> [Tensor] {
    var state: UInt32 = 12345
    return shapes.map { shape in
        let numbers = (0..<Shape.count(shape)).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            let size = 0.1 + 0.9 * Float(state >> 8) / Float(1 << 24)
            return state & 0x40 == 0 ? size : -size
        }
        return Tensor(shape: shape, scalars: numbers).requiringGradient()
    }
}

/// Checks an operation's derivatives with respect to all of its operands.
func checkDerivatives(
    _ operands: [Tensor],
    sourceLocation: SourceLocation = #_sourceLocation,
    _ operation: ([Tensor]) -> Tensor
) {
    let named = operands.enumerated().map { NamedTensor("operand \($0)", $1) }
    let check = gradientCheck(named) { operation(operands) }
    #expect(check.passes, "\(check)", sourceLocation: sourceLocation)
    #expect(check.count == operands.reduce(0) { $0 + $1.count }, sourceLocation: sourceLocation)
}

@Suite("The gradient check", .inTurns) struct GradientCheckTests {
    @Test("passes right derivatives, and puts everything back") func passes() {
        let w = Tensor([0.5, -0.3]).requiringGradient()
        let other = Tensor([2, 3]).requiringGradient()
        w.gradient = Tensor([7, 8])
        let check = gradientCheck(["w": w]) { (tanh(w) * other).sum() }
        #expect(check.passes)
        #expect(check.count == 2)
        #expect(w.scalars == [0.5, -0.3])
        #expect(w.gradient?.scalars == [7, 8])
        #expect(other.gradient == nil)
        #expect((w * 2).scalars == [1, -0.6])
    }

    @Test("names the worst entry of a wrong derivative") func finds() throws {
        let w = Tensor([[0.5, -0.3], [0.25, 2]]).requiringGradient()
        // The second factor is cut off the tape, so the derivative is half of what it should be.
        let check = gradientCheck(["w": w]) { (w * w.detached()).sum() }
        let worst = try #require(check.worst)
        #expect(!check.passes)
        #expect(check.failureCount == 4)
        #expect(worst.parameter == "w")
        #expect(worst.index == [1, 1])
        #expect(worst.computed == 2)
        #expect(abs(worst.measured - 4) < 1e-9)
        #expect(
            "\(check)"
                == "gradientCheck: 4 of 4 derivatives differ (tolerance 1.0000e-06). The worst is w[1, 1]: "
                + "computed 2.0000e+00, measured 4.0000e+00, error 1.0000e+00."
        )
    }

    @Test("has digits that single precision has not") func precision() throws {
        let w = Tensor([0.5]).requiringGradient()
        let check = gradientCheck(["w": w]) { exp(w).sum() }
        #expect(try #require(check.worst).error < 1e-9)
    }
}
