/// The names by which a browser may ask a preview for its pages.
///
/// A page of another site could give its own name the address of this machine, and then read what is served here as if
/// it were its own; but it cannot make the browser ask in another name.
struct ServedHosts: Sendable {
    private let port: Int
    private let names: Set<String>
    private let takesAddresses: Bool

    /// Takes the address that a server listens on.
    init(address: String, port: Int) {
        self.port = port
        let address = address.lowercased()
        takesAddresses = !ServedHosts.isLoopback(address)
        names = ["127.0.0.1", "localhost", "[::1]", address.contains(":") ? "[\(address)]" : address]
    }

    /// Whether only this machine reaches an address.
    static func isLoopback(_ address: String) -> Bool {
        address == "localhost" || address == "::1" || address.hasPrefix("127.") && isIPv4(address)
    }

    /// Whether a request with this `Host` header is meant for this server.
    func contains(_ host: String) -> Bool {
        var name = host.lowercased()
        if name.hasSuffix(":\(port)") {
            name.removeLast("\(port)".count + 1)
        } else if port != 80 {
            return false
        }
        // The machine has more addresses than the one that means all of them. None of them is a name of another site.
        return names.contains(name) || takesAddresses && ServedHosts.isAddress(name)
    }

    private static func isAddress(_ name: String) -> Bool {
        isIPv4(name)
            || name.hasPrefix("[") && name.hasSuffix("]")
                && name.dropFirst().dropLast().allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
    }

    private static func isIPv4(_ name: String) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }
}
