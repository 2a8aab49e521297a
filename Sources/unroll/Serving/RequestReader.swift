internal import Foundation

/// Takes in what a browser sends, and finds the requests in it, each byte once.
struct RequestReader {
    /// The most bytes of a line, of all headers, and of a body that is taken for an oversight.
    static let (longestLine, longestHead, longestBody) = (16 << 10, 64 << 10, 64 << 10)
    /// The most headers.
    static let mostHeaders = 256

    private var bytes: [UInt8] = []
    /// The lines of the request that have come in whole, and where the next one begins.
    private var lines: [Range<Int>] = []
    private var start = 0
    /// Up to here there is no further end of a line.
    private var sought = 0

    /// Whether a request has begun.
    var hasBegun: Bool { !bytes.isEmpty }
    /// Whether there are bytes that nobody has looked at.
    var hasUnread: Bool { sought < bytes.count }

    /// Takes more bytes.
    mutating func append(_ more: [UInt8]) {
        bytes += more
    }

    /// Finds the next request.
    ///
    /// - Returns: `nil` where its end has not come in yet.
    mutating func next() throws(RequestRefusal) -> RequestHead? {
        while let end = endOfLine() {
            var line = start..<end
            if !line.isEmpty, bytes[end - 1] == UInt8(ascii: "\r") { line = start..<(end - 1) }
            try check(line.count)
            (start, sought) = (end + 1, end + 1)
            guard line.isEmpty else {
                // What is no request is told so at once: its end might never come.
                if lines.isEmpty { _ = try RequestHead.line(bytes[line]) }
                lines.append(line)
                continue
            }
            if !lines.isEmpty {
                let head = try RequestHead(lines.map { bytes[$0] })
                bytes.removeFirst(start)
                (lines, start, sought) = ([], 0, 0)
                return head
            }
            // One empty line before a request means nothing.
            guard line.lowerBound == 0 else { throw .malformed("it is empty") }
        }
        sought = bytes.count
        if lines.isEmpty, start < sought, !bytes[start...start].isToken, bytes[start] != UInt8(ascii: "\r") {
            throw .malformed("it does not begin with a method; pages are served by http, not https")
        }
        try check(sought - start - 1)  // its last byte may be the return before the line's end
        return nil
    }

    private func endOfLine() -> Int? {
        bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, sought < bytes.count,
                let end = memchr(base + sought, Int32(UInt8(ascii: "\n")), bytes.count - sought)
            else { return nil }
            return UnsafeRawPointer(end) - base
        }
    }

    private func check(_ length: Int) throws(RequestRefusal) {
        guard let first = lines.first else {
            guard length <= Self.longestLine else { throw .longLine }
            return
        }
        guard length <= Self.longestLine, start + length - first.upperBound <= Self.longestHead,
            lines.count <= Self.mostHeaders
        else { throw .longHeaders }
    }
}
