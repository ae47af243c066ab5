package import Domain
internal import GRDB
package import NodeModel

extension Store {
    /// `vps`: nil for all that is the tenant's. For a reason that is there already the words change. Returns the VPSes about which there is now something to do.
    package func suspend(_ tenant: Name, vps: Name?, _ reason: SuspensionReason, _ remark: Remark, by author: Author) async throws -> [VPSID] {
        try await committed { [now, terms = WriteTerms.current] db in
            let subject = try Suspended(tenant, vps, db)
            try subject.check(terms, db)
            return try subject.changingPower(db) {
                let before = try subject.audited(db)
                try db.execute(
                    cached: "INSERT INTO suspensions (tenant_id, vps_id, reason, detail, since) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET detail = excluded.detail",
                    arguments: [subject.tenantID, subject.vpsID, reason.rawValue, remark.text, now()])
                try db.recordEvent("\(subject.noun).suspended", subject.name, by: author, at: now(), remark.text.isEmpty ? reason.rawValue : "\(reason.rawValue): \(remark)", before: before, after: try subject.audited(db))
            }
        }
    }

    /// Lifts one reason; the others stay. One that is not there is lifted already.
    package func unsuspend(_ tenant: Name, vps: Name?, _ reason: SuspensionReason, by author: Author) async throws -> [VPSID] {
        try await committed { [now, terms = WriteTerms.current] db in
            let subject = try Suspended(tenant, vps, db)
            try subject.check(terms, db)
            return try subject.changingPower(db) {
                let before = try subject.audited(db)
                try db.execute(cached: "DELETE FROM suspensions WHERE tenant_id = ? AND vps_id IS ? AND reason = ?", arguments: [subject.tenantID, subject.vpsID, reason.rawValue])
                guard db.changesCount > 0 else { return }
                try db.recordEvent("\(subject.noun).unsuspended", subject.name, by: author, at: now(), reason.rawValue, before: before, after: try subject.audited(db))
            }
        }
    }
}

/// What is suspended: a tenant, or one VPS.
private struct Suspended {
    private let tenant: Name
    let tenantID: Int64
    let vpsID: String?
    let noun: String
    let name: String

    init(_ tenant: Name, _ vps: Name?, _ db: Database) throws {
        self.tenant = tenant
        tenantID = try TenantRecord.named(tenant, db).id
        vpsID = try vps.map { try VPSRecord.named(tenant, $0, db).id.text }
        noun = vps == nil ? "tenant" : "vps"
        name = vps.map { "\(tenant)/\($0)" } ?? tenant.text
    }

    /// Those that are to run, or not to run, where it was otherwise before `change` get a new generation.
    func changingPower(_ db: Database, _ change: () throws -> Void) throws -> [VPSID] {
        let before = try vpses(db)
        try change()
        return try zip(before, try vpses(db)).filter { $0.power != $1.power }.map { _, record in
            try db.execute(cached: "UPDATE vpses SET generation = generation + 1 WHERE id = ?", arguments: [record.id.text])
            return record.id
        }
    }

    func check(_ terms: WriteTerms, _ db: Database) throws { if let record = try audited(db) { try terms.check(record, name) } }

    func audited(_ db: Database) throws -> (any Audited)? {
        guard let vpsID else { return try TenantRecord.named(tenant, db).complete(db) }
        return try VPSID(vpsID).flatMap { try VPSRecord.with($0, db) }
    }

    private func vpses(_ db: Database) throws -> [VPSRecord] { try VPSRecord.all(db, "v.tenant_id = ? AND v.id = coalesce(?, v.id) AND v.phase = 'live'", [tenantID, vpsID]) }
}
