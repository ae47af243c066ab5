package import Kernel
package import NodeModel

/// Where in a VPS's v2 group a process belongs.
package enum Leaf: String, Sendable { case guest, exec }

extension CgroupTree {
    /// For CLONE_INTO_CGROUP (clone3(2)): a process is born in it, without the wait of an attachment.
    package func openGuestLeaf(_ id: VPSID) throws(CgroupError) -> Descriptor {
        do throws(KernelError) {
            return try unified.directory.open("\(id.text)/\(Leaf.guest.rawValue)", .directory)
        } catch {
            throw error.code == KernelError.noEntry ? .noGroups(id) : .kernel(error)
        }
    }

    /// The files that a process's id (or 0, for the writer itself) is written into to bind it: v1's first, whose first
    /// write may wait 20 ms for the kernel, and the v2 leaf last. A process born in its leaf needs only `legacyAttachPaths`.
    package func attachPaths(_ id: VPSID, leaf: Leaf) -> [String] { legacyAttachPaths(id) + ["\(unified.path)/\(id)/\(leaf.rawValue)/cgroup.procs"] }

    package func legacyAttachPaths(_ id: VPSID) -> [String] { legacy.map { "\($0.path)/\(id)/cgroup.procs" } }

    /// Where a thread of the node itself may be attached, on v1; it changes nothing for that thread.
    package var threadAttachPath: String? { (legacy.first { $0.controllers.contains(.freezer) } ?? legacy.first).map { "\($0.path)/tasks" } }

    /// For what guards VPSes: outside their limits, and outside the node's own group, which a service manager may empty.
    package var wardenAttachPath: String { "\(unified.path)/\(Self.wardens)/cgroup.procs" }

    /// All processes in a VPS's groups, its own and the host's, in any of the trees.
    package func processes(_ id: VPSID) throws(CgroupError) -> [Int32] {
        try wrapped { () throws(KernelError) in
            var found: Set<Int32> = []
            for base in [unified] + legacy { found.formUnion(try base.processes(id.text)) }
            return found.sorted()
        }
    }
}
