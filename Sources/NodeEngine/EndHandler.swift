internal import Foundation
internal import Kernel
internal import Logging
internal import NodeModel
internal import Synchronization

/// What happens when a guest ends and no verb of ours ended it.
final class EndHandler: Sendable {
    private let engine = Mutex<Weak>(Weak())

    private struct Weak: Sendable { weak var engine: Engine? }

    func connect(_ engine: Engine) { self.engine.withLock { $0.engine = engine } }

    func handle(_ id: VPSID, _ instance: UInt64) {
        guard let engine = engine.withLock({ $0.engine }) else { return }
        do { try engine.guestEnded(id, instance) } catch { engine.log.error("after its end: \(error)", metadata: ["vps": "\(id)"]) }
    }
}

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
            let words = (try? HostFile.readText(host.layout.exitRecord(id))) ?? ""  // no record: unknown
            let ending = Ending(record: words)
            log.info("the guest ended: \(ending)", metadata: ["vps": "\(id)"])
            // What it means is kept before what tells of it is taken away.
            again = try settle(&record, ending, lastWords: LastWords.line(ofRecord: words))
            try Stopper(host: host).clear(id)
            try HostFile.remove(host.layout.exitRecord(id))
            if !again { publish(id, record) }
            pause = guarded.startedAt.duration(to: .now) < Self.quickRestartPause
        }
        guard again else { return }
        if pause { Thread.sleep(forTimeInterval: 3) }
        try startAgain(id)
    }

    /// Notes what an ending means in the record. True: it is to be started again.
    func settle(_ record: inout Record, _ ending: Ending, lastWords: String?) throws -> Bool {
        switch ending.consequence {
        case .startAgain: return record.specification.power == .running && !record.removing
        case .stop where record.specification.power == .stopped: return false  // as it was asked to be
        case .stop(_, let failed):
            record.haltedByGuest = true
            record.failure = failed ? ending.explanation(lastWords: lastWords) : nil
            try records.save(record)
            return false
        }
    }

    func startAgain(_ id: VPSID) throws {
        try exclusively(id) {
            guard var record = try records.load(id), record.specification.power == .running, !record.removing, !record.haltedByGuest, try !isRunning(id) else { return }
            try? start(&record)  // logged, recorded and published by `start`
        }
    }
}
