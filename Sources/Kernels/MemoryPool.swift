#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Blocks of memory that have been given back, for the next that asks for as much.
///
/// A training step asks for the same blocks as the one before. The system would unmap them in between and map pages
/// anew, cleared, which for large tensors takes as long as the arithmetic.
///
/// What is kept never raises the peak: blocks in use and kept ones together are no more than were once in use
/// at the same time.
package enum MemoryPool {
    /// The least size that is worth keeping.
    package static let leastByteCount = 1 << 16

    /// Uninitialized memory, aligned to a cache line.
    package static func take(byteCount: Int) -> UnsafeMutableRawPointer {
        #if canImport(Glibc) || canImport(Darwin)
            if byteCount >= leastByteCount { return KeptBlocks.shared.take(byteCount) }
        #endif
        return .allocate(byteCount: byteCount, alignment: 64)
    }

    /// Gives back a block that `take(byteCount:)` returned.
    package static func give(_ block: UnsafeMutableRawPointer, byteCount: Int) {
        #if canImport(Glibc) || canImport(Darwin)
            if byteCount >= leastByteCount { return KeptBlocks.shared.give(block, byteCount) }
        #endif
        block.deallocate()
    }
}

#if canImport(Glibc) || canImport(Darwin)
    private final class KeptBlocks: @unchecked Sendable {
        static let shared = KeptBlocks()

        private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        // Guarded by the lock.
        private var blocks: [(start: UnsafeMutableRawPointer, byteCount: Int)] = []
        private var keptByteCount = 0
        private var usedByteCount = 0
        private var largestUsedByteCount = 0

        private init() { pthread_mutex_init(lock, nil) }

        func take(_ byteCount: Int) -> UnsafeMutableRawPointer {
            pthread_mutex_lock(lock)
            defer { pthread_mutex_unlock(lock) }
            usedByteCount += byteCount
            largestUsedByteCount = max(largestUsedByteCount, usedByteCount)
            if let index = blocks.lastIndex(where: { $0.byteCount == byteCount }) {
                keptByteCount -= byteCount
                return blocks.remove(at: index).start
            }
            dropOldest()
            return reserve(byteCount)
        }

        /// New memory from the system, or a word about there being none.
        private func reserve(_ byteCount: Int) -> UnsafeMutableRawPointer {
            var block: UnsafeMutableRawPointer?
            guard posix_memalign(&block, 64, byteCount) == 0, let block else {
                fatalError("a tensor of \(byteCount) bytes does not fit into memory.", file: (#fileID))
            }
            return block
        }

        func give(_ block: UnsafeMutableRawPointer, _ byteCount: Int) {
            pthread_mutex_lock(lock)
            defer { pthread_mutex_unlock(lock) }
            usedByteCount -= byteCount
            keptByteCount += byteCount
            blocks.append((block, byteCount))
        }

        /// Makes room under the peak for a block that has just been counted as used.
        private func dropOldest() {
            while usedByteCount + keptByteCount > largestUsedByteCount, let block = blocks.first {
                keptByteCount -= block.byteCount
                free(block.start)
                blocks.removeFirst()
            }
        }
    }
#endif
