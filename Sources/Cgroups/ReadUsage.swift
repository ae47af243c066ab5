internal import Kernel
package import NodeModel

extension CgroupTree {
    package func usage(_ id: VPSID) throws(CgroupError) -> CgroupUsage {
        var usage = CgroupUsage()
        do throws(KernelError) {
            for base in [unified] + legacy {
                for controller in base.controllers { try Self.read(controller, id.text, base, into: &usage) }
            }
        } catch {
            throw error.meansGone ? .noGroups(id) : .kernel(error)
        }
        return usage
    }

    private static func read(_ controller: Controller, _ group: String, _ base: GroupBase, into usage: inout CgroupUsage) throws(KernelError) {
        switch controller {
        case .cpu: try CPUController.read(group, in: base.directory, base.dialect, into: &usage)
        case .cpuacct: try CPUAccount.read(group, in: base.directory, into: &usage)
        case .memory: try MemoryController.read(group, in: base.directory, base.dialect, into: &usage)
        case .pids: try PidsController.read(group, in: base.directory, base.dialect, into: &usage)
        case .io, .devices, .freezer: break
        }
    }
}
