extension Tensor {
    /// The tensor with its first two axes exchanged: time and batch, or layers and batch.
    func swappingFirstAxes() -> Tensor {
        // Where one of the two has a single entry, the numbers lie as they should.
        let swapped = [shape[1], shape[0]] + shape.dropFirst(2)
        if shape[0] == 1 || shape[1] == 1 { return reshaped(swapped) }
        var view = StridedView(of: shape)
        view.shape.swapAt(0, 1)
        view.strides.swapAt(0, 1)
        return read(view, name: "transposed")
    }
}
