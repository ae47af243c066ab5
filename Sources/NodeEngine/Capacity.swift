internal import Cgroups
internal import Disks
internal import Foundation
internal import Kernel
package import NodeModel
internal import Release

extension Engine {
    func capacity() throws -> NodeCapacity {
        let pool = try host.pool.capacity()
        let info = ProcessInfo.processInfo
        return NodeCapacity(
            hostname: info.hostName, version: Release.version, kernel: Self.kernel, cgroupVersion: host.cgroups.hierarchy.version, cpuMillicores: Int64(info.processorCount) * 1000,
            memoryBytes: Int64(info.physicalMemory), poolBytes: pool.totalBytes, poolFreeBytes: pool.freeBytes)
    }

    private static var kernel: String { ((try? HostFile.readText("/proc/sys/kernel/osrelease")) ?? "unknown").trimmingCharacters(in: .whitespacesAndNewlines) }  // always there

    func doctor() throws -> [Check] { Self.hostChecks() + Doctor.checks(try RunningFacts.read(host)) }

    /// Of this host, whether or not a node runs on it.
    package static func hostChecks() -> [Check] {
        let hierarchy = try? CgroupHierarchy.detect()  // no cgroups at all: the report says so
        let controllers = (hierarchy?.unifiedControllers ?? []) + (hierarchy?.legacy.flatMap(\.controllers) ?? [])
        return Doctor.checks(HostFacts.read(cgroupVersion: hierarchy?.version ?? 0, controllers: Set(controllers.map(\.rawValue))))
    }
}
