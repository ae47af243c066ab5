/// The sizes of a plan, as they are written on each VPS that was made from it.
package struct PlanTerms: Equatable, Sendable {
    package var cpuMillicores: Int64
    package var memoryBytes: Int64
    package var swapBytes: Int64
    package var diskBytes: Int64
    package var processes: Int64
    /// Containers inside the VPS.
    package var nesting: Bool

    package init(cpuMillicores: Int64, memoryBytes: Int64, swapBytes: Int64, diskBytes: Int64, processes: Int64, nesting: Bool) {
        self.cpuMillicores = cpuMillicores
        self.memoryBytes = memoryBytes
        self.swapBytes = swapBytes
        self.diskBytes = diskBytes
        self.processes = processes
        self.nesting = nesting
    }

    /// How large each size may be.
    package enum Size: String, Sendable, CaseIterable {
        case cpuMillicores, memoryBytes, swapBytes, diskBytes, processes

        package var range: ClosedRange<Int64> {
            switch self {
            case .cpuMillicores: 10...1_024_000
            case .memoryBytes: 8 << 20...64 << 40
            case .swapBytes: 0...64 << 40
            case .diskBytes: 16 << 20...1 << 50
            case .processes: 8...4_194_304  // the kernel's PID_MAX_LIMIT
            }
        }
    }

    private subscript(_ size: Size) -> Int64 {
        switch size {
        case .cpuMillicores: cpuMillicores
        case .memoryBytes: memoryBytes
        case .swapBytes: swapBytes
        case .diskBytes: diskBytes
        case .processes: processes
        }
    }

    /// Every size that is outside of what can be made, in words; empty: all can.
    package var problems: [String] {
        Size.allCases.compactMap { size in
            let range = size.range
            return range.contains(self[size]) ? nil : "\(size.rawValue) is \(self[size]), but must be from \(range.lowerBound) to \(range.upperBound)"
        }
    }

    /// What one VPS of this plan takes of a quota.
    package func request(ipv4Addresses: Int64) -> Quantities {
        Quantities(vps: 1, cpuMillicores: cpuMillicores, memoryBytes: memoryBytes, diskBytes: diskBytes, addresses: ipv4Addresses)
    }

    /// Why a VPS of these sizes cannot be given those; nil: it can. What grows can grow while it runs; less memory than it uses would end what is in it.
    package func obstacle(to other: PlanTerms, isStopped: Bool) -> String? {
        if other.diskBytes != diskBytes { return "its disk has \(diskBytes) bytes and cannot be resized, the plan's has \(other.diskBytes)" }
        if isStopped { return nil }
        let less = [("memory", other.memoryBytes < memoryBytes), ("swap", other.swapBytes < swapBytes), ("processes", other.processes < processes), ("nesting", other.nesting != nesting)].filter(\.1).map(\.0)
        return less.isEmpty ? nil : "it runs, and the plan has less, or another, \(less.joined(separator: ", ")): stop it first"
    }

    /// What more of a quota a VPS takes that is given `other`'s sizes.
    package func growth(to other: PlanTerms) -> Quantities {
        Quantities(cpuMillicores: max(0, other.cpuMillicores - cpuMillicores), memoryBytes: max(0, other.memoryBytes - memoryBytes), diskBytes: max(0, other.diskBytes - diskBytes))
    }

    /// cgroup v2's `cpu.weight`, 1 to 10,000: proportional to the share, a whole core is the kernel's default of 100.
    package var cpuWeight: Int64 { min(10_000, max(1, cpuMillicores / 10)) }
}

extension Quantities {
    /// What is wrong with these as a tenant's ceilings; empty: nothing.
    package var problems: [String] {
        Dimension.allCases.compactMap { self[$0] < 0 ? "\($0.rawValue) is \(self[$0]), but must not be negative" : nil }
    }
}
