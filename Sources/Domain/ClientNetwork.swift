/// What of a caller's address is one caller's.
package enum ClientNetwork {
    /// An IPv4 address, or the /64 that an IPv6 address is of: who has one address of it has all. Empty: unknown.
    package static func of(_ address: String?) -> String {
        guard let address else { return "" }
        return IPv6Address(address).map { String($0.high, radix: 16) } ?? address
    }
}
