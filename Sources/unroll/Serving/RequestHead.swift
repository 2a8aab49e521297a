internal import Foundation
internal import Course

/// A request for a page, as far as its line and headers say it (RFC 9112).
struct RequestHead {
    /// What is asked for.
    var page: Preview.Request
    /// Whether another request may follow on the same connection. After one with a body none does: nobody reads it.
    var isFollowed: Bool
    /// What is wrong with its body, if a page is to be had for it at all.
    var refusal: RequestRefusal?
}

extension RequestHead {
    /// Understands the lines of a request.
    init(_ lines: [ArraySlice<UInt8>]) throws(RequestRefusal) {
        let (method, address, isOld) = try RequestHead.line(lines[0])
        let fields = try RequestHead.fields(lines.dropFirst())
        func values(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }
        let hosts = values("host")
        guard hosts.count == 1 || hosts.isEmpty && isOld else { throw .malformed("it needs one Host") }
        let (target, host) = RequestHead.place(address, host: hosts.first)
        page = Preview.Request(method: method, target: target, host: host)

        let lengths = values("content-length")
        let codings = values("transfer-encoding")
        guard lengths.count <= 1, codings.isEmpty || lengths.isEmpty && !isOld,
            lengths.allSatisfy({ $0[...].isNumber })
        else { throw .malformed("its body has no one length") }
        let length = lengths.first.map { Int($0) ?? .max } ?? 0
        guard codings.allSatisfy({ $0.lowercased() == "chunked" }) else { throw .coding }
        refusal = length > RequestReader.longestBody || !codings.isEmpty ? .longBody : nil
        let options = values("connection").flatMap { $0.lowercased().split(separator: ",") }
        let isClosing = options.contains { $0.trimmingCharacters(in: .whitespaces) == "close" }
        isFollowed = !isOld && !isClosing && length == 0 && codings.isEmpty
    }

    /// What the first line asks for, and whether by HTTP/1.0.
    static func line(
        _ line: ArraySlice<UInt8>
    ) throws(RequestRefusal) -> (method: String, address: String, isOld: Bool) {
        let parts = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].isToken, !parts[1].isEmpty,
            parts[1].allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { throw .malformed("its first line is not a method, an address and a version") }
        let version = parts[2].text
        let numbers = version.split(separator: ".", omittingEmptySubsequences: false)
        guard version.hasPrefix("HTTP/"), version.utf8.count == 8, numbers.count == 2,
            numbers[0].dropFirst(5).isNumber, numbers[1].isNumber
        else { throw .malformed("its version is none of HTTP") }
        guard version.hasPrefix("HTTP/1") else { throw .foreignVersion }
        return (parts[0].text, parts[1].text, version == "HTTP/1.0")
    }

    /// The headers, their names in lower case.
    private static func fields(
        _ lines: some Sequence<ArraySlice<UInt8>>
    ) throws(RequestRefusal) -> [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        for line in lines {
            // A line that begins with a blank would go on with the one before, which is long forbidden; so is a bare
            // return, which some take for the end of a line.
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), line[..<colon].isToken,
                line[colon...].allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == UInt8(ascii: "\t") })
            else { throw .malformed("one of its headers is not a name, a colon and a value") }
            let value = line[(colon + 1)...].text.trimmingCharacters(in: CharacterSet(charactersIn: " \t"))
            fields.append((line[..<colon].text.lowercased(), value))
        }
        return fields
    }

    /// The path that is asked for, and of whom: an address with a scheme says it itself.
    private static func place(_ target: String, host: String?) -> (target: String, host: String?) {
        let scheme = "http://"
        guard target.lowercased().hasPrefix(scheme) else { return (target, host) }
        let rest = target.dropFirst(scheme.count)
        let path = rest.drop { $0 != "/" && $0 != "?" }
        return (path.hasPrefix("/") ? String(path) : "/\(path)", String(rest[..<path.startIndex]))
    }
}

extension Substring {
    /// Whether this is digits and nothing else.
    fileprivate var isNumber: Bool { !isEmpty && utf8.allSatisfy { 0x30 <= $0 && $0 <= 0x39 } }
}

extension ArraySlice<UInt8> {
    fileprivate var text: String { String(decoding: self, as: UTF8.self) }

    /// Whether this is a name as HTTP has them.
    var isToken: Bool {
        !isEmpty
            && allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }
}
