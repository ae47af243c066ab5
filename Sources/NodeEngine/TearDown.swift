internal import Cgroups
internal import Disks
internal import Filtering
internal import Foundation
internal import Kernel
package import Logging
internal import NodeModel

extension Engine {
    /// Stops every VPS and takes away everything of this node that is on the host, in the order in which each depends on
    /// the next. With `disks`: the pool as well. Nothing there is success.
    package static func tearDown(_ layout: Layout, disks: Bool, log: Logger) throws {
        guard HostFile.exists(layout.poolFile) || HostFile.exists(layout.pool) else { return }
        let host = try Host.open(layout)
        let ids = host.strays([])
        log.info("stopping \(ids.count) VPSes")
        for id in ids { try Stopper(host: host).stop(id, graceSeconds: 0, shutdownSignal: 9) }
        for id in host.strays([]) { host.detachNetwork(id) }
        try Firewall(host.ruleset.table).removeTable()
        try host.cgroups.tearDown()
        try HostSettings.restore(record: layout.settingsRecord)
        try host.pool.close()
        if disks {
            try? FileManager.default.removeItem(atPath: layout.poolFile)  // none: the pool is a directory
            try? FileManager.default.removeItem(atPath: layout.pool)  // seen by whoever looks
            try? FileManager.default.removeItem(atPath: layout.poolLock)  // likewise
        }
        try? FileManager.default.removeItem(atPath: layout.wardens)  // likewise
    }
}
