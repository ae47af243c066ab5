internal import Kernel
package import NodeModel

/// Every VPS's cgroups, under one base name in each of the kernel's trees.
///
/// v2: `<base>/<id>` carries the limits and has two leaves: `guest`, delegated to the guest's root, which becomes the
/// root of its cgroup namespace; and `exec`, for processes that the host sends in (once the guest has enabled controllers, its own
/// root takes none). `<base>/wardens` holds the wardens, outside every limit. v1: `<base>/<id>` carries the limits in each
/// controller's tree; the leaves are in the v2 tree all the same.
///
/// Calls block for the kernel's time, `remove` for up to its patience: keep them off the cooperative pool.
package final class CgroupTree: Sendable {
    package let hierarchy: CgroupHierarchy
    package let base: String
    package let swapLimit: SwapLimit
    package let deviceGuard: DeviceGuard

    let unified: GroupBase
    let legacy: [GroupBase]
    private let deviceFilter: LoadedFilter

    /// A descriptor that is made once and only read afterwards; nil where v1 guards devices.
    private final class LoadedFilter: Sendable {
        let filter: DeviceFilter?
        init(_ filter: consuming DeviceFilter?) { self.filter = filter }
    }

    static let wardens = "wardens"
    static let wanted: [Controller] = [.cpu, .memory, .pids, .io]

    /// Makes the base in every tree and passes the controllers down to it (v2). What is there already stays.
    ///
    /// `base`: one or more names with `/` between. On a host with systemd, a group of its own at the top, or one that a unit
    /// delegates; v2 takes no process in a group between the root and the VPSes.
    package init(preparing base: String = "roost", in hierarchy: CgroupHierarchy) throws(CgroupError) {
        guard Self.isValid(base) else { throw .invalidBase(base) }
        guard hierarchy.missing.isEmpty else { throw .controllersMissing(hierarchy.missing) }
        self.hierarchy = hierarchy
        self.base = base
        let down = Self.wanted.filter(hierarchy.unifiedControllers.contains)
        (unified, legacy) = try wrapped { () throws(KernelError) in
            let unified = try Self.makeUnified(base, hierarchy.unified, down)
            let legacy = try Self.makeLegacy(base, hierarchy.legacy)
            return (unified, legacy)
        }
        let memory = legacy.first { $0.controllers.contains(.memory) }
        swapLimit = (memory.map { $0.has("memory.memsw.limit_in_bytes") } ?? unified.has("memory.swap.max")) ? .binding : .unaccounted
        if legacy.contains(where: { $0.controllers.contains(.devices) }) {
            deviceFilter = LoadedFilter(nil)
            deviceGuard = .legacyController
        } else {
            do throws(KernelError) {
                deviceFilter = LoadedFilter(try DeviceFilter(DeviceProgram.assemble(DeviceRule.guest)))
                deviceGuard = .program
            } catch {
                deviceFilter = LoadedFilter(nil)
                deviceGuard = .absent(reason: error.description)
            }
        }
    }

    private static func isValid(_ base: String) -> Bool {
        let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.@")
        return base.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { name in
            !name.isEmpty && !name.hasPrefix(".") && name.allSatisfy(allowed.contains) && !Controller.allCases.contains { name.hasPrefix("\($0.legacyName).") } && !name.hasPrefix("cgroup.")
        }
    }

    private static func makeUnified(_ base: String, _ mount: String, _ controllers: [Controller]) throws(KernelError) -> GroupBase {
        let down = controllers.compactMap(\.unifiedName).map { "+\($0)" }.joined(separator: " ")
        var path = mount
        for name in base.split(separator: "/") {
            if !down.isEmpty { try HostFile.write(down, to: "\(path)/cgroup.subtree_control") }
            path += "/\(name)"
            try HostFile.makeDirectories(path)
        }
        if !down.isEmpty { try HostFile.write(down, to: "\(path)/cgroup.subtree_control") }
        try HostFile.makeDirectories("\(path)/\(wardens)")
        return try GroupBase(path: path, dialect: .v2, controllers: controllers)
    }

    private static func makeLegacy(_ base: String, _ mounts: [CgroupHierarchy.LegacyMount]) throws(KernelError) -> [GroupBase] {
        var bases: [GroupBase] = []
        for mount in mounts {
            try HostFile.makeDirectories("\(mount.path)/\(base)")
            bases.append(try GroupBase(path: "\(mount.path)/\(base)", dialect: .v1, controllers: mount.controllers))
        }
        return bases
    }

    func guardDevices(of group: borrowing Directory) throws(KernelError) { try deviceFilter.filter?.attach(to: group) }

    /// The bases that limit or account for something, each controller once.
    func base(for controller: Controller) -> GroupBase? {
        legacy.first { $0.controllers.contains(controller) } ?? (unified.controllers.contains(controller) ? unified : nil)
    }

    /// The VPSes that have a group in any of the trees.
    package func list() throws(CgroupError) -> [VPSID] {
        try wrapped { () throws(KernelError) in
            var found: Set<VPSID> = []
            for base in [unified] + legacy {
                for entry in try base.groups() {
                    if let id = entry.name.flatMap(VPSID.init) { found.insert(id) }
                }
            }
            return found.sorted { $0.text < $1.text }
        }
    }

    /// Removes the base itself, from every tree. No VPS and no warden may be left. Already gone is success.
    package func tearDown() throws(CgroupError) {
        let left = try list()
        guard left.isEmpty else { throw .notEmpty(left) }
        try wrapped { () throws(KernelError) in
            try unified.directory.remove(Self.wardens, isDirectory: true)
            for base in [unified] + legacy { try HostFile.remove(base.path, isDirectory: true) }
        }
    }
}
