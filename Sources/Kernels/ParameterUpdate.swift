package import KernelInterface

/// Moves each number θ of a parameter by an optimizer's formula, along its gradient plus `decay` · θ, which is rounded
/// once. Where the formula shrinks θ, it is the shrunken one that decays.
package func update(
    _ parameter: UnsafeMutablePointer<Float>,
    along gradient: UnsafePointer<Float>,
    count: Int,
    decay: Float,
    by update: ParameterUpdate
) {
    kernels.update(parameter, along: gradient, count: count, decay: decay, by: update)
}
