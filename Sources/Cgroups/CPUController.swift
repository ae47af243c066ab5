internal import Kernel

/// How long a VPS may compute in each 100 ms on all processors together, and its share when they are all busy.
enum CPUController {
    static let periodMicroseconds: Int64 = 100_000

    static func writes(_ limits: CgroupLimits, _ dialect: Dialect) -> [ControlWrite] {
        let quota = limits.cpuMillicores * periodMicroseconds / 1000
        switch dialect {
        case .v2: return [ControlWrite("cpu.max", "\(quota) \(periodMicroseconds)"), ControlWrite("cpu.weight", limits.cpuWeight)]
        // The period first: the kernel checks the quota against it. 100 ms is its default.
        case .v1: return [ControlWrite("cpu.cfs_quota_us", quota), ControlWrite("cpu.shares", shares(limits.cpuWeight))]
        }
    }

    /// v1 counts from 1024 where v2 counts from 100.
    static func shares(_ weight: Int64) -> Int64 { min(262_144, max(2, weight * 1024 / 100)) }

    static func read(_ group: String, in base: borrowing Directory, _ dialect: Dialect, into usage: inout CgroupUsage) throws(KernelError) {
        let values = try base.values("cpu.stat", in: group)
        usage.throttledPeriods = values["nr_throttled", default: 0]
        switch dialect {
        case .v2:
            usage.cpuNanoseconds = values["usage_usec", default: 0] * 1000
            usage.throttledNanoseconds = values["throttled_usec", default: 0] * 1000
        case .v1: usage.throttledNanoseconds = values["throttled_time", default: 0]
        }
    }
}

/// v1's account of computing time, in a group of its own.
enum CPUAccount {
    static func read(_ group: String, in base: borrowing Directory, into usage: inout CgroupUsage) throws(KernelError) {
        usage.cpuNanoseconds = try base.values("cpuacct.usage", in: group)["", default: 0]
    }
}
