internal import Logging
internal import NodeModel

extension Engine {
    /// Under its lock.
    func stop(_ record: Record, graceSeconds: Int) throws {
        let id = record.specification.id
        begin(id, .stopping)
        defer {
            board.setUnderway(id, nil)
            publish(id, record)
        }
        try Stopper(host: host).stop(id, graceSeconds: graceSeconds, shutdownSignal: record.guest.shutdownSignal)
        // Only now is its end ours: had the stop failed, it would be the monitor's to notice.
        if let pid = board.end(id)?.wardenPid { WardenHandle(pid: pid).wait() }
        log.info("stopped", metadata: ["vps": "\(id)"])
    }
}
