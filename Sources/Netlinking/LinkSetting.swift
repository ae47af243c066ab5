package import Kernel

/// One file under /proc/sys/net/…/conf/INTERFACE (ip-sysctl.rst), of the calling thread's namespace.
package struct LinkSetting: Sendable, Equatable {
    package enum Family: String, Sendable { case ipv4, ipv6 }
    package var family: Family
    package var name: String
    package var value: Int

    package init(_ family: Family, _ name: String, _ value: Int) {
        self.family = family
        self.name = name
        self.value = value
    }

    package func path(_ interface: InterfaceName) -> String { "/proc/sys/net/\(family.rawValue)/conf/\(interface)/\(name)" }

    package func apply(to interface: InterfaceName) throws(KernelError) { try HostFile.write("\(value)", to: path(interface)) }
}
