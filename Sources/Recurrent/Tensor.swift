/// A rectangular block of Float32 numbers of any rank, row-major.
public struct Tensor {
}
