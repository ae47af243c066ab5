internal import Kernel

/// Memory, page cache and kernel memory of a VPS, and how much of it may be swapped out besides.
enum MemoryController {
    static func writes(_ limits: CgroupLimits, _ dialect: Dialect, swap: SwapLimit) -> [ControlWrite] {
        switch dialect {
        case .v2:
            return [ControlWrite("memory.high", high(limits.memoryBytes)), ControlWrite("memory.max", limits.memoryBytes)]
                + (swap == .binding ? [ControlWrite("memory.swap.max", limits.swapBytes)] : [])
        case .v1:
            let memory = ControlWrite("memory.limit_in_bytes", limits.memoryBytes)
            // Counted apart from memory here; v2 has it in one.
            let sockets = ControlWrite("memory.kmem.tcp.limit_in_bytes", max(limits.memoryBytes / 8, 4 << 20), ifPresent: true)
            // A page of swap at least: of two equal limits the kernel meets the one with swap first, whose hits it does not count (6.18).
            if swap == .binding { return [sockets, memory, ControlWrite("memory.memsw.limit_in_bytes", limits.memoryBytes + max(limits.swapBytes, page))] }
            // The next best: nothing of it is swapped while there is anything else to take.
            return [sockets, memory] + (limits.swapBytes == 0 ? [ControlWrite("memory.swappiness", 0, ifPresent: true)] : [])
        }
    }

    private static let page: Int64 = 4096

    /// Slightly below the hard limit: from there on the kernel reclaims the VPS's own pages, before something of it must be
    /// killed. Nearer than the 1.2 % above which it also puts whoever asks for memory to sleep (10 ms and more for 64 pages,
    /// calculate_high_delay in mm/memcontrol.c): a runaway would crawl for minutes, and with it the VPS, before it is ended.
    static func high(_ bytes: Int64) -> Int64 { bytes - bytes / 128 }

    static func read(_ group: String, in base: borrowing Directory, _ dialect: Dialect, into usage: inout CgroupUsage) throws(KernelError) {
        switch dialect {
        case .v2:
            usage.memoryBytes = try base.values("memory.current", in: group)["", default: 0]
            let events = try base.values("memory.events", in: group)
            usage.memorySlowdowns = events["high", default: 0]
            usage.memoryLimitHits = events["max", default: 0]
            usage.outOfMemoryKills = events["oom_kill", default: 0]
        case .v1:
            usage.memoryBytes = try base.values("memory.usage_in_bytes", in: group)["", default: 0]
            usage.memoryLimitHits = try base.values("memory.failcnt", in: group)["", default: 0]
            usage.outOfMemoryKills = try base.values("memory.oom_control", in: group)["oom_kill", default: 0]
        }
    }
}

/// Whether this kernel accounts for swap by group (v1: boot with `swapaccount=1`).
package enum SwapLimit: Sendable, Equatable { case binding, unaccounted }
