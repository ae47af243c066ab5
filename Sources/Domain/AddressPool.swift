/// A network that addresses are leased from. Leases are numbered by slot: an IPv4 address's offset in its network, or the
/// number of a /64 within an IPv6 network.
package struct AddressPool: Hashable, Sendable {
    package enum Family: String, Sendable, CaseIterable { case ipv4, ipv6 }

    package let network: Network
    /// What may be leased. IPv4: neither the network, the broadcast nor the first host address; IPv6: not the first /64.
    package let slots: ClosedRange<Int64>
    /// Of each lease: 32, or 64.
    package let leasePrefix: Int
    package let family: Family

    package init(_ network: Network) throws(NetworkProblem) {
        self.network = network
        switch network {
        case .ipv4(_, let prefix):
            guard prefix <= 29 || prefix == 30 else { throw .tooSmall("\(network)") }
            guard prefix >= 8 else { throw .tooLarge("\(network)") }
            slots = 2...(Int64(1) << Int64(32 - prefix)) - 2
            (leasePrefix, family) = (32, .ipv4)
        case .ipv6(_, let prefix):
            guard prefix <= 63 else { throw .tooSmall("\(network)") }
            guard prefix >= 16 else { throw .tooLarge("\(network)") }
            slots = 1...(Int64(1) << Int64(64 - prefix)) - 1
            (leasePrefix, family) = (64, .ipv6)
        }
    }

    /// The guest's own address of a slot; IPv6: host part 1.
    package func address(slot: Int64) -> String {
        precondition(slots.contains(slot), "slot \(slot) is outside of \(network)")
        switch network {
        case .ipv4(let base, _): return IPv4Address(value: base.value + UInt32(slot)).description
        case .ipv6(let base, _): return IPv6Address(high: base.high + UInt64(slot), low: 1).description
        }
    }

    /// How a lease has the address, or the /64 that the address is in. Nil: it is no address.
    package static func leasedForm(of address: String) -> String? {
        if let address = IPv4Address(address) { return address.description }
        return IPv6Address(address).map { IPv6Address(high: $0.high, low: 1).description }
    }

    /// Pools as the settings name them: each of its list's family, none overlapping.
    package static func parse(ipv4: [String], ipv6: [String]) throws(NetworkProblem) -> [AddressPool] {
        var pools: [AddressPool] = []
        for (texts, family) in [(ipv4, Family.ipv4), (ipv6, Family.ipv6)] {
            for text in texts {
                let pool = try AddressPool(Network(text))
                guard pool.family == family else { throw .wrongFamily(text, expected: family.rawValue) }
                if let other = pools.first(where: { $0.network.overlaps(pool.network) }) { throw .overlap("\(other.network)", "\(pool.network)") }
                pools.append(pool)
            }
        }
        return pools
    }
}

/// The lowest number of `range` that is not taken. `taken` ascends, without repetition; what lies outside of the range does not count.
package func lowestFree(in range: ClosedRange<Int64>, taken: [Int64]) -> Int64? {
    var low = taken.firstIndex { $0 >= range.lowerBound } ?? taken.count
    let first = low
    var high = taken.count
    // Up to the first gap taken[i] == lowerBound + (i − first); behind it, more: a bisection finds it.
    while low < high {
        let middle = (low + high) / 2
        if taken[middle] == range.lowerBound + Int64(middle - first) { low = middle + 1 } else { high = middle }
    }
    let candidate = range.lowerBound + Int64(low - first)
    return range.contains(candidate) ? candidate : nil
}
