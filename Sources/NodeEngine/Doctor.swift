internal import NodeModel

/// What a host's facts mean for selling VPSes on it: what is there, what is missing, what that costs and how to mend it. Pure.
enum Doctor {
    static func checks(_ facts: HostFacts) -> [Check] {
        [kernel(facts), privileges(facts), seccomp(facts)] + namespaces(facts) + [cgroups(facts), pressure(facts)] + disks(facts) + network(facts) + [tables(facts)] + programs(facts)
    }

    /// 6.1 is Debian 12's; idmapped mounts of ext4, openat2, clone3 into a cgroup and mount_setattr are all older.
    private static func kernel(_ facts: HostFacts) -> Check {
        let numbers = facts.kernelRelease.split { !$0.isNumber }.prefix(2).compactMap { Int($0) }
        let isNewEnough = numbers.count == 2 && (numbers[0], numbers[1]) >= (6, 1)
        return Check(name: "kernel", status: isNewEnough ? .ok : .missing, found: facts.kernelRelease, meaning: isNewEnough ? "" : "what confines a VPS is not all there before 6.1", remedy: isNewEnough ? "" : "boot a kernel of 6.1 or later")
    }

    private static let neededCapabilities: [(Int, String)] = [(1, "dac_override"), (0, "chown"), (6, "setgid"), (7, "setuid"), (12, "net_admin"), (21, "sys_admin"), (19, "sys_ptrace"), (25, "sys_time"), (5, "kill")]

    private static func privileges(_ facts: HostFacts) -> Check {
        let absent = neededCapabilities.filter { facts.effectiveCapabilities & 1 << UInt64($0.0) == 0 }.map(\.1)
        return absent.isEmpty ? Check(name: "privileges", status: .ok, found: "all that are needed")
            : Check(name: "privileges", status: .missing, found: "without \(absent.joined(separator: ", "))", meaning: "no VPS can be made", remedy: "run roost-node as root, with these capabilities")
    }

    private static func seccomp(_ facts: HostFacts) -> Check {
        presence("seccomp", "/proc/sys/kernel/seccomp/actions_avail", facts, "no VPS can be confined", "boot a kernel with CONFIG_SECCOMP_FILTER")
    }

    private static func namespaces(_ facts: HostFacts) -> [Check] {
        let users = Int(facts.files["/proc/sys/user/max_user_namespaces"] ?? "") ?? 0
        return [
            users >= 1000 ? Check(name: "user namespaces", status: .ok, found: "\(users)")
                : Check(name: "user namespaces", status: users > 0 ? .warning : .missing, found: "\(users)", meaning: "each VPS needs one", remedy: "sysctl -w user.max_user_namespaces=100000"),
            presence("time namespaces", "/proc/self/ns/time", facts, "a guest's uptime cannot be its own", "boot a kernel with CONFIG_TIME_NS"),
            presence("cgroup namespaces", "/proc/self/ns/cgroup", facts, "no VPS can be made", "boot a kernel with CONFIG_CGROUPS"),
        ]
    }

    private static func cgroups(_ facts: HostFacts) -> Check {
        let absent = Set(["cpu", "memory", "pids"]).subtracting(facts.cgroupControllers).sorted()
        let found = "v\(facts.cgroupVersion): \(facts.cgroupControllers.sorted().joined(separator: " "))"
        return absent.isEmpty ? Check(name: "cgroups", status: .ok, found: found)
            : Check(name: "cgroups", status: .missing, found: found, meaning: "VPSes cannot be limited: no \(absent.joined(separator: ", "))", remedy: "boot with systemd.unified_cgroup_hierarchy=1, and without cgroup_disable")
    }

    private static func pressure(_ facts: HostFacts) -> Check {
        presence("pressure (PSI)", "/proc/pressure/memory", facts, "who waits for whom cannot be shown", "boot with psi=1", .warning)
    }

    private static func disks(_ facts: HostFacts) -> [Check] {
        [presence("loop devices", "/dev/loop-control", facts, "disks cannot be attached", "modprobe loop")]
            + ["ext4", "xfs"].map { type in
                facts.fileSystems.contains(type) ? Check(name: "file system \(type)", status: .ok, found: "known to the kernel")
                    : Check(name: "file system \(type)", status: .warning, found: "not loaded", meaning: "needed for \(type == "ext4" ? "each VPS's disk" : "the pool, unless it lies on btrfs")", remedy: "modprobe \(type)")
            }
    }

    private static func network(_ facts: HostFacts) -> [Check] {
        [("IPv4 forwarding", "/proc/sys/net/ipv4/ip_forward"), ("IPv6 forwarding", "/proc/sys/net/ipv6/conf/all/forwarding")].map { name, path in
            facts.files[path] == "1" ? Check(name: name, status: .ok, found: "on")
                : Check(name: name, status: .warning, found: "off", meaning: "VPSes are reached from this host only", remedy: "echo 1 > \(path) (roost-node does it when it runs)")
        }
    }

    private static func tables(_ facts: HostFacts) -> Check {
        let small = HostSetting.tables.compactMap { setting -> (name: String, found: Int64, needed: Int64)? in
            guard let found = facts.files[setting.path].flatMap({ Int64($0) }), let needed = setting.change(of: found) else { return nil }
            return (String(setting.path.dropFirst("/proc/sys/".count)).replacing("/", with: "."), found, needed)
        }
        return small.isEmpty ? Check(name: "shared tables", status: .ok, found: "large enough")
            : Check(name: "shared tables", status: .warning, found: small.map { "\($0.name)=\($0.found)" }.joined(separator: " "), meaning: "one VPS could fill what all share", remedy: "sysctl -w \(small.map { "\($0.name)=\($0.needed)" }.joined(separator: " ")) (roost-node does it when it runs)")
    }

    private static func programs(_ facts: HostFacts) -> [Check] {
        [("nft", "nftables", ["/usr/sbin/nft"], "no VPS gets a network"), ("mkfs.xfs", "xfsprogs", ["/usr/sbin/mkfs.xfs", "/sbin/mkfs.xfs"], "the embedded pool cannot be made"),
         ("mke2fs", "e2fsprogs", ["/usr/sbin/mke2fs", "/sbin/mke2fs"], "templates cannot be built"), ("resize2fs", "e2fsprogs", ["/usr/sbin/resize2fs", "/sbin/resize2fs"], "disks of a new size cannot be made"),
         ("mmdebstrap", "mmdebstrap", ["/usr/bin/mmdebstrap"], "Debian templates cannot be built"), ("busybox", "busybox-static", ["/bin/busybox", "/usr/bin/busybox"], "the busybox template cannot be built")]
            .map { name, package, paths, meaning in
                if let path = paths.first(where: facts.present.contains) { return Check(name: "program \(name)", status: .ok, found: path) }
                return Check(name: "program \(name)", status: .missing, found: "absent", meaning: meaning, remedy: "apt-get install \(package)")
            }
    }

    private static func presence(_ name: String, _ path: String, _ facts: HostFacts, _ meaning: String, _ remedy: String, _ otherwise: Check.Status = .missing) -> Check {
        facts.present.contains(path) ? Check(name: name, status: .ok, found: path) : Check(name: name, status: otherwise, found: "no \(path)", meaning: meaning, remedy: remedy)
    }
}
