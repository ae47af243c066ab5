package import Domain
internal import GRDB
package import NodeModel

extension Store {
    /// Records what the node sees. `whole`: it is what the node has, and not a change that may have been overtaken.
    /// Returns the VPSes about which there is now something to do, and the ids that are nobody's.
    package func record(_ observations: [Observation], whole: Bool, by author: Author) async throws -> (work: [VPSID], strays: [VPSID]) {
        let (changes, strays) = try await pool.read { db in try Self.changes(observations, whole, db) }
        guard !changes.isEmpty else { return ([], strays) }
        return try await pool.write { [now] db in
            var work: [VPSID] = []
            for observation in observations {
                guard let record = try VPSRecord.with(observation.id, db), case .changed(let change) = Seen.of(observation, in: record, whole: whole) else { continue }
                try db.apply(change, to: record, by: author, at: now())
                if change.observedGeneration < change.generation { work.append(record.id) }
            }
            return (work, strays)
        }
    }

    /// After the node listed all that it has: of those that it once had and did not list, nothing is known. They are
    /// not made again: a new disk would be empty.
    package func recordAbsence(node: String, except present: Set<VPSID>, by author: Author) async throws {
        try await pool.write { [now] db in
            for record in try VPSRecord.all(db, "n.name = ? AND v.phase = 'live' AND v.observed_generation > 0", [node]) where !present.contains(record.id) && record.observedState != .unknown {
                try db.execute(cached: "UPDATE vpses SET missing = 1, observed_state = 'unknown', init_pid = NULL, reason = 'the node does not have it' WHERE id = ?", arguments: [record.id.text])
                try db.recordEvent("vps.missing", record.subject, by: author, at: now(), "the node does not have it", before: record, after: try VPSRecord.with(record.id, db))
            }
        }
    }

    private static func changes(_ observations: [Observation], _ whole: Bool, _ db: Database) throws -> (changed: [VPSID], strays: [VPSID]) {
        var changed: [VPSID] = []
        var strays: [VPSID] = []
        for observation in observations {
            guard let record = try VPSRecord.with(observation.id, db) else {
                strays.append(observation.id)
                continue
            }
            if Seen.of(observation, in: record, whole: whole) != .nothing { changed.append(observation.id) }
        }
        return (changed, strays)
    }
}

extension Database {
    func apply(_ change: Seen.Change, to record: VPSRecord, by author: Author, at: Int64) throws {
        try execute(
            cached: """
                UPDATE vpses SET observed_state = ?, generation = ?, observed_generation = ?, desired_power = ?, init_pid = ?, reason = ?, halted_by_guest = ?, missing = 0 WHERE id = ?
                """,
            arguments: [
                change.state.rawValue, change.generation, change.observedGeneration, change.desired.rawValue, change.initPid, change.reason, change.haltedByGuest,
                record.id.text,
            ])
        if let event = change.event { try recordEvent(event, record.subject, by: author, at: at, change.reason ?? "", before: record, after: try VPSRecord.with(record.id, self)) }
    }
}
