internal import Filtering
internal import Netlinking
internal import NodeModel

/// What one VPS has for itself alone: its range of ids, its addresses.
enum Claim: Hashable, Sendable, CustomStringConvertible {
    case ids(from: UInt32)
    case ipv4(IPv4Address)
    /// The first address of a /64.
    case ipv6(IPv6Address)

    var description: String {
        switch self {
        case .ids(let first): "the ids from \(first)"
        case .ipv4(let address): "\(address)"
        case .ipv6(let first): "\(first)/64"
        }
    }

    /// Those of a specification, when this node may give them: the control plane cannot take what the settings do not say
    /// is the platform's. `isKept`: the VPS has them already, and keeps them when its pool leaves the settings.
    static func all(of specification: VPSSpecification, idBase: UInt32, pools: BaseRuleset, isKept: Bool) throws(NodeProblem) -> Set<Claim> {
        let first = specification.idBase
        // Slot 0 is the wardens', and the host's own ids are below it. The last id of all means "none" (chown(2)).
        guard first > idBase, (first - idBase).isMultiple(of: VPSSpecification.idCount), first < UInt32.max - VPSSpecification.idCount else {
            throw NodeProblem(.invalid, "VPS \(specification.id): ids from \(first) are not a slot above node.idBase, \(idBase)")
        }
        let addresses = try specification.guestAddresses()
        let claims = addresses.ipv4.map(Claim.ipv4) + addresses.ipv6.map { .ipv6($0.prefix64) }
        if !isKept, let foreign = claims.first(where: { !$0.isWithin(pools) }) {
            throw NodeProblem(.invalid, "VPS \(specification.id): \(foreign) is in none of this node's pools; see addresses.ipv4 and addresses.ipv6 in its settings")
        }
        return Set(claims + [.ids(from: first)])
    }

    private func isWithin(_ pools: BaseRuleset) -> Bool {
        switch self {
        case .ids: true
        case .ipv4(let address): pools.pools4.contains { $0.contains(address) }
        case .ipv6(let first): pools.pools6.contains { $0.length <= 64 && $0.contains(first) }
        }
    }
}
