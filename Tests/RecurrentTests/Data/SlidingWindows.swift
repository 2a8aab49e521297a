import Recurrent
import Testing

@Suite struct SlidingWindowsTests {
    @Test func `windows slide over a series`() {
        let (inputs, targets) = slidingWindows(over: [10, 20, 30, 40, 50], length: 3)
        #expect(inputs.shape == [2, 3, 1] && targets.shape == [2, 1])
        #expect(inputs.scalars == [10, 20, 30, 20, 30, 40] && targets.scalars == [40, 50])
        let pairs = Tensor([[1, 2], [3, 4], [5, 6], [7, 8]])
        let (x, y) = slidingWindows(over: pairs, length: 1, horizon: 2, stride: 1)
        #expect(x.shape == [2, 1, 2] && y.shape == [2, 2, 2])
        #expect(y.scalars == [3, 4, 5, 6, 5, 6, 7, 8])
    }
}
