internal import NodeModel

/// Where things are on a node, each name made from a VPS's id and nothing else.
package struct Layout: Sendable, Equatable {
    package var pool: String
    package var poolFile: String
    package var poolBytes: Int64
    package var runtime: String
    package var recipes: String
    package var wardenProgram: String
    package var cgroup: String
    package var interfacePrefix: String
    package var table: String
    package var idBase: UInt32
    package var ipv4Pools: [String]
    package var ipv6Pools: [String]

    package init(
        pool: String, poolFile: String, poolBytes: Int64, runtime: String, recipes: String, wardenProgram: String, cgroup: String,
        interfacePrefix: String, table: String, idBase: UInt32, ipv4Pools: [String], ipv6Pools: [String]
    ) {
        self.pool = pool
        self.poolFile = poolFile
        self.poolBytes = poolBytes
        self.runtime = runtime
        self.recipes = recipes
        self.wardenProgram = wardenProgram
        self.cgroup = cgroup
        self.interfacePrefix = interfacePrefix
        self.table = table
        self.idBase = idBase
        self.ipv4Pools = ipv4Pools
        self.ipv6Pools = ipv6Pools
    }

    /// Beside the pool: in it, it would keep it from being closed.
    var poolLock: String { "\(pool).lock" }
    var wardens: String { "\(runtime)/wardens" }
    /// What the host's settings were before this node. Beside those of other nodes on the host.
    var settingsRecord: String { "/run/roost.settings/\(runtime.split(separator: "/").joined(separator: "_"))" }
    func socket(_ id: VPSID) -> String { "\(wardens)/\(id).sock" }
    func exitRecord(_ id: VPSID) -> String { "\(wardens)/\(id).exit" }

    /// Slot 0 of the range of ids is the wardens': the warden of the VPS in slot n runs as user idBase + n.
    func wardenUser(idBase guestBase: UInt32) -> UInt32 { idBase + (guestBase - idBase) / VPSSpecification.idCount }
}
