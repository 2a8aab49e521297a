internal import LibC
internal import Records
internal import Serialization

#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif

/// A lesson's standard input: the token of its stream, which the program takes away before the first cell, and for a
/// program of live cells the call that it is to make; then one line ending and nothing more, laid out so that reading it is
/// noticed.
final class StandardInput: Sendable {
    /// The end from which the lesson reads.
    let end: FileDescriptor

    init(token: String, call: LiveCall? = nil) throws {
        let (readEnd, writeEnd) = try FileDescriptor.pipe()
        end = readEnd
        _ = try writeEnd.writeAll(Array("\(token)\n\(call.map { "\($0.json.compact)\n" } ?? "")\n".utf8))
        try writeEnd.close()
    }

    deinit {
        try? end.close()
    }

    /// Whether the lesson took what was there to be read.
    var wasRead: Bool {
        var query = pollfd(fd: end.rawValue, events: Int16(POLLIN), revents: 0)
        return poll(&query, 1, 0) >= 0 && query.revents & Int16(POLLIN) == 0
    }
}
