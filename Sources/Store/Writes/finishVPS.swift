package import Domain
internal import GRDB
package import NodeModel

extension Store {
    /// The operation's end together with what the node said.
    package func finish(_ operation: String?, _ observation: Observation, failure: OperationRecord.Failure?, by author: Author) async throws {
        try await pool.write { [now] db in
            if let record = try VPSRecord.with(observation.id, db), record.phase != .abandoned, case .changed(let change) = Seen.of(observation, in: record, whole: true) {
                try db.apply(change, to: record, by: author, at: now())
            }
            guard let operation else { return }
            try db.endOperation(operation, failure: failure, message: failure?.detail ?? observation.reason ?? observation.state.rawValue, at: now())
        }
    }

    /// A creation that failed: the node is to remove what there may be of it; its name is free at once.
    package func abandon(_ id: VPSID, operation: String, _ failure: OperationRecord.Failure, by author: Author) async throws {
        try await pool.write { [now] db in try db.abandon(id, operation: operation, failure, by: author, at: now()) }
    }

    /// The node has nothing of it (any more): the record, its addresses and its ids are free.
    package func forget(_ id: VPSID, operation: String?, failure: OperationRecord.Failure?, by author: Author) async throws {
        try await pool.write { [now] db in
            if let record = try VPSRecord.with(id, db) {
                try db.execute(cached: "UPDATE address_holdings SET released_at = max(leased_at, ?) WHERE vps_id = ? AND released_at IS NULL", arguments: [now(), id.text])
                try db.execute(cached: "DELETE FROM address_leases WHERE vps_id = ?", arguments: [id.text])
                try db.execute(cached: "DELETE FROM vpses WHERE id = ?", arguments: [id.text])
                // Of one that was given up already the failure has been told.
                let told = record.phase == .live ? failure : nil
                let kind = told != nil ? "vps.create.failed" : record.phase == .deleting ? "vps.deleted" : "vps.create.undone"
                try db.recordEvent(kind, record.subject, by: author, at: now(), told?.detail ?? "id=\(id)", before: record)
            }
            if let operation { try db.endOperation(operation, failure: failure, message: failure?.detail ?? "deleted", at: now()) }
        }
    }
}

extension Database {
    func abandon(_ id: VPSID, operation: String, _ failure: OperationRecord.Failure, by author: Author, at now: Int64) throws {
        guard let record = try VPSRecord.with(id, self), record.phase == .live else { return }  // it was given up already
        try execute(cached: "UPDATE vpses SET phase = 'abandoned' WHERE id = ?", arguments: [id.text])
        try endOperation(operation, failure: failure, message: failure.detail, at: now)
        try recordEvent("vps.create.failed", record.subject, by: author, at: now, failure.detail, before: record, after: try VPSRecord.with(id, self))
    }
}
