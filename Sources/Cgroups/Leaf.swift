package import Kernel
package import NodeModel

/// Where in a VPS's v2 group a process belongs.
package enum Leaf: String, Sendable { case guest, exec }

extension CgroupTree {
    /// For CLONE_INTO_CGROUP (clone3(2)): a process is born in it, without the wait of an attachment.
    package func open(_ leaf: Leaf, of id: VPSID) throws(CgroupError) -> Descriptor {
        do throws(KernelError) {
            return try unified.directory.open("\(id.text)/\(leaf.rawValue)", .directory)
        } catch {
            throw error.code == KernelError.noEntry ? .noGroups(id) : .kernel(error)
        }
    }

    /// Likewise, for what guards VPSes: outside their limits, and outside the node's own group, which a service manager may empty.
    package func openWardens() throws(CgroupError) -> Descriptor { try wrapped { () throws(KernelError) in try unified.directory.open(Self.wardens, .directory) } }

    /// v1's files that a process of one thread writes "0" into, to bind itself. That alone waits for nobody: any other attachment
    /// waits until every processor has been through a quiescent state, 5 to 20 ms (cgroup_procs_write_start in
    /// kernel/cgroup/cgroup.c), while it keeps all other work on cgroups waiting.
    package func legacyAttachPaths(_ id: VPSID) -> [String] { legacy.map { "\($0.path)/\(id)/tasks" } }

    /// All processes in a VPS's groups, its own and the host's, in any of the trees.
    package func processes(_ id: VPSID) throws(CgroupError) -> [Int32] {
        try wrapped { () throws(KernelError) in
            var found: Set<Int32> = []
            for base in [unified] + legacy { found.formUnion(try base.processes(id.text)) }
            return found.sorted()
        }
    }
}
