@_exported public import KernelInterface
#if hasFeature(Embedded)
    @_exported public import KernelsBaseline
#else
    internal import KernelsBaseline
#endif
#if arch(x86_64)
    internal import KernelsAVX2
    internal import KernelsAVX512
#endif

#if hasFeature(Embedded)
    let chosenKernels = KernelsBaseline.Implementation.self
#elseif arch(x86_64)
    /// The build of the kernels for the instruction set in use.
    let chosenKernels: any KernelSet.Type =
        switch InstructionSet.current {
        case .avx512: KernelsAVX512.Implementation.self
        case .avx2: KernelsAVX2.Implementation.self
        case .baseline: KernelsBaseline.Implementation.self
        }
#else
    let chosenKernels: any KernelSet.Type = KernelsBaseline.Implementation.self
#endif
