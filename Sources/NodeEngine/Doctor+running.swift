internal import Cgroups
internal import NodeModel

extension Doctor {
    static func checks(_ facts: RunningFacts) -> [Check] { [swap(facts.swapLimit), devices(facts.deviceGuard), firewall(facts.firewallIsLoaded), pool(facts)] }

    private static func swap(_ limit: SwapLimit) -> Check {
        limit == .binding ? Check(name: "swap limit", status: .ok, found: "binding")
            : Check(name: "swap limit", status: .warning, found: "swap is not accounted", meaning: "VPSes are kept out of swap altogether", remedy: "boot with swapaccount=1")
    }

    private static func devices(_ guarding: DeviceGuard) -> Check {
        switch guarding {
        case .legacyController: Check(name: "device guard", status: .ok, found: "v1 controller")
        case .program: Check(name: "device guard", status: .ok, found: "BPF program")
        case .absent(let reason):
            Check(name: "device guard", status: .warning, found: reason, meaning: "only its mounts keep a guest from the host's devices", remedy: "boot a kernel with CONFIG_CGROUP_BPF")
        }
    }

    private static func firewall(_ isLoaded: Bool?) -> Check {
        switch isLoaded {
        case true?: Check(name: "firewall", status: .ok, found: "loaded")
        case false?: Check(name: "firewall", status: .missing, found: "its table is gone", meaning: "nothing keeps VPSes from each other's network", remedy: "restart roost-node, which loads it")
        case nil: Check(name: "firewall", status: .missing, found: "the kernel does not answer", meaning: "nothing keeps VPSes from each other's network", remedy: "modprobe nf_tables, and restart roost-node")
        }
    }

    /// A guest's write that the pool has no room for fails as a broken disk does.
    private static func pool(_ facts: RunningFacts) -> Check {
        let found = "\(gibibytes(facts.poolFreeBytes)) GiB free; disks may have \(gibibytes(facts.poolTotalBytes)) in all"
        return facts.poolFreeBytes >= facts.poolTotalBytes / 10 ? Check(name: "pool", status: .ok, found: found)
            : Check(name: "pool", status: .warning, found: found, meaning: "when it is full, guests' disks fail", remedy: "delete VPSes or templates, or give the pool a larger place")
    }

    private static func gibibytes(_ bytes: Int64) -> String {
        let tenths = bytes / (1 << 30) * 10 + bytes % (1 << 30) * 10 / (1 << 30)
        return "\(tenths / 10).\(tenths % 10)"
    }
}
