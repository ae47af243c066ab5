internal import Logging
internal import NodeModel

extension Engine {
    /// Under its lock. A failure is logged, kept and published, and thrown.
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

    /// Its end is heard of from now on.
    func guardOver(_ id: VPSID, _ link: consuming WardenLink, wardenPid: Int32?) throws {
        let instance = board.begin(id, wardenPid: wardenPid)
        try monitor.watch(id, instance: instance, link.keepSocket())
    }
}
