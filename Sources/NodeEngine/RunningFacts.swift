internal import Cgroups
internal import Disks
internal import Filtering

/// What `doctor` looks at where a node runs, besides its host's facts.
struct RunningFacts: Sendable {
    var swapLimit: SwapLimit
    var deviceGuard: DeviceGuard
    /// Nil: it could not be looked at.
    var firewallIsLoaded: Bool?
    var poolFreeBytes: Int64
    var poolTotalBytes: Int64

    static func read(_ host: Host) throws -> RunningFacts {
        let pool = try host.pool.capacity()
        return RunningFacts(
            swapLimit: host.cgroups.swapLimit, deviceGuard: host.cgroups.deviceGuard, firewallIsLoaded: try? Firewall(host.ruleset.table).isLoaded(),  // nil is a finding
            poolFreeBytes: pool.freeBytes, poolTotalBytes: pool.totalBytes)
    }
}
