internal import KernelInterface

/// The kernels as this target's instructions carry them out.
///
/// `KernelsAVX2` and `KernelsAVX512` are the same folder, compiled once more each. In WebAssembly, where nothing can be
/// chosen at run time, there are three builds of it for the linker to choose from: with relaxed SIMD, with SIMD, without.
/// So no other module may hold a copy of a function from here, which `@export(interface)` sees to.
package enum Implementation: KernelSet {}
