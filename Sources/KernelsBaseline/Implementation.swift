internal import KernelInterface

/// The kernels as this target's instructions carry them out.
///
/// `KernelsAVX2` and `KernelsAVX512` are the same folder, compiled once more each.
package enum Implementation: KernelSet {}
