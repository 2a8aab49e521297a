#if canImport(Glibc)
    @preconcurrency internal import Glibc
#elseif canImport(Musl)
    @preconcurrency internal import Musl
#else
    internal import Darwin
#endif

/// A place for prints while they must not reach standard output: they are kept, or dropped.
///
/// Stands in place of C's `stdout`, which every `print` asks for. Musl's cannot be replaced; there prints go on as before.
final class PrintSink: @unchecked Sendable {
    #if canImport(Glibc) || canImport(Darwin)
        private let former = stdout
        private let keeps: Bool
        private let text = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: 1)
        private let length = UnsafeMutablePointer<Int>.allocate(capacity: 1)

        /// Begins to take what is printed.
        ///
        /// - Parameter keeps: Whether it is kept.
        init(keeps: Bool) {
            self.keeps = keeps
            text.initialize(to: nil)
            length.initialize(to: 0)
            open()
        }

        /// Returns what was printed since the last time.
        func take() -> [UInt8] {
            guard keeps else { return [] }
            fflush(stdout)
            guard length.pointee > 0 else { return [] }
            let printed = finish()
            open()
            return printed
        }

        /// Ends, so that prints go where they went before.
        func close() {
            _ = finish()
            stdout = former
            text.deallocate()
            length.deallocate()
        }

        private func open() {
            if let stream = keeps ? open_memstream(text, length) : fopen("/dev/null", "w") { stdout = stream }
        }

        /// Closes the stream, and returns what it has.
        private func finish() -> [UInt8] {
            guard stdout != former else { return [] }
            fclose(stdout)
            stdout = former
            guard let bytes = text.pointee else { return [] }
            defer {
                free(bytes)
                text.pointee = nil
            }
            return bytes.withMemoryRebound(to: UInt8.self, capacity: length.pointee) {
                Array(UnsafeBufferPointer(start: $0, count: length.pointee))
            }
        }
    #else
        /// Begins to take what is printed.
        init(keeps: Bool) {}

        /// Returns nothing.
        func take() -> [UInt8] { [] }

        /// Ends.
        func close() {}
    #endif
}
