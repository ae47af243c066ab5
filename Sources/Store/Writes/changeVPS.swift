package import Domain
internal import GRDB
internal import NodeModel

extension Store {
    /// Begins a start, stop or restart. The same verb under way already is joined; another is refused. The generation goes up
    /// unless the VPS is seen to be so already, or only restarts.
    package func changePower(tenant: Name, name: Name, _ kind: OperationRecord.Kind, graceSeconds: Int, operation: String, by author: Author) async throws -> (VPSRecord, OperationRecord) {
        try await written { [now, terms = WriteTerms.current] db in
            let record = try VPSRecord.named(tenant, name, db)
            try terms.check(record, record.subject)
            guard record.phase == .live else { throw Refusal.wrongState("\(record.subject) is being deleted") }
            guard kind == .stop || record.suspensions.isEmpty else { throw Refusal.suspended(record.subject, record.suspensions.map(\.reason)) }
            if let pending = try OperationRecord.pending(record.id, db) { return ((record, try pending.joined(by: kind)), pending.id) }
            if kind == .restart {
                guard record.desired == .running else { throw Refusal.wrongState("\(record.subject) is stopped; start it") }
            } else {
                try db.desire(kind == .start ? .running : .stopped, of: record)
            }
            let begun = try db.beginOperation(operation, kind, subject: record.subject, vps: record.id, graceSeconds: graceSeconds, at: now())
            let changed = try VPSRecord.with(record.id, db) ?? record
            try db.recordEvent("\(kind.rawValue).requested", record.subject, by: author, at: now(), before: record, after: changed)
            return ((changed, begun), begun.id)
        }
    }

    /// Begins a deletion: from here on the VPS only goes. Its addresses, ids and quota are free when the node says that it is gone.
    package func requestDeletion(tenant: Name, name: Name, operation: String, by author: Author) async throws -> (VPSRecord, OperationRecord) {
        try await changed { [now, terms = WriteTerms.current] db in
            let record = try VPSRecord.named(tenant, name, db)
            try terms.check(record, record.subject)
            if let pending = try OperationRecord.pending(record.id, db) { return (record, try pending.joined(by: .delete)) }
            try db.execute(cached: "UPDATE vpses SET phase = 'deleting' WHERE id = ?", arguments: [record.id.text])
            let begun = try db.beginOperation(operation, .delete, subject: record.subject, vps: record.id, graceSeconds: 0, at: now())
            let changed = try VPSRecord.with(record.id, db) ?? record
            try db.recordEvent("vps.delete.requested", record.subject, by: author, at: now(), "id=\(record.id)", before: record, after: changed)
            return (changed, begun)
        }
    }
}

extension OperationRecord {
    fileprivate func joined(by kind: Kind) throws -> OperationRecord {
        guard self.kind == kind else { throw Refusal.busy(operation: id, kind: self.kind.rawValue) }
        return self
    }
}

extension Database {
    func desire(_ power: VPSSpecification.Power, of record: VPSRecord) throws {
        if record.desired == power, record.isSettled { return }
        try execute(cached: "UPDATE vpses SET desired_power = ?, generation = generation + 1 WHERE id = ?", arguments: [power.rawValue, record.id.text])
    }
}
