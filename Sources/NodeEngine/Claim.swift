internal import Netlinking
internal import NodeModel

/// What one VPS has for itself alone: its range of ids, its addresses.
enum Claim: Hashable, Sendable, CustomStringConvertible {
    case ids(from: UInt32)
    case ipv4(IPv4Prefix)
    case ipv6(IPv6Prefix)

    var description: String {
        switch self {
        case .ids(let first): "the ids from \(first)"
        case .ipv4(let prefix): "\(prefix)"
        case .ipv6(let prefix): "\(prefix)"
        }
    }

    /// Those of a specification, when this node may give them: the control plane cannot take what the settings do not say
    /// is the platform's. `isKept`: the VPS has them already, and keeps them when its pool leaves the settings.
    static func all(of specification: VPSSpecification, on layout: Layout, isKept: Bool) throws(NodeProblem) -> Set<Claim> {
        var claims: Set = [try ids(specification, on: layout)]
        for address in specification.addresses {
            guard let claim = Claim(address) else { throw NodeProblem(.invalid, "VPS \(specification.id): \(address.address)/\(address.prefixLength) is neither an IPv4 address nor one in an IPv6 /64") }
            guard isKept || claim.isWithin(layout) else {
                throw NodeProblem(.invalid, "VPS \(specification.id): \(address.address) is in none of this node's pools; see addresses.ipv4 and addresses.ipv6 in its settings")
            }
            claims.insert(claim)
        }
        return claims
    }

    /// Slot 0 is the wardens', and the host's own ids are below it. The last id of all means "none" (chown(2)).
    private static func ids(_ specification: VPSSpecification, on layout: Layout) throws(NodeProblem) -> Claim {
        let first = specification.idBase
        guard first > layout.idBase, (first - layout.idBase).isMultiple(of: Layout.idsOfOne), first < UInt32.max - Layout.idsOfOne else {
            throw NodeProblem(.invalid, "VPS \(specification.id): ids from \(first) are not a slot above node.idBase, \(layout.idBase)")
        }
        return .ids(from: first)
    }

    private init?(_ address: VPSSpecification.Address) {
        switch address.family {
        case .ipv4:
            guard address.prefixLength == 32, let prefix = IPv4Prefix("\(address.address)/32") else { return nil }
            self = .ipv4(prefix)
        case .ipv6:
            guard address.prefixLength == 64, let whole = IPv6Address(address.address), let network = IPv6Address(networkBytes: whole.bytes.prefix(8) + [UInt8](repeating: 0, count: 8)),
                let prefix = IPv6Prefix("\(network)/64")
            else { return nil }
            self = .ipv6(prefix)
        }
    }

    private func isWithin(_ layout: Layout) -> Bool {
        switch self {
        case .ids: true
        case .ipv4(let prefix): layout.ipv4Pools.compactMap { IPv4Prefix($0) }.contains { $0.contains(prefix) }
        case .ipv6(let prefix): layout.ipv6Pools.compactMap { IPv6Prefix($0) }.contains { $0.contains(prefix) }
        }
    }
}
