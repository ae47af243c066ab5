package import Kernel
package import NodeModel

package enum CgroupError: Error, Equatable, CustomStringConvertible {
    case noUnifiedMount(under: String)
    case controllersMissing([Controller])
    case invalidBase(String)
    case invalidLimit(name: String, value: Int64, allowed: ClosedRange<Int64>)
    /// Memory in use can't be taken away (v1): stop the VPS, or ask it to free some.
    case limitBelowUse(VPSID)
    case noGroups(VPSID)
    /// Processes that don't die, in uninterruptible sleep as a rule: try again later.
    case stillBusy(VPSID, processes: [Int32])
    case notEmpty([VPSID])
    case kernel(KernelError)

    package var description: String {
        switch self {
        case .noUnifiedMount(let root): "there is no cgroup2 file system under \(root): boot with cgroup v2, or mount the hybrid layout (systemd.unified_cgroup_hierarchy)"
        case .controllersMissing(let missing): "the kernel offers no \(missing.map(\.rawValue).joined(separator: ", ")) cgroup controller: check cgroup_enable= and cgroup_disable= on its command line"
        case .invalidBase(let base): "\(base) can't name a cgroup: use letters, digits, - _ . and / between names"
        case .invalidLimit(let name, let value, let allowed): "the limit \(name) is \(value), and must be from \(allowed.lowerBound) to \(allowed.upperBound)"
        case .limitBelowUse(let id): "VPS \(id) uses more memory than the new limit: stop it first"
        case .noGroups(let id): "VPS \(id) has no cgroups"
        case .stillBusy(let id, let processes): "the cgroups of VPS \(id) can't be removed: \(processes.isEmpty ? "busy" : "processes \(processes.map(String.init).joined(separator: ", ")) do not end")"
        case .notEmpty(let ids): "there are still cgroups of \(ids.map(\.text).joined(separator: ", "))"
        case .kernel(let error): error.description
        }
    }
}

/// Runs what throws a kernel's error, and wraps it.
func wrapped<Value: ~Copyable>(_ body: () throws(KernelError) -> Value) throws(CgroupError) -> Value {
    do throws(KernelError) { return try body() } catch { throw .kernel(error) }
}
