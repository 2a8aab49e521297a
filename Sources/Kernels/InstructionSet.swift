#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

#if arch(x86_64)
    /// The x86-64 version that processor and system offer. From the target `CProcessor`, which is not
    /// imported: a lesson's program would have to find its module map.
    @_extern(c, "unroll_x86_64_version")
    private func x86Version() -> CInt
#endif

/// The instructions that the kernels use. All give the same bits; they differ in speed.
///
/// The best that the processor offers is taken. The environment variable `UNROLL_KERNELS`
/// (`avx512`, `avx2` or `baseline`) asks for a lesser one.
package enum InstructionSet: String {
    /// The instructions that every processor of its kind has: NEON on arm64, elsewhere no fused multiply-add.
    case baseline
    /// x86-64 version 3: 8 lanes.
    case avx2
    /// x86-64 version 4: 16 lanes.
    case avx512

    /// The one in use.
    package static let current: InstructionSet = {
        guard let requested else { return offered }
        return requested.rank < offered.rank ? requested : offered
    }()

    private var rank: Int {
        switch self {
        case .baseline: 0
        case .avx2: 1
        case .avx512: 2
        }
    }

    private static var offered: InstructionSet {
        #if arch(x86_64)
            switch x86Version() {
            case 4: .avx512
            case 3: .avx2
            default: .baseline
            }
        #else
            .baseline
        #endif
    }

    private static var requested: InstructionSet? {
        #if hasFeature(Embedded) || !(canImport(Glibc) || canImport(Musl) || canImport(Darwin))
            nil
        #else
            guard let value = getenv("UNROLL_KERNELS") else { return nil }
            let name = String(cString: value)
            guard let asked = InstructionSet(rawValue: name) else {
                fatalError("UNROLL_KERNELS is '\(name)'; it can be avx512, avx2 or baseline")
            }
            return asked
        #endif
    }
}
