internal import Foundation
internal import Kernel
internal import Logging
internal import NodeModel

/// What a node does when it starts: adopts what runs, then, while it answers requests already, finishes or undoes what was
/// begun, takes away what nobody owns, and starts what should run.
extension Engine {
    package func recover() {
        let ids = records.ids()
        for id in ids { claimWhatItHas(id) }
        let unsettled = ids.filter { id in
            do { return try adopt(id) != .adopt } catch {
                log.error("looked at again: \(error)", metadata: ["vps": "\(id)"])
                return true
            }
        }
        Thread.detachNewThread {
            for stray in self.host.strays(Set(ids)) { self.sweep(stray) }
            self.settle(unsettled)
        }
    }

    /// What runs is watched for its end before anything else can fail. What is still to be done about others waits until
    /// requests are answered.
    private func adopt(_ id: VPSID) throws -> RecoveryDecision {
        guard let link = try WardenLink.connect(to: host.layout.socket(id)) else { return RecoveryDecision.decide(try facts(id, isRunning: false)) }
        try guardOver(id, link, wardenPid: nil)
        let facts = try facts(id, isRunning: true)
        let decision = RecoveryDecision.decide(facts)
        if case .unreadable(let why) = facts.record { log.error("\(why)", metadata: ["vps": "\(id)"]) }
        if let record = facts.record.record, decision == .adopt {
            try host.readmitNetwork(record.specification)
            try host.makeCgroups(record.specification)
        }
        if decision == .adopt { log.info("adopted", metadata: ["vps": "\(id)"]) }
        return decision
    }

    /// Before any request is answered. Of a record that cannot be read nothing is known.
    private func claimWhatItHas(_ id: VPSID) {
        do { if let record = try records.find(id).record { try claim(record.specification, isKept: true) } } catch {
            log.error("it will not be started: \(error)", metadata: ["vps": "\(id)"])
        }
    }

    private func facts(_ id: VPSID, isRunning: Bool) throws -> RecoveryFacts {
        let end = exitRecord(id)
        let record = try records.find(id)
        // Asked only where it decides: the answer takes a look at every disk.
        return RecoveryFacts(isRunning: isRunning, record: record, hasDisk: try record != .absent || host.hasDisk(id), ending: end.ending, lastWords: end.lastWords)
    }

    /// Decided afresh under its lock: a verb may have been at work on it meanwhile.
    private func settle(_ id: VPSID) throws {
        try exclusively(id) {
            let decision = RecoveryDecision.decide(try facts(id, isRunning: try isRunning(id)))
            switch decision {
            case .adopt: if board.guarded(id) == nil { _ = try adopt(id) }  // else a verb has started it meanwhile
            case .leave(let why): log.error("left as it is: \(why)", metadata: ["vps": "\(id)"])
            case .finishRemoval: try takeAway(id)
            case .stayDown(let end):
                var record = try existing(id)
                try note(end, in: &record)
                try clearEnd(id)
                publish(id, record)
            case .start:
                try clearEnd(id)
                try startIfWanted(id)
            }
        }
    }

    /// A few at a time: starting is mostly waiting, and the host has other work.
    private func settle(_ ids: [VPSID]) {
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
