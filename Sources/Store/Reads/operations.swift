package import Domain
internal import GRDB
package import NodeModel

extension Store {
    /// The newest first; with `after` the oldest.
    package func operations(_ filter: OperationFilter = OperationFilter(), limit: Int) async throws -> [OperationRecord] {
        try await pool.read { db in
            let (condition, arguments) = Self.condition([
                ("subject = ?", filter.subject), ("kind = ?", filter.kind), ("status = ?", filter.status?.rawValue), ("number < (SELECT number FROM operations WHERE id = ?)", filter.before),
                ("number > coalesce((SELECT number FROM operations WHERE id = ?), 0)", filter.after),
            ])
            let owned = try filter.owned?.operations(db) ?? (sql: "1", arguments: [])
            return try OperationRecord.fetchAll(db, cached: "SELECT * FROM operations WHERE \(condition) AND \(owned.sql) ORDER BY number \(filter.after == nil ? "DESC" : "ASC") LIMIT ?", arguments: arguments + owned.arguments + [limit])
        }
    }

    /// With the VPS that it is about, if that is there. `owned`: any other is as if it did not exist; nil: whosever it is. Throws `Refusal.notFound`.
    package func operation(_ id: String, owned: Owned? = nil) async throws -> (OperationRecord, VPSRecord?) {
        try await pool.read { db in
            let record = try OperationRecord.with(id, owned: owned, db)
            return (record, try record.vpsID.flatMap { try VPSRecord.with($0, db) })
        }
    }

    /// By name: whether it is the one that has the name now is to be looked at. Nil: there is none.
    package func tenant(ofOperation id: String) async throws -> Name? {
        try await pool.read { db in
            try OperationRecord.fetchOne(db, cached: "SELECT * FROM operations WHERE id = ?", arguments: [id])?.vpsNames?.tenant
        }
    }

    /// What was begun and not finished, oldest first.
    package func pendingOperations() async throws -> [OperationRecord] {
        try await pool.read { db in try OperationRecord.fetchAll(db, cached: "SELECT * FROM operations WHERE status = 'pending' ORDER BY number") }
    }

    /// What is to be done about one VPS: its record and its pending operation, read together.
    package func work(_ id: VPSID) async throws -> (VPSRecord, OperationRecord?)? {
        try await pool.read { db in
            guard let record = try VPSRecord.with(id, db) else { return nil }
            return (record, try OperationRecord.pending(id, db))
        }
    }
}

extension OperationRecord {
    static func with(_ id: String, owned: Owned? = nil, _ db: Database) throws -> OperationRecord {
        let owned = try owned?.operations(db) ?? (sql: "1", arguments: [])
        guard let record = try OperationRecord.fetchOne(db, cached: "SELECT * FROM operations WHERE id = ? AND \(owned.sql)", arguments: [id] + owned.arguments) else { throw Refusal.notFound(.operation, id) }
        return record
    }

    static func pending(_ id: VPSID, _ db: Database) throws -> OperationRecord? {
        try OperationRecord.fetchOne(db, cached: "SELECT * FROM operations WHERE vps_id = ? AND status = 'pending'", arguments: [id.text])
    }
}
