internal import Foundation
internal import Kernel
package import Logging
package import NodeModel

/// The node's verbs. Each looks at the kernel afresh, does what is missing, and can be repeated.
package final class Engine: Sendable {
    let host: Host
    let records: RecordStore
    let board = Board()
    let log: Logger
    private let locks = KeyedLocks()
    private let monitor: Monitor

    package init(_ host: Host, log: Logger) throws {
        self.host = host
        self.log = log
        records = RecordStore(pool: host.layout.pool)
        let ended = EndHandler()
        monitor = try Monitor { id, instance in ended.handle(id, instance) }
        ended.connect(self)
        monitor.start()
    }

    // MARK: Verbs

    package func put(_ specification: VPSSpecification, graceSeconds: Int) throws -> Observation {
        if specification.power == .running { host.hastenAttachment() }
        return try exclusively(specification.id) {
            let known = try records.load(specification.id)
            let acceptance = try Acceptance.decide(known, specification) { try host.guestTemplate(specification) }
            var record = acceptance.record
            if acceptance.isNews { try records.save(record, durable: known != nil) }
            do { try host.makeDisk(specification) } catch {
                if known == nil {  // nothing was there before: nothing stays; the first error counts
                    try? host.removeDisk(specification.id)
                    try? records.delete(specification.id)
                }
                throw error
            }
            let running = try isRunning(specification.id)
            switch (specification.power, running) {
            case (.running, false) where !record.haltedByGuest: try start(&record)
            case (.running, true): try host.makeCgroups(specification)  // always: an interrupted change of limits is finished
            case (.stopped, true): try stop(record, graceSeconds: graceSeconds)
            default: break
            }
            return try observe(specification.id, record)
        }
    }

    package func restart(_ id: VPSID, graceSeconds: Int) throws -> Observation {
        try exclusively(id) {
            var record = try existing(id)
            let wasRunning = try isRunning(id)
            // One that should run and does not is what an interrupted restart leaves.
            guard wasRunning || (record.specification.power == .running && !record.haltedByGuest) else { throw NodeProblem(.notRunning, "VPS \(id) is not running") }
            if wasRunning { try stop(record, graceSeconds: graceSeconds) }
            try start(&record)
            return try observe(id, record)
        }
    }

    package func remove(_ id: VPSID) throws {
        try exclusively(id) {
            if var record = try records.load(id) {
                if !record.removing {
                    record.removing = true
                    do { try records.save(record) } catch let error as KernelError where error.code == KernelError.noSpace {
                        log.warning("a full pool: the removal is not noted, and goes on", metadata: ["vps": "\(id)"])
                    }
                }
                try? stop(record, graceSeconds: 0)  // what is left of it fails again below, where it matters
            }
            try Stopper(host: host).clear(id)
            try? HostFile.remove(host.layout.exitRecord(id))  // under /run; gone with the next boot
            try host.removeDisk(id)
            try records.delete(id)
            if let pid = board.end(id)?.wardenPid { WardenHandle(pid: pid).wait() }
        }
    }

    package func observe(_ id: VPSID) throws -> Observation { try observe(id, try existing(id)) }

    package func observeAll() -> [Observation] {
        records.ids().map { id in
            do { return try observe(id) } catch { return Observation(id: id, state: .unknown, generation: 0, reason: "\(error)") }
        }
    }

    package func watch(_ watcher: @escaping @Sendable (Observation) -> Void) -> Int { board.watch(watcher) }
    package func unwatch(_ number: Int) { board.unwatch(number) }

    // MARK: Steps of verbs, under the VPS's lock

    func exclusively<Result>(_ id: VPSID, _ body: () throws -> Result) throws -> Result {
        try locks.withLock(id) {
            defer { board.setUnderway(id, nil) }
            return try body()
        }
    }

    func start(_ record: inout Record) throws {
        let id = record.specification.id
        begin(id, .starting)
        do {
            var watch = Stopwatch()
            try Stopper(host: host).clear(id)
            watch.lap("clearing")
            let started = try Starter(host: host, specification: record.specification, template: record.guest).start()
            let laps = started.laps
            try guardOver(id, started.link, wardenPid: started.wardenPid)
            if record.failure != nil || record.haltedByGuest {
                record.failure = nil
                record.haltedByGuest = false
                try records.save(record)
            }
            log.info("started", metadata: ["vps": "\(id)", "ms": "\(watch.text), \(laps.text)"])
        } catch {
            record.failure = "\(error)"
            try? records.save(record)  // the failure is thrown as well
            board.setUnderway(id, nil)
            publish(id, record)
            log.error("start failed: \(error)", metadata: ["vps": "\(id)"])
            throw error as? NodeProblem ?? NodeProblem(.startFailed, "\(error)")
        }
        board.setUnderway(id, nil)
        publish(id, record)
    }

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

    func guardOver(_ id: VPSID, _ link: consuming WardenLink, wardenPid: Int32?) throws {
        let instance = board.begin(id, wardenPid: wardenPid)
        try monitor.watch(id, instance: instance, link.keepSocket())
    }

    func isRunning(_ id: VPSID) throws -> Bool { try WardenLink.connect(to: host.layout.socket(id)) != nil }

    func existing(_ id: VPSID) throws -> Record {
        guard let record = try records.load(id) else { throw NodeProblem(.notFound, "there is no VPS \(id) on this node") }
        return record
    }

    func publish(_ id: VPSID, _ record: Record) {
        do { board.publish(try observe(id, record)) } catch { log.warning("cannot observe: \(error)", metadata: ["vps": "\(id)"]) }
    }

    private func begin(_ id: VPSID, _ state: Observation.State) {
        board.setUnderway(id, state)
        let generation = (try? records.load(id))??.specification.generation ?? 0  // for show: the verb itself decides on the record it has
        board.publish(Observation(id: id, state: state, generation: generation))
    }

    private func observe(_ id: VPSID, _ record: Record) throws -> Observation {
        var observation = Observation(id: id, state: .stopped, generation: record.specification.generation, reason: record.failure, haltedByGuest: record.haltedByGuest)
        if let underway = board.underway(id) {
            observation.state = underway  // its warden may not answer yet, or no more
        } else if let link = try WardenLink.connect(to: host.layout.socket(id)) {
            observation.state = .running
            observation.initPid = link.initPid
            observation.reason = nil
        } else if host.hasProcesses(id) {
            observation.state = .unknown
            observation.reason = "there are processes, but no warden"
        } else if record.failure != nil {
            observation.state = .failed
        }
        return observation
    }
}
