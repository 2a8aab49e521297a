/// What every build of the kernels offers. Front functions of the module `Kernels` tell what each
/// does; here only the shape of the call stands.
package protocol KernelSet: SendableMetatype {
    static func exp(
        _ source: UnsafePointer<Float>,
        into destination: UnsafeMutablePointer<Float>,
        count: Int
    )
    static func log(
        _ source: UnsafePointer<Float>,
        into destination: UnsafeMutablePointer<Float>,
        count: Int
    )
    static func tanh(
        _ source: UnsafePointer<Float>,
        into destination: UnsafeMutablePointer<Float>,
        count: Int
    )
    static func sigmoid(
        _ source: UnsafePointer<Float>,
        into destination: UnsafeMutablePointer<Float>,
        count: Int
    )
    static func sin(
        _ source: UnsafePointer<Float>,
        into destination: UnsafeMutablePointer<Float>,
        count: Int
    )
    static func cos(
        _ source: UnsafePointer<Float>,
        into destination: UnsafeMutablePointer<Float>,
        count: Int
    )

    static func multiply(
        _ a: Matrix,
        _ b: Matrix,
        into c: UnsafeMutablePointer<Float>,
        rowStride: Int,
        accumulating: Bool
    )
    static func addColumnSums(of matrix: Matrix, to sums: UnsafeMutablePointer<Float>)
}
