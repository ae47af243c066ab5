package import Kernel

extension NetlinkSocket {
    /// Links a guest whose network namespace is `namespace` to the host, whose socket this is. A link of that name that is
    /// there already is a leftover, and goes. The host's end goes up last: until then no packet passes.
    package func attach(_ link: GuestLink, to namespace: borrowing Descriptor) throws {
        try deleteLink(link.hostName)
        try addPair(hostName: link.hostName, hostMAC: link.hostMAC, guestName: GuestLink.guestName, guestMAC: link.guestMAC, guestNamespace: namespace)
        do {
            for setting in link.hostSettings { try HostFile.write(setting.value, to: setting.path) }
            try configureGuest(link, NetlinkSocket(in: namespace))
            try configureHost(link)
        } catch {
            try? deleteLink(link.hostName)  // the first error counts
            throw error
        }
    }

    private func configureGuest(_ link: GuestLink, _ guest: borrowing NetlinkSocket) throws(NetlinkError) {
        try guest.bringUp(try guest.index(of: "lo"))
        let eth0 = try guest.index(of: GuestLink.guestName)
        if let ipv4 = link.ipv4 { try guest.addAddress(ipv4, 32, to: eth0) }
        try guest.addAddress(GuestLink.guestLocal6, 64, to: eth0)
        if let ipv6 = link.ipv6 { try guest.addAddress(ipv6, link.ipv6PrefixLength, to: eth0) }
        try guest.bringUp(eth0)
        if link.ipv4 != nil {
            try guest.addNeighbour(GuestLink.gateway4, link.hostMAC, on: eth0)
            try guest.addRoute("0.0.0.0/0", via: GuestLink.gateway4, on: eth0)
        }
        if link.ipv6 != nil {
            try guest.addNeighbour(GuestLink.gateway6, link.hostMAC, on: eth0)
            try guest.addRoute("::/0", via: GuestLink.gateway6, on: eth0)
        }
    }

    private func configureHost(_ link: GuestLink) throws(NetlinkError) {
        let index = try index(of: link.hostName)
        try addAddress(GuestLink.gateway4, 32, to: index)
        try addAddress(GuestLink.gateway6, 64, to: index)
        try bringUp(index)
        if let ipv4 = link.ipv4 {
            try addNeighbour(ipv4, link.guestMAC, on: index)
            try addRoute("\(ipv4)/32", via: nil, on: index)
        }
        if let ipv6 = link.ipv6 {
            // The whole prefix by way of the guest's one known address: no discovery for any address in it.
            try addNeighbour(GuestLink.guestLocal6, link.guestMAC, on: index)
            try addRoute("\(ipv6)/\(link.ipv6PrefixLength)", via: GuestLink.guestLocal6, on: index)
        }
    }
}
