/// The surroundings of a lesson's process, which it must not show: a lesson that says the same in both surroundings
/// depends on neither.
public enum Surroundings: Sendable, Hashable {
    /// The surroundings of every build.
    case usual
    /// Another time zone, language, order of hashing, number of threads and set of instructions.
    case unusual

    var environment: [String: String] {
        switch self {
        case .usual:
            ["SWIFT_DETERMINISTIC_HASHING": "1", "LANG": "C.UTF-8", "TZ": "UTC"]
        case .unusual:
            [
                "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu",
                "UNROLL_THREADS": "3", "UNROLL_KERNELS": "avx2",
            ]
        }
    }
}
