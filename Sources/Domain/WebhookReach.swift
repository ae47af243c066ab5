/// Where webhooks may go. Who asks for one chooses the place, and it is the platform that goes there, from where it stands: behind its own walls.
package struct WebhookReach: Sendable, Equatable {
    /// What may be reached although it is private, by webhooks that the platform asked for: the hoster's own programs.
    package var privateNetworks: [Network]
    /// What VPSes have: from within, a tenant's would be reached past whatever keeps strangers from it.
    package var pools: [Network]

    package init(privateNetworks: [Network] = [], pools: [Network] = []) {
        self.privateNetworks = privateNetworks
        self.pools = pools
    }

    /// Of webhooks that tenants asked for.
    package var ofTenants: WebhookReach { WebhookReach(pools: pools) }

    /// `address`: as inet_ntop(3) writes it. What is not understood is not reached. Without TLS only what is private may be. A VPS is reached only where a private network is named that holds no more than its pool. `isOwn`: it is this
    /// host's, where from within more can be reached than from outside.
    package func admits(_ address: String, isSecure: Bool, isOwn: Bool = false) -> Bool {
        let isNamed = privateNetworks.contains { network in network.contains(address) && !pools.contains { $0 != network && $0.contains(address) && network.contains($0) } }
        if isNamed { return true }
        return isSecure && !isOwn && isPublic(address) && !pools.contains { $0.contains(address) }
    }

    /// An IPv4 address in an IPv6 one (::ffff:192.0.2.1) is none of the Internet's: nobody has to be asked for in that form.
    private func isPublic(_ address: String) -> Bool { IPv4Address(address).map(\.isPublic) ?? IPv6Address(address).map(\.isPublic) ?? false }
}
