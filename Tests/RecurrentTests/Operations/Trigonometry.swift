internal import Foundation
import Recurrent
import Testing

@Suite("Trigonometry") struct TrigonometryTests {
    @Test("sine and cosine of a tensor are those of Foundation, rounded once")
    func values() {
        let angles = (-500...500).map { Float($0) * 0.0371 }
        let x = Tensor(angles)
        #expect(Recurrent.sin(x).scalars == angles.map { Float(Foundation.sin(Double($0))) })
        #expect(Recurrent.cos(x).scalars == angles.map { Float(Foundation.cos(Double($0))) })
    }

    @Test("derivatives are cosine and minus sine")
    func gradients() {
        let x = Tensor([0.3, -2, 5]).requiringGradient()
        Recurrent.sin(x).sum().backward()
        #expect(x.gradient!.scalars == Recurrent.cos(x).scalars)
        x.zeroGradient()
        Recurrent.cos(x).sum().backward()
        #expect(x.gradient!.scalars == Recurrent.sin(x).scalars.map { -$0 })
    }
}
