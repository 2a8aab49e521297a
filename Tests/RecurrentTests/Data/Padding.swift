import Recurrent
import Testing

@Suite struct PaddingTests {
    @Test func `ragged sequences are filled up`() {
        #expect(padded([[5, 2, 7], [3]]).sequences == [[5, 2, 7], [3, 0, 0]])
        let (batch, lengths) = padded(
            [Tensor([[1], [2]]), Tensor([[3]])],
            batchFirst: true,
            paddingValue: -1
        )
        #expect(batch.shape == [2, 2, 1] && batch.scalars == [1, 2, 3, -1])
        #expect(lengths == [2, 1])
    }
}
