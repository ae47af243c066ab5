import Cgroups
import NodeModel
import Testing

@testable import NodeEngine

struct DoctorTests {
    /// A host on which everything is well.
    static var well: HostFacts {
        var facts = HostFacts()
        facts.kernelRelease = "6.1.0-18-amd64"
        facts.effectiveCapabilities = .max
        facts.files = [
            "/proc/sys/user/max_user_namespaces": "100000", "/proc/sys/net/ipv4/ip_forward": "1", "/proc/sys/net/ipv6/conf/all/forwarding": "1",
        ]
        facts.present = Set(HostFacts.lookedFor)
        facts.fileSystems = ["ext4", "xfs"]
        facts.cgroupVersion = 2
        facts.cgroupControllers = ["cpu", "memory", "pids", "io"]
        return facts
    }

    @Test func everythingKnownHereIsWellOnAHostThatHasIt() {
        for check in Doctor.checks(Self.well) where Self.names.contains(check.name) { #expect(check.status == .ok && check.meaning.isEmpty, "\(check)") }
        #expect(Self.names.isSubset(of: Set(Doctor.checks(Self.well).map(\.name))))
    }

    static let names: Set<String> = [
        "kernel", "privileges", "user namespaces", "time namespaces", "cgroup namespaces", "cgroups", "pressure (PSI)", "loop devices", "file system ext4", "file system xfs",
        "IPv4 forwarding", "IPv6 forwarding", "program nft", "program mkfs.xfs", "program busybox",
    ]

    struct Row: Sendable, CustomTestStringConvertible {
        var label: String
        var name: String
        var status: Check.Status
        var change: @Sendable (inout HostFacts) -> Void
        var testDescription: String { label }

        init(_ label: String, _ name: String, _ status: Check.Status, change: @escaping @Sendable (inout HostFacts) -> Void) {
            (self.label, self.name, self.status, self.change) = (label, name, status, change)
        }
    }

    static let rows: [Row] = [
        Row("an old kernel", "kernel", .missing) { $0.kernelRelease = "5.15.0" },
        Row("an old minor", "kernel", .missing) { $0.kernelRelease = "6.0.19" },
        Row("a two-digit minor", "kernel", .ok) { $0.kernelRelease = "6.12" },
        Row("no release", "kernel", .missing) { $0.kernelRelease = "" },
        Row("not root", "privileges", .missing) { $0.effectiveCapabilities = 0 },
        Row("root without one capability", "privileges", .missing) { $0.effectiveCapabilities = ~(1 << 21) },
        Row("few user namespaces", "user namespaces", .warning) { $0.files["/proc/sys/user/max_user_namespaces"] = "10" },
        Row("no user namespaces", "user namespaces", .missing) { $0.files["/proc/sys/user/max_user_namespaces"] = "0" },
        Row("a kernel without user namespaces", "user namespaces", .missing) { $0.files = [:] },
        Row("no time namespaces", "time namespaces", .missing) { _ = $0.present.remove("/proc/self/ns/time") },
        Row("no memory controller", "cgroups", .missing) { _ = $0.cgroupControllers.remove("memory") },
        Row("no pressure", "pressure (PSI)", .warning) { _ = $0.present.remove("/proc/pressure/memory") },
        Row("no seccomp", "seccomp", .missing) { _ = $0.present.remove("/proc/sys/kernel/seccomp/actions_avail") },
        Row("no loop devices", "loop devices", .missing) { _ = $0.present.remove("/dev/loop-control") },
        Row("ext4 not loaded", "file system ext4", .warning) { _ = $0.fileSystems.remove("ext4") },
        Row("no forwarding", "IPv4 forwarding", .warning) { $0.files["/proc/sys/net/ipv4/ip_forward"] = "0" },
        Row("no nft", "program nft", .missing) { _ = $0.present.remove("/usr/sbin/nft") },
        Row("mke2fs elsewhere", "program mke2fs", .ok) { _ = $0.present.remove("/usr/sbin/mke2fs") },
    ]

    @Test(arguments: rows)
    func whatIsMissingIsSaidWithAMeaningAndARemedy(_ row: Row) throws {
        var facts = Self.well
        row.change(&facts)
        let check = try #require(Doctor.checks(facts).first { $0.name == row.name })
        #expect(check.status == row.status, "\(check)")
        #expect(check.meaning.isEmpty == (row.status == .ok) && check.remedy.isEmpty == (row.status == .ok), "\(check)")
    }

    /// A node on which everything is well.
    static var running: RunningFacts { RunningFacts(swapLimit: .binding, deviceGuard: .program, firewallIsLoaded: true, poolFreeBytes: 15 << 30, poolTotalBytes: 20 << 30) }

    struct RunningRow: Sendable, CustomTestStringConvertible {
        var label: String
        var name: String
        var status: Check.Status
        var found: String
        var change: @Sendable (inout RunningFacts) -> Void
        var testDescription: String { label }
    }

    static let runningRows: [RunningRow] = [
        RunningRow(label: "swap is capped", name: "swap limit", status: .ok, found: "binding") { _ in },
        RunningRow(label: "swap is not accounted", name: "swap limit", status: .warning, found: "swap is not accounted") { $0.swapLimit = .unaccounted },
        RunningRow(label: "a v1 host", name: "device guard", status: .ok, found: "v1 controller") { $0.deviceGuard = .legacyController },
        RunningRow(label: "no BPF", name: "device guard", status: .warning, found: "no such call") { $0.deviceGuard = .absent(reason: "no such call") },
        RunningRow(label: "a flushed firewall", name: "firewall", status: .missing, found: "its table is gone") { $0.firewallIsLoaded = false },
        RunningRow(label: "no nf_tables", name: "firewall", status: .missing, found: "the kernel does not answer") { $0.firewallIsLoaded = nil },
        RunningRow(label: "a pool with room", name: "pool", status: .ok, found: "15.0 GiB free; disks may have 20.0 in all") { _ in },
        RunningRow(label: "a pool at its tenth", name: "pool", status: .ok, found: "2.0 GiB free; disks may have 20.0 in all") { $0.poolFreeBytes = 2 << 30 },
        RunningRow(label: "a pool that fills up", name: "pool", status: .warning, found: "1.9 GiB free; disks may have 20.0 in all") { $0.poolFreeBytes = (2 << 30) - 1 },
        RunningRow(label: "a full pool", name: "pool", status: .warning, found: "0.0 GiB free; disks may have 20.0 in all") { $0.poolFreeBytes = 0 },
    ]

    @Test(arguments: runningRows)
    func whatIsWrongWhereANodeRunsIsSaidWithAMeaningAndARemedy(_ row: RunningRow) throws {
        var facts = Self.running
        row.change(&facts)
        let check = try #require(Doctor.checks(facts).first { $0.name == row.name })
        #expect(check.status == row.status && check.found == row.found, "\(check)")
        #expect(check.meaning.isEmpty == (row.status == .ok) && check.remedy.isEmpty == (row.status == .ok), "\(check)")
    }
}
