import CProcessor
import KernelInterface
import KernelsBaseline
import Testing

#if arch(x86_64)
    import KernelsAVX2
    import KernelsAVX512
#endif

/// A build of the kernels that this machine can run.
struct Build: CustomTestStringConvertible {
    let name: String
    let kernels: any KernelSet.Type

    var testDescription: String { name }

    /// From the plainest to the fastest.
    static let all: [Build] = {
        var builds = [Build(name: "baseline", kernels: KernelsBaseline.Implementation.self)]
        #if arch(x86_64)
            let version = unroll_x86_64_version()
            if version >= 3 {
                builds.append(Build(name: "avx2", kernels: KernelsAVX2.Implementation.self))
            }
            if version >= 4 {
                builds.append(Build(name: "avx512", kernels: KernelsAVX512.Implementation.self))
            }
        #endif
        return builds
    }()
}
