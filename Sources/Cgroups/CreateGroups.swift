internal import Kernel
package import NodeModel

extension CgroupTree {
    /// Makes what is missing of a VPS's groups, and sets all limits. `owner`: the host's id of the guest's root, to whom
    /// the guest's leaf belongs. What was made stays when it fails half-way: repeat it, or `remove`.
    package func create(_ id: VPSID, _ limits: CgroupLimits, owner: UInt32) throws(CgroupError) {
        try wrapped { () throws(KernelError) in
            for base in legacy {
                let isNew = try base.directory.makeNewDirectory(id.text)
                if base.controllers.contains(.devices) { try allowDevices(id, base, isNew: isNew) }
            }
            _ = try unified.directory.makeNewDirectory(id.text)
        }
        try update(id, limits)
        try wrapped { () throws(KernelError) in try makeLeaves(id, owner) }
    }

    private func allowDevices(_ id: VPSID, _ base: GroupBase, isNew: Bool) throws(KernelError) {
        // An interrupted creation may have left the list short, or the parent's, which allows all.
        if !isNew, try base.directory.read("\(id.text)/devices.list") == Array(DevicesController.list(DeviceRule.guest).utf8) { return }
        for write in DevicesController.writes(DeviceRule.guest) { try base.directory.apply(write, in: id.text) }
    }

    private func makeLeaves(_ id: VPSID, _ owner: UInt32) throws(KernelError) {
        let group = try unified.directory.directory(id.text)
        try guardDevices(of: group)  // before any process can be in it
        if !unified.controllers.isEmpty {
            let down = unified.controllers.compactMap(\.unifiedName).map { "+\($0)" }.joined(separator: " ")
            try unified.directory.apply(ControlWrite("cgroup.subtree_control", down), in: id.text)
        }
        _ = try group.makeNewDirectory(Leaf.exec.rawValue)
        _ = try group.makeNewDirectory(Leaf.guest.rawValue)
        for name in ["", "/cgroup.procs", "/cgroup.threads", "/cgroup.subtree_control"] {
            try group.changeOwner(of: "\(Leaf.guest.rawValue)\(name)", uid: owner, gid: owner)
        }
    }

    /// New limits for a VPS that has its groups, running or not.
    package func update(_ id: VPSID, _ limits: CgroupLimits) throws(CgroupError) {
        let group = id.text
        do throws(KernelError) {
            for base in legacy {
                for controller in base.controllers { try set(controller, limits, base, group) }
            }
            for controller in unified.controllers { try set(controller, limits, unified, group) }
            // The two leaves are groups too.
            try unified.directory.apply(ControlWrite("cgroup.max.descendants", limits.groups + 2), in: group)
            try unified.directory.apply(ControlWrite("cgroup.max.depth", limits.groupDepth + 1), in: group)
        } catch {
            if error.code == KernelError.noEntry, !unified.has(group) { throw .noGroups(id) }
            if error.code == KernelError.busy, error.operation.hasPrefix("write") { throw .limitBelowUse(id) }
            throw .kernel(error)
        }
    }

    private func set(_ controller: Controller, _ limits: CgroupLimits, _ base: GroupBase, _ group: String) throws(KernelError) {
        let writes = Self.writes(controller, limits, base.dialect, swap: swapLimit)
        do throws(KernelError) {
            for write in writes { try base.directory.apply(write, in: group) }
        } catch {
            // v1: memory may at no time be above memory with swap, so growing goes the other way round.
            guard controller == .memory, base.dialect == .v1, error.code == KernelError.invalid else { throw error }
            for write in writes.reversed() { try base.directory.apply(write, in: group) }
        }
    }

    static func writes(_ controller: Controller, _ limits: CgroupLimits, _ dialect: Dialect, swap: SwapLimit) -> [ControlWrite] {
        switch controller {
        case .cpu: CPUController.writes(limits, dialect)
        case .memory: MemoryController.writes(limits, dialect, swap: swap)
        case .pids: PidsController.writes(limits)
        case .io: IOController.writes(limits, dialect)
        case .cpuacct, .freezer, .devices: []
        }
    }
}
