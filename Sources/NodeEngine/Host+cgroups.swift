internal import Cgroups
internal import Kernel
internal import NodeModel

extension Host {
    /// Also for new limits of groups that are there.
    func makeCgroups(_ specification: VPSSpecification) throws {
        try cgroups.create(specification.id, try CgroupLimits(specification.limits), owner: specification.idBase)
    }

    /// With everything that still runs in them. Already gone is success.
    func removeCgroups(_ id: VPSID) throws { try cgroups.remove(id) }

    /// On v1 the first attachment after a while waits for the kernel (an RCU grace period, 6 to 20 ms); those soon after do
    /// not. So one is begun, of a thread that is good for nothing else, before anything needs it.
    func hastenAttachment() {
        guard let path = cgroups.threadAttachPath else { return }
        _ = Errand { try HostFile.write("0", to: path) }
    }

    func guestLeaf(_ id: VPSID) throws -> Descriptor { try cgroups.openGuestLeaf(id) }

    /// Out of the node's own group, which a service manager may empty. Nothing waits for it: an attachment may take 20 ms.
    func placeAmongWardens(_ pid: Int32) { _ = Errand { try HostFile.write("\(pid)", to: cgroups.wardenAttachPath) } }

    /// The files that put a process into a VPS's limits. The guest's init is born in its v2 leaf and needs only the others.
    func openCgroupFiles(_ id: VPSID, _ leaf: Leaf) throws -> [SharedDescriptor] {
        let paths = leaf == .guest ? cgroups.legacyAttachPaths(id) : cgroups.attachPaths(id, leaf: leaf)
        return try paths.map { SharedDescriptor(try Descriptor.open($0, .write)) }
    }

    func hasProcesses(_ id: VPSID) throws -> Bool { try !cgroups.processes(id).isEmpty }
}
