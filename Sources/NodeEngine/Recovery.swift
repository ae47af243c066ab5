internal import Foundation
internal import Kernel
internal import Logging
internal import NodeModel

/// What a node does when it starts: adopts what runs, finishes or undoes what was begun, takes away what nobody owns,
/// and starts what should run. It answers requests meanwhile.
extension Engine {
    package func recover() throws {
        let ids = records.ids()
        var toStart: [VPSID] = []
        for id in ids {
            do { if try recover(id) { toStart.append(id) } } catch { log.error("left as it is: \(error)", metadata: ["vps": "\(id)"]) }
        }
        let known = Set(ids)
        for stray in host.strays(known) { sweep(stray) }
        let starting = toStart
        Thread.detachNewThread { self.startAll(starting) }
    }

    /// True: it should run and does not.
    private func recover(_ id: VPSID) throws -> Bool {
        guard var record = try records.load(id) else {
            try remove(id)  // a directory without a record: a creation that never was, or a removal nearly done
            return false
        }
        if record.removing {
            try remove(id)
            return false
        }
        if let link = try WardenLink.connect(to: host.layout.socket(id)) {
            try host.readmitNetwork(record.specification)
            try guardOver(id, link, wardenPid: nil)
            log.info("adopted", metadata: ["vps": "\(id)"])
            return false
        }
        let words = (try? HostFile.readText(host.layout.exitRecord(id))) ?? ""  // none after a reboot of the host
        let ending = Ending(record: words)
        try Stopper(host: host).clear(id)
        try? HostFile.remove(host.layout.exitRecord(id))  // read once; a second reading would only say the same
        guard record.specification.power == .running, !record.haltedByGuest else { return false }
        return ending == .unknown ? true : try settle(&record, ending, lastWords: LastWords.line(ofRecord: words))
    }

    /// What has something on the host and no record. Without a living guest it is a leftover; with one it is a riddle,
    /// and left alone.
    private func sweep(_ id: VPSID) {
        do {
            if try isRunning(id) || host.hasProcesses(id) {
                log.warning("runs here, and there is no record of it: left alone", metadata: ["vps": "\(id)"])
            } else {
                try Stopper(host: host).clear(id)
                log.info("swept away what was left of it", metadata: ["vps": "\(id)"])
            }
        } catch { log.error("not swept away: \(error)", metadata: ["vps": "\(id)"]) }
    }

    /// A few at a time: starting is mostly waiting, and the host has other work.
    private func startAll(_ ids: [VPSID]) {
        let lanes = 4
        let errands = (0..<lanes).map { lane in
            Errand {
                for id in ids.enumerated().filter({ $0.offset % lanes == lane }).map(\.element) {
                    do { try self.startAgain(id) } catch { self.log.error("not started: \(error)", metadata: ["vps": "\(id)"]) }
                }
            }
        }
        for errand in errands { try? errand.wait() }  // it throws nothing
        if !ids.isEmpty { log.info("started what ran before", metadata: ["count": "\(ids.count)"]) }
    }
}
