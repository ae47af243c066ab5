package import NodeModel

/// What a VPS's groups hold it to. Each is always set.
package struct CgroupLimits: Sendable, Equatable {
    package let cpuMillicores: Int64
    package let cpuWeight: Int64
    package let memoryBytes: Int64
    package let swapBytes: Int64
    package let processes: Int64
    /// How many groups the guest may make in its own, and how deep: each costs the kernel memory.
    package let groups: Int64
    package let groupDepth: Int64

    package init(_ limits: VPSSpecification.Limits, groups: Int64 = 1024, groupDepth: Int64 = 24) throws(CgroupError) {
        func check(_ name: String, _ value: Int64, _ allowed: ClosedRange<Int64>) throws(CgroupError) -> Int64 {
            guard allowed.contains(value) else { throw .invalidLimit(name: name, value: value, allowed: allowed) }
            return value
        }
        // The kernel's shortest quota is 1 ms in each period.
        cpuMillicores = try check("cpuMillicores", limits.cpuMillicores, 10...1_000_000)
        cpuWeight = try check("cpuWeight", limits.cpuWeight, 1...10_000)
        memoryBytes = try check("memoryBytes", limits.memoryBytes, 1 << 20...1 << 50)
        swapBytes = try check("swapBytes", limits.swapBytes, 0...1 << 50)
        processes = try check("processes", limits.processes, 1...4_194_304)
        self.groups = try check("groups", groups, 8...100_000)
        self.groupDepth = try check("groupDepth", groupDepth, 4...256)
    }
}
