import Recurrent
import Testing

@Suite("Comparisons") struct ComparisonTests {
    let a = Tensor([1, 2, 3])
    let b = Tensor([3, 2, 1])

    @Test("give 1 and 0") func values() {
        #expect((a .== b).scalars == [0, 1, 0])
        #expect((a .!= b).scalars == [1, 0, 1])
        #expect((a .< b).scalars == [1, 0, 0])
        #expect((a .<= b).scalars == [1, 1, 0])
        #expect((a .> b).scalars == [0, 0, 1])
        #expect((a .>= b).scalars == [0, 1, 1])
        #expect((a .> 1.5).scalars == [0, 1, 1])
        #expect((a .== 2).scalars == [0, 1, 0])
        #expect((Tensor([.nan]) .== Tensor([.nan])).scalars == [0])
        #expect((a .< Tensor([[2], [3]])).scalars == [1, 0, 0, 1, 1, 0])
        #expect((IntTensor([1, 5]) .== IntTensor([1, 4])).mean().item == 0.5)
        #expect((IntTensor([1, 5]) .!= IntTensor([1, 4])).scalars == [0, 1])
    }

    @Test("of whole numbers are exact, however large they are") func wholeNumbers() {
        // Neighbors that a Float, or even a Double, takes for equal.
        for base in [0, 1 << 24, 1 << 53, Int.max - 2, Int.min + 1, -(1 << 24)] {
            let (a, b) = (IntTensor([base, base, base + 1]), IntTensor([base + 1, base, base]))
            #expect((a .== b).scalars == [0, 1, 0], "\(base)")
            #expect((a .!= b).scalars == [1, 0, 1], "\(base)")
            #expect((a .< b).scalars == [1, 0, 0], "\(base)")
            #expect((a .<= b).scalars == [1, 1, 0], "\(base)")
            #expect((a .> b).scalars == [0, 0, 1], "\(base)")
            #expect((a .>= b).scalars == [0, 1, 1], "\(base)")
            #expect((a .== base).scalars == [1, 1, 0], "\(base)")
            #expect((a .!= base).scalars == [0, 0, 1], "\(base)")
            #expect((a .< base + 1).scalars == [1, 1, 0], "\(base)")
            #expect((a .<= base).scalars == [1, 1, 0], "\(base)")
            #expect((a .> base).scalars == [0, 0, 1], "\(base)")
            #expect((a .>= base + 1).scalars == [0, 0, 1], "\(base)")
        }
        let column = IntTensor([[16_777_216], [16_777_217]])
        #expect((column .== IntTensor([16_777_217, 16_777_216])).scalars == [0, 1, 1, 0])
        #expect((IntTensor([]) .== IntTensor([])).shape == [0])
        #expect((IntTensor.zeros([0, 3]) .< IntTensor([1, 2, 3])).shape == [0, 3])
    }

    @Test("find what argmax found among 2²⁴ numbers and more") func largePlaces() {
        var numbers = [Float](repeating: 0, count: (1 << 24) + 3)
        numbers[(1 << 24) + 1] = 1
        let place = IntTensor(Tensor(numbers).argmax())
        #expect((place .== (1 << 24) + 1).item == 1 && (place .== 1 << 24).item == 0)
    }

    @Test("are constants to the tape") func constants() {
        let w = Tensor([1, -1]).requiringGradient()
        #expect(!(w .> 0).requiresGradient)
    }
}

@Suite("Choices") struct ChoiceTests {
    @Test("take one number or another") func values() {
        let (a, b) = (Tensor([1, 5, 3]), Tensor([2, 4, 3]))
        #expect(minimum(a, b).scalars == [1, 4, 3])
        #expect(maximum(a, b).scalars == [2, 5, 3])
        #expect(maximum(Tensor([.nan, 1]), Tensor([1, .nan])).scalars.allSatisfy { $0.isNaN })
        #expect(a.clamped(to: 2...4).scalars == [2, 4, 3])
        #expect(a.clamped(to: 2...).scalars == [2, 5, 3])
        #expect(a.clamped(to: ...4).scalars == [1, 4, 3])
        #expect(a.replacing(with: b, where: Tensor([1, 0, 0])).scalars == [2, 5, 3])
        #expect(a.replacing(with: -1, where: a .> 2).scalars == [1, -1, -1])
        #expect(Tensor([.infinity, 1]).replacing(with: 0, where: Tensor([1, 0])).scalars == [0, 1])
        #expect(Tensor(7).replacing(with: a, where: Tensor([[1], [0]])).scalars == [1, 5, 3, 7, 7, 7])
    }

    @Test("share the gradient of equals") func ties() {
        let (a, b) = (Tensor([1, 3]).requiringGradient(), Tensor([1, 2]).requiringGradient())
        maximum(a, b).sum().backward()
        #expect(a.gradient?.scalars == [0.5, 1])
        #expect(b.gradient?.scalars == [0.5, 0])
    }

    @Test("have the right derivatives") func derivatives() {
        checkDerivatives(scatteredParameters([3, 4], [4])) { minimum($0[0], $0[1]) }
        checkDerivatives(scatteredParameters([3, 4], [3, 1])) { maximum($0[0], $0[1]) }
        checkDerivatives(scatteredParameters([3, 4])) { $0[0].clamped(to: -0.5...0.5) }
        let mask = Tensor([1, 0, 0, 1])
        checkDerivatives(scatteredParameters([3, 4], [3, 1])) { $0[0].replacing(with: $0[1], where: mask) }
    }
}
