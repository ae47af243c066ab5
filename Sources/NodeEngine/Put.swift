internal import Logging
package import NodeModel

extension Engine {
    /// Makes a VPS what its specification says: accepted and kept first, then its disk, then its power.
    package func put(_ specification: VPSSpecification, graceSeconds: Int) throws -> Observation {
        try exclusively(specification.id) {
            var record = try accept(specification)
            switch PowerDecision.decide(wanted: specification.power, isRunning: try isRunning(specification.id), haltedByGuest: record.haltedByGuest) {
            case .start: try start(&record)
            case .setLimits: try host.makeCgroups(specification)
            case .stop: try stop(record, graceSeconds: graceSeconds)
            case .nothing: break
            }
            return try observe(specification.id, record)
        }
    }

    /// Its record and its disk are there afterwards. Of one that was not there before nothing stays when its disk cannot be made.
    private func accept(_ specification: VPSSpecification) throws -> Record {
        let found = try records.find(specification.id)
        if case .unreadable(let why) = found { log.warning("replaced: \(why)", metadata: ["vps": "\(specification.id)"]) }
        let acceptance = try Acceptance.decide(found.record, specification) { try host.guestTemplate(specification) }
        do {
            if acceptance.isNews {
                try claim(specification, isKept: found.record != nil)
                try records.save(acceptance.record, durable: found != .absent)
            }
            try host.makeDisk(specification)  // leaves nothing when it fails, and what was there as it was
        } catch {
            if found == .absent {
                try? records.delete(specification.id)  // the first error counts
                claims.release(specification.id)
            }
            throw error
        }
        return acceptance.record
    }
}
