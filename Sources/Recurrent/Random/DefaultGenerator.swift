#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

extension Generator {
    /// The generator that is used where none is given.
    ///
    /// Each thread has its own, so that no thread can disturb another's stream. A thread that begins to draw seeds its
    /// own with `manualSeed(_:)`, or takes a generator made for it; a task, which may go on in another thread after
    /// each `await`, takes the latter.
    public static var `default`: Generator {
        #if canImport(Glibc) || canImport(Musl) || canImport(Darwin)
            if let known = pthread_getspecific(place) {
                return Unmanaged<Generator>.fromOpaque(known).takeUnretainedValue()
            }
            let generator = Generator()
            pthread_setspecific(place, Unmanaged.passRetained(generator).toOpaque())
            return generator
        #else
            return only
        #endif
    }

    #if canImport(Glibc) || canImport(Musl) || canImport(Darwin)
        /// The key under which a thread keeps its generator, released when the thread ends.
        private static let place: pthread_key_t = {
            var key = pthread_key_t()
            pthread_key_create(&key) { held in
                #if canImport(Darwin)
                    Unmanaged<Generator>.fromOpaque(held).release()
                #else
                    if let held { Unmanaged<Generator>.fromOpaque(held).release() }
                #endif
            }
            return key
        }()
    #else
        /// The one generator where there are no threads.
        nonisolated(unsafe) private static let only = Generator()
    #endif
}
