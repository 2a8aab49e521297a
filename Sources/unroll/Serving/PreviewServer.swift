package import Course
internal import FlyingSocks
internal import Foundation
package import Lessons

/// Answers browsers with what a preview has for them.
package struct PreviewServer: Sendable {
    /// Where the pages are found.
    package let address: String
    /// What is shown.
    package let preview: Preview
    private let loop: ConnectionLoop

    /// How many ports are tried for one that is free.
    private static let tried = 100

    /// Makes a server that browsers can reach; it answers once it has begun.
    ///
    /// - Parameters:
    ///   - folder: The site's folder.
    ///   - host: The address to listen on.
    ///   - port: The port, or 0 for one that is free.
    ///   - patience: How long a request may take to come in, and each piece of an answer to go out.
    /// - Throws: `Diagnostic` of kind `setup`, for an address or a port that cannot be had.
    package init(
        of folder: String,
        host: String,
        port: UInt16,
        patience: Duration = .seconds(15)
    ) throws(Diagnostic) {
        do {
            let (socket, port) = try PreviewServer.bind(port, of: PreviewServer.socketAddress(host, port))
            try socket.listen()
            preview = Preview(of: folder, address: host, port: Int(port))
            address = "http://\(host.contains(":") ? "[\(host)]" : host):\(port)/"
            loop = ConnectionLoop(socket, preview, patience: patience)
        } catch SocketError.failed(_, EADDRINUSE, _) {
            throw PreviewServer.refusal(
                of: "\(host):\(port)",
                "another program listens there",
                hint: PreviewServer.free(after: port, of: host)
                    .map { "port \($0) is free: ./unroll serve --port \($0)" }
            )
        } catch let diagnostic as Diagnostic {
            throw diagnostic
        } catch {
            throw PreviewServer.refusal(of: "\(host):\(port)", error.localizedDescription)
        }
    }

    /// Begins to answer, on a thread of its own.
    package func begin() {
        loop.begin()
    }

    /// Ends: pages that are open hear so, and nobody is answered any longer.
    package func end() {
        preview.close()
        loop.end()
    }

    /// A free port after one that is taken.
    private static func free(after port: UInt16, of host: String) -> UInt16? {
        (1...tried).compactMap { UInt16(exactly: Int(port) + $0) }.first { other in
            guard let address = try? socketAddress(host, other), let bound = try? bind(other, of: address)
            else {
                return false
            }
            return (try? bound.socket.close()) != nil
        }
    }

    /// Takes a port.
    private static func bind(
        _ port: UInt16,
        of address: any SocketAddress
    ) throws -> (socket: Socket, port: UInt16) {
        let socket = try Socket(domain: Int32(address.family))
        do {
            try socket.setValue(true, for: .localAddressReuse)
            try socket.bind(to: address)
            switch try socket.sockname() {
            case .ip4(_, let port), .ip6(_, let port): return (socket, port)
            case .unix: return (socket, port)
            }
        } catch {
            try? socket.close()
            throw error
        }
    }

    private static func socketAddress(_ host: String, _ port: UInt16) throws(Diagnostic) -> any SocketAddress
    {
        do {
            if host.contains(":") { return try .inet6(ip6: host, port: port) as sockaddr_in6 }
            return try .inet(ip4: host == "localhost" ? "127.0.0.1" : host, port: port) as sockaddr_in
        } catch {
            throw refusal(of: host, "this is no address of a machine", hint: "such as 127.0.0.1 or 0.0.0.0")
        }
    }

    private static func refusal(of place: String, _ reason: String, hint: String? = nil) -> Diagnostic {
        let message = "pages cannot be served here: \(reason)"
        return Diagnostic(.error, .setup, at: SourceLocation(file: place), message, hint: hint)
    }
}
