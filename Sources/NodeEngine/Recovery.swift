internal import Foundation
internal import Kernel
internal import Logging
internal import NodeModel

/// What a node does when it starts: adopts what runs, then, while it answers requests already, finishes or undoes what was
/// begun, takes away what nobody owns, and starts what should run.
extension Engine {
    package func recover() {
        let ids = records.ids()
        var others: [VPSID] = []
        for id in ids {
            do { if try !adopt(id) { others.append(id) } } catch { log.error("left as it is: \(error)", metadata: ["vps": "\(id)"]) }
        }
        let (known, rest) = (Set(ids), others)
        Thread.detachNewThread {
            for stray in self.host.strays(known) { self.sweep(stray) }
            self.settleAll(rest)
        }
    }

    /// False: it does not run. Its end is watched for before anything else can fail.
    private func adopt(_ id: VPSID) throws -> Bool {
        guard let link = try WardenLink.connect(to: host.layout.socket(id)) else { return false }
        try guardOver(id, link, wardenPid: nil)
        if let record = try records.load(id) {
            try host.readmitNetwork(record.specification)
            try host.makeCgroups(record.specification)
        }
        log.info("adopted", metadata: ["vps": "\(id)"])
        return true
    }

    /// What does not run: a removal is finished, an end that nobody saw is noted, leftovers go, and what should run is started.
    private func settle(_ id: VPSID) throws {
        let begun = try exclusively(id) { () -> Record? in
            guard try !isRunning(id) else { return nil }  // a verb has started it meanwhile
            guard let record = try records.load(id) else {
                guard try !host.hasDisk(id) else { throw NodeProblem(.failed, "a disk without a record: left as it is; put its specification again, or remove it") }
                return nil
            }
            return record
        }
        guard var record = begun else {
            if try records.load(id) == nil { try remove(id) }  // an empty directory: a creation that never was, or a removal nearly done
            return
        }
        if record.removing { return try remove(id) }
        try exclusively(id) {
            let words = (try? HostFile.readText(host.layout.exitRecord(id))) ?? ""  // none after a reboot of the host
            let ending = Ending(record: words)
            if ending != .unknown, !record.haltedByGuest { _ = try settle(&record, ending, lastWords: LastWords.line(ofRecord: words)) }
            guard try !isRunning(id) else { return }
            try Stopper(host: host).clear(id)
            try HostFile.remove(host.layout.exitRecord(id))
        }
        try startAgain(id)
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
    private func settleAll(_ ids: [VPSID]) {
        let lanes = 4
        let errands = (0..<lanes).map { lane in
            Errand {
                for id in ids.enumerated().filter({ $0.offset % lanes == lane }).map(\.element) {
                    do { try self.settle(id) } catch { self.log.error("left as it is: \(error)", metadata: ["vps": "\(id)"]) }
                }
            }
        }
        for errand in errands { try? errand.wait() }  // it throws nothing
        if !ids.isEmpty { log.info("looked after what did not run", metadata: ["count": "\(ids.count)"]) }
    }
}
