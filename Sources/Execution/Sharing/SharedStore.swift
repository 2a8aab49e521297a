/// A place in which machines share blobs, by paths such as `cas/` and a digest.
protocol SharedStore: Sendable {
    /// The path or address, as an author gave it.
    var place: String { get }

    /// Returns a blob; `nil` if there is none.
    ///
    /// - Parameters:
    ///   - path: The path of the blob.
    ///   - limit: The most bytes that it may have.
    func read(_ path: String, limit: Int) async throws(SharedStoreFailure) -> [UInt8]?

    /// Writes a blob, in the place of another one with this path.
    func write(_ bytes: [UInt8], to path: String) async throws(SharedStoreFailure)
}

/// The reason why a shared store did not do what it was asked for.
struct SharedStoreFailure: Error, Sendable, Equatable {
    /// The reason, as a part of a sentence.
    var reason: String

    /// Gives a reason.
    init(_ reason: String) {
        self.reason = reason
    }

    /// What is there has more bytes than it may.
    static func large(_ limit: Int) -> SharedStoreFailure {
        SharedStoreFailure("what it holds is larger than \(limit >> 20) MiB")
    }

    /// There was no answer in time.
    static let late = SharedStoreFailure("it does not answer in time")
}
