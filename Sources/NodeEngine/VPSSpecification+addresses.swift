internal import Netlinking
internal import NodeModel

extension VPSSpecification {
    func guestAddresses() throws(NodeProblem) -> GuestAddresses {
        var result = GuestAddresses()
        for address in addresses {
            switch (address.family, address.prefixLength, IPv4Address(address.address), IPv6Address(address.address)) {
            case (.ipv4, 32, let found?, _): result.ipv4.append(found)
            case (.ipv6, 64, _, let found?): result.ipv6.append(found)
            default: throw NodeProblem(.invalid, "VPS \(id): \(address.address)/\(address.prefixLength) is neither an IPv4 address nor one in an IPv6 /64")
            }
        }
        return result
    }
}
