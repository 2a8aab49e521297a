internal import Kernels

/// The number of threads that large operations share their work among, as `torch.set_num_threads` sets it: at first 1,
/// or what the environment variable `UNROLL_THREADS` says.
///
///     threadCount = 4
///
/// No result depends on it, not in a bit. Several threads may compute at once, each with tensors of its own: all are
/// helped by these.
public var threadCount: Int {
    get { Kernels.threadCount }
    set {
        require(1...256 ~= newValue, "threadCount: \(newValue) threads; there can be 1 to 256.")
        Kernels.threadCount = newValue
    }
}
