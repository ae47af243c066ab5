internal import Kernel

/// Where this host's controllers are: all in one tree (v2), or each in a tree of its own beside a v2 tree (v1, hybrid).
package struct CgroupHierarchy: Sendable, Equatable {
    package struct LegacyMount: Sendable, Equatable {
        package var path: String
        /// Several where they are mounted together ("cpu,cpuacct").
        package var controllers: [Controller]
    }

    /// The v2 tree; a guest's own groups are there on every host.
    package var unified: String
    package var unifiedControllers: [Controller]
    package var legacy: [LegacyMount]

    /// 1: hybrid. 2: unified.
    package var version: Int { legacy.contains { $0.controllers.contains(.memory) } ? 1 : 2 }

    package var missing: [Controller] {
        Controller.required.filter { controller in !unifiedControllers.contains(controller) && !legacy.contains { $0.controllers.contains(controller) } }
    }

    package static func detect(root: String = "/sys/fs/cgroup") throws(CgroupError) -> CgroupHierarchy {
        let mounts = try wrapped { () throws(KernelError) in try HostFile.readText("/proc/self/mountinfo") }
        return try detect(mountinfo: mounts, root: root) { path throws(CgroupError) in
            try wrapped { () throws(KernelError) in try HostFile.readText("\(path)/cgroup.controllers") }
        }
    }

    /// `mountinfo`: as in proc_pid_mountinfo(5). `controllers`: the text of a v2 mount's `cgroup.controllers`.
    static func detect(mountinfo: String, root: String, controllers: (String) throws(CgroupError) -> String) throws(CgroupError) -> CgroupHierarchy {
        var unified: String?
        var legacy: [LegacyMount] = []
        for mount in mountinfo.split(separator: "\n").compactMap(Mount.init) where mount.path == root || mount.path.hasPrefix("\(root)/") {
            if mount.type == "cgroup2", unified == nil { unified = mount.path }
            guard mount.type == "cgroup" else { continue }
            let found = Controller.allCases.filter { controller in
                mount.options.contains(controller.legacyName) && !legacy.contains { $0.controllers.contains(controller) }
            }
            if !found.isEmpty { legacy.append(LegacyMount(path: mount.path, controllers: found)) }
        }
        guard let unified else { throw .noUnifiedMount(under: root) }
        let names = try controllers(unified).split(whereSeparator: \.isWhitespace).map(String.init)
        let found = Controller.allCases.filter { $0.unifiedName.map(names.contains) ?? false }
        return CgroupHierarchy(unified: unified, unifiedControllers: found, legacy: legacy)
    }

    private struct Mount {
        var path: String
        var type: String
        var options: [String]

        /// "36 35 98:0 /root /mount-point options [optional…] - type source super-options"
        init?(_ line: Substring) {
            let fields = line.split(separator: " ", omittingEmptySubsequences: false)
            guard fields.count > 6, let dash = fields.dropFirst(6).firstIndex(of: "-"), fields.count > dash + 3 else { return nil }
            path = String(fields[4])
            type = String(fields[dash + 1])
            options = fields[dash + 3].split(separator: ",").map(String.init)
        }
    }
}
