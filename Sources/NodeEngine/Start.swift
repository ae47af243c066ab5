internal import Logging
internal import NodeModel

extension Engine {
    /// Under its lock. A failure is logged, kept and published, and thrown.
    func start(_ record: inout Record) throws {
        let id = record.specification.id
        begin(id, .starting)
        do {
            try claim(record.specification, isKept: true)  // two records may say the same; one of the two runs
            var watch = Stopwatch()
            try Stopper(host: host).clear(id)
            watch.lap("clearing")
            let started = try Starter(host: host, specification: record.specification, template: record.guest).start()
            let laps = started.laps
            do { try guardOver(id, started.link, wardenPid: started.wardenPid) } catch {
                try? stop(record, graceSeconds: 0)  // unwatched it must not run; the first error counts
                throw error
            }
            try noteStart(in: &record)
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

    /// What was wrong before, or under way, is so no more.
    private func noteStart(in record: inout Record) throws {
        guard record.failure != nil || record.haltedByGuest || record.restart?.isUnderway == true else { return }
        record.failure = nil
        record.haltedByGuest = false
        record.restart?.isUnderway = false
        try saveIfThereIsRoom(record, "its start")
    }

    /// Its end is heard of from now on.
    func guardOver(_ id: VPSID, _ link: consuming WardenLink, wardenPid: Int32?) throws {
        let instance = board.begin(id, wardenPid: wardenPid)
        try monitor.watch(id, instance: instance, link.keepSocket())
    }
}
