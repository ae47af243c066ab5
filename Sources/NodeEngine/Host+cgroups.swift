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

    /// The v1 files by which a process that is born in a VPS's v2 leaf puts itself into the rest of the VPS's limits.
    func openCgroupFiles(_ id: VPSID) throws -> [SharedDescriptor] {
        try cgroups.legacyAttachPaths(id).map { SharedDescriptor(try Descriptor.open($0, .write)) }
    }

    func hasProcesses(_ id: VPSID) throws -> Bool { try !cgroups.processes(id).isEmpty }
}
