package import Domain
internal import GRDB
internal import NodeModel

extension Store {
    /// Already finished: nothing changes.
    package func failOperation(_ id: String, _ failure: OperationRecord.Failure, by author: Author) async throws {
        try await pool.write { [now] db in
            let operation = try OperationRecord.with(id, db)
            guard operation.status == .pending else { return }
            try db.fail(operation, failure, by: author, at: now())
        }
    }

    /// What a creation would have made is to be removed. False: it has ended meanwhile.
    package func cancelOperation(_ id: String, _ failure: OperationRecord.Failure, by author: Author) async throws -> Bool {
        try await committed { [now] db, _ in
            let operation = try OperationRecord.with(id, db)
            guard operation.status == .pending else { return false }
            if let vps = operation.vpsID { try db.abandon(vps, operation: id, failure, by: author, at: now()) } else { try db.fail(operation, failure, by: author, at: now()) }
            return true
        }
    }
}

extension Database {
    fileprivate func fail(_ operation: OperationRecord, _ failure: OperationRecord.Failure, by author: Author, at now: Int64) throws {
        try endOperation(operation.id, failure: failure, message: failure.detail, at: now)
        try recordEvent("\(operation.kind.rawValue).failed", operation.subject, by: author, at: now, failure.detail)
    }

    func beginOperation(_ id: String, _ kind: OperationRecord.Kind, subject: String, vps: VPSID?, graceSeconds: Int, at: Int64) throws -> OperationRecord {
        try execute(
            cached: "INSERT INTO operations (id, kind, subject, vps_id, grace_seconds, status, created_at) VALUES (?, ?, ?, ?, ?, 'pending', ?)",
            arguments: [id, kind.rawValue, subject, vps?.text, graceSeconds, at])
        return try OperationRecord.with(id, self)
    }

    func endOperation(_ id: String, failure: OperationRecord.Failure?, message: String, at: Int64) throws {
        try execute(
            cached: "UPDATE operations SET status = ?, message = ?, error_code = ?, error_detail = ?, finished_at = ? WHERE id = ? AND status = 'pending'",
            arguments: [failure == nil ? "succeeded" : "failed", message, failure?.code, failure?.detail, at, id])
    }
}
