package import Kernel

/// Whether this host forwards at all (ip-sysctl.rst): each VPS's link does, but answers come in by the host's uplinks,
/// and IPv6 knows only one switch for all.
package struct HostForwarding: Sendable, Equatable {
    package var ipv4: Bool
    /// Nil: the kernel has no IPv6.
    package var ipv6: Bool?

    package init(ipv4: Bool, ipv6: Bool?) {
        self.ipv4 = ipv4
        self.ipv6 = ipv6
    }

    /// Of the calling thread's namespace.
    package static func observe() throws(KernelError) -> HostForwarding {
        func isOn(_ path: String) throws(KernelError) -> Bool { try HostFile.readText(path).first != "0" }
        return HostForwarding(ipv4: try isOn(path4), ipv6: HostFile.exists(path6) ? try isOn(path6) : nil)
    }

    /// Turns on what is off, in the calling thread's namespace, whose interfaces `host` lists. A host that takes its own
    /// IPv6 routes from router advertisements would stop to when it forwards, unless its interfaces are told to go on
    /// (`accept_ra` 2): so those that do are told first. It stays on when the last VPS is gone: others may rest on it by then.
    package static func enable(host: borrowing NetlinkSocket) throws(NetlinkError) {
        do throws(KernelError) {
            let now = try observe()
            if !now.ipv4 { try HostFile.write("1", to: path4) }
            guard now.ipv6 == false else { return }
        } catch { throw .kernel(error) }
        for link in try host.links() { try keepAdvertisements(link.name) }
        do { try HostFile.write("1", to: path6) } catch { throw .kernel(error) }
    }

    private static func keepAdvertisements(_ interface: String) throws(NetlinkError) {
        let path = "/proc/sys/net/ipv6/conf/\(interface)/accept_ra"
        do throws(KernelError) {
            if try HostFile.readText(path).first == "1" { try HostFile.write("2", to: path) }
        } catch {
            if error.code != KernelError.noEntry { throw .kernel(error) }  // gone meanwhile, or without IPv6
        }
    }

    package static let path4 = "/proc/sys/net/ipv4/ip_forward"
    package static let path6 = "/proc/sys/net/ipv6/conf/all/forwarding"
}
