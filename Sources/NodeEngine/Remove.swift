internal import Kernel
package import NodeModel

extension Engine {
    /// A VPS and all that belongs to it. Already gone is success.
    package func remove(_ id: VPSID) throws { try exclusively(id) { try takeAway(id) } }

    /// Under its lock. That it is going is noted first, so that a removal which is interrupted is finished at the next start.
    func takeAway(_ id: VPSID) throws {
        switch try records.find(id) {
        case .readable(var record):
            if !record.removing { try noteRemoval(&record) }
            try? stop(record, graceSeconds: 0)  // what is left of it fails again below, where it matters
        case .unreadable: try? Stopper(host: host).stop(id, graceSeconds: 0, shutdownSignal: 9)  // likewise
        case .absent: break
        }
        try Stopper(host: host).clear(id)
        try? HostFile.remove(host.layout.exitRecord(id))  // under /run; gone with the next boot
        try host.removeDisk(id)
        try records.delete(id)
        claims.release(id)
        if let pid = board.end(id)?.wardenPid { WardenHandle(pid: pid).wait() }
    }

    private func noteRemoval(_ record: inout Record) throws {
        record.removing = true
        try saveIfThereIsRoom(record, "its removal")
    }
}
