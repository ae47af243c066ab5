internal import Foundation
internal import Kernel

/// What `doctor` looks at, read from the host; what it means is decided in Doctor.
struct HostFacts: Equatable, Sendable {
    var kernelRelease = ""
    var effectiveCapabilities: UInt64 = 0
    var files: [String: String] = [:]
    var present: Set<String> = []
    var fileSystems: Set<String> = []
    var cgroupVersion = 0
    var cgroupControllers: Set<String> = []

    static let readFiles = [
        "/proc/sys/user/max_user_namespaces", "/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "/proc/sys/fs/inotify/max_user_instances",
    ] + (HostSetting.forwarding + HostSetting.tables).map(\.path)
    static let lookedFor = [
        "/dev/loop-control", "/proc/sys/kernel/seccomp/actions_avail", "/proc/self/ns/time", "/proc/self/ns/cgroup", "/proc/pressure/memory",
        "/usr/sbin/nft", "/usr/sbin/mkfs.xfs", "/sbin/mkfs.xfs", "/usr/sbin/mke2fs", "/sbin/mke2fs", "/usr/sbin/resize2fs", "/sbin/resize2fs", "/usr/bin/mmdebstrap", "/bin/busybox", "/usr/bin/busybox",
    ]

    static func read(cgroupVersion: Int, controllers: Set<String>) -> HostFacts {
        var facts = HostFacts()
        facts.kernelRelease = trimmed("/proc/sys/kernel/osrelease") ?? ""
        let status = (try? HostFile.readText("/proc/self/status")) ?? ""  // unreadable: no capability, which the report says
        facts.effectiveCapabilities = status.split(separator: "\n").first { $0.hasPrefix("CapEff:") }.flatMap { UInt64($0.split(separator: "\t").last ?? "", radix: 16) } ?? 0
        for path in readFiles { facts.files[path] = trimmed(path) }
        facts.present = Set(lookedFor.filter(HostFile.exists))
        let known = (try? HostFile.readText("/proc/filesystems")) ?? ""  // unreadable: none, which the report says
        facts.fileSystems = Set(known.split(separator: "\n").compactMap { $0.split(separator: "\t").last.map { $0.trimmingCharacters(in: .whitespaces) } })
        facts.cgroupVersion = cgroupVersion
        facts.cgroupControllers = controllers
        return facts
    }

    private static func trimmed(_ path: String) -> String? {
        (try? HostFile.readText(path))?.trimmingCharacters(in: .whitespacesAndNewlines)  // absent on this kernel
    }
}
