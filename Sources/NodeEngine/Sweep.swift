internal import Logging
internal import NodeModel

extension Engine {
    /// What has something on the host and no record. Without a living guest it is a leftover; with one it is a riddle,
    /// and left alone.
    func sweep(_ id: VPSID) {
        do {
            try exclusively(id) {
                guard try records.find(id) == .absent else { return }  // made meanwhile
                if try isRunning(id) || host.hasProcesses(id) {
                    log.warning("runs here, and there is no record of it: left alone", metadata: ["vps": "\(id)"])
                } else {
                    try Stopper(host: host).clear(id)
                    log.info("swept away what was left of it", metadata: ["vps": "\(id)"])
                }
            }
        } catch { log.error("not swept away: \(error)", metadata: ["vps": "\(id)"]) }
    }
}
