/// One of the kernel's settings that VPSes need on their host, and what it must be. Pure.
struct HostSetting: Equatable {
    enum Rule: Equatable {
        /// Switched from the kernel's usual value; any other is somebody's choice.
        case from(Int64, to: Int64)
        case atLeast(Int64)
    }

    let path: String
    let rule: Rule

    init(_ name: String, _ rule: Rule) {
        path = "/proc/sys/\(name)"
        self.rule = rule
    }

    /// What is to be written where `current` is found. Nil: it is well as it is.
    func change(of current: Int64) -> Int64? {
        switch rule {
        case .from(let old, let new): current == old ? new : nil
        case .atLeast(let floor): current < floor ? floor : nil
        }
    }

    /// VPSes run without it, but one could harm the others.
    var isForSafetyOnly: Bool { if case .atLeast = rule { true } else { false } }

    /// A forwarding host ignores router advertisements, and would lose its own default route, unless told otherwise: so this
    /// comes before `forwarding`.
    static func routerAdvertisements(_ interface: String) -> HostSetting { HostSetting("net/ipv6/conf/\(interface)/accept_ra", .from(1, to: 2)) }

    static let forwarding = [HostSetting("net/ipv4/ip_forward", .from(0, to: 1)), HostSetting("net/ipv6/conf/all/forwarding", .from(0, to: 1))]

    /// Tables that the kernel has once, for the host and all namespaces: at their usual sizes one guest could fill them for
    /// everybody. What fills them is bounded elsewhere: by a guest's memory and processes, and by the firewall. Not bounded are
    /// permanent neighbour entries: they count against no threshold, and hide in namespaces that a guest makes itself.
    static let tables = ["ipv4", "ipv6"].flatMap { family in
        [("gc_thresh3", 262_144), ("gc_thresh2", 131_072), ("gc_thresh1", 65_536)].map { HostSetting("net/\(family)/neigh/default/\($0.0)", .atLeast($0.1)) }
    } + [
        HostSetting("net/netfilter/nf_conntrack_max", .atLeast(1_048_576)),
        HostSetting("kernel/pty/max", .atLeast(1_048_576)),
        HostSetting("fs/aio-max-nr", .atLeast(1 << 30)),
        HostSetting("kernel/pid_max", .atLeast(4_194_304)),
        HostSetting("kernel/threads-max", .atLeast(4_194_304)),
    ]
}
