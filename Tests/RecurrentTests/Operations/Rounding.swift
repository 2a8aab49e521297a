import Recurrent
import Testing

@Suite("Rounding, signs and logarithms to the base 10") struct RoundingTests {
    private let odd = Tensor([.nan, .infinity, -.infinity, -0.0, 2])

    @Test("round halves to the even number") func rounding() {
        #expect(round(Tensor([0.5, 1.5, 2.5, -0.5, -1.5, 1.4])).scalars == [0, 2, 2, 0, -2, 1])
        #expect(round(Tensor([-0.5])).item.sign == .minus)
        #expect(sign(odd).scalars == [0, 1, -1, 0, 1])
    }

    @Test("have slopes of 0") func slopes() {
        let w = Tensor([0.4, -1.7]).requiringGradient()
        (round(w) + sign(w)).sum().backward()
        #expect(w.gradient?.scalars == [0, 0])
    }

    @Test("mark what is no number") func masks() {
        #expect(odd.isNaN.scalars == [1, 0, 0, 0, 0])
        #expect(odd.isFinite.scalars == [0, 0, 0, 1, 1])
        #expect(!odd.requiringGradient().isNaN.requiresGradient)
        #expect(!odd.requiringGradient().isFinite.requiresGradient)
    }

    @Test("find the powers of ten") func powersOfTen() {
        var power = 1.0
        for exponent in 0...22 {
            #expect(log10(power) == Double(exponent))
            #expect(log10(Float(power)) == Float(exponent))
            power *= 10
        }
        #expect(log10(Tensor([1000, 0, -1])).scalars[0] == 3)
        #expect(log10(Tensor([1000, 0, -1])).scalars[1] == -.infinity)
        #expect(log10(Tensor([1000, 0, -1])).scalars[2].isNaN)
        #expect(log10(Double.leastNonzeroMagnitude) == -323.3062153431158)
    }
}
