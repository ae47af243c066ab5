internal import Foundation
internal import Kernel
internal import Logging
internal import NodeModel

/// What happens when a guest ends and no verb of ours ended it.
extension Engine {
    /// A guest that ends sooner than this after its start waits as long before it is started again.
    private static let quickRestartPause = Duration.seconds(3)

    func guestEnded(_ id: VPSID, _ instance: UInt64) throws {
        var again = false
        var pause = false
        try exclusively(id) {
            guard let guarded = board.guarded(id), guarded.instance == instance else { return }  // a verb ended it
            if let pid = board.end(id)?.wardenPid { WardenHandle(pid: pid).wait() }
            var record = try existing(id)
            let end = exitRecord(id)
            log.info("the guest ended: \(end.ending)", metadata: ["vps": "\(id)"])
            let decision = EndDecision.decide(end.ending, record, lastWords: end.lastWords)
            // What it means is kept before what tells of it is taken away.
            try note(decision, in: &record)
            try clearEnd(id)
            again = decision == .startAgain
            if !again { publish(id, record) }
            pause = guarded.startedAt.duration(to: .now) < Self.quickRestartPause
        }
        guard again else { return }
        if pause { Thread.sleep(forTimeInterval: 3) }
        try exclusively(id) { try startIfWanted(id) }
    }

    /// How its guest ended, as its warden wrote it; unknown where there is nothing: the warden died, or the host did.
    func exitRecord(_ id: VPSID) -> (ending: Ending, lastWords: String?) {
        let words = (try? HostFile.readText(host.layout.exitRecord(id))) ?? ""  // as the comment above says
        return (Ending(record: words), LastWords.line(ofRecord: words))
    }

    func note(_ decision: EndDecision, in record: inout Record) throws {
        guard case .halted(let failure) = decision else { return }
        record.haltedByGuest = true
        record.failure = failure
        try records.save(record)
    }

    func clearEnd(_ id: VPSID) throws {
        try Stopper(host: host).clear(id)
        try HostFile.remove(host.layout.exitRecord(id))
    }

    /// Under its lock; what is asked of it may have changed since it ended.
    func startIfWanted(_ id: VPSID) throws {
        guard var record = try records.load(id), !record.removing else { return }
        guard PowerDecision.decide(wanted: record.specification.power, isRunning: try isRunning(id), haltedByGuest: record.haltedByGuest) == .start else { return }
        try? start(&record)  // logged, recorded and published by `start`
    }
}
