package import Domain
internal import GRDB
package import NodeModel

extension Store {
    /// `vps`: nil for all that is the tenant's, and its tenants'. For a reason that is there already the words change. Returns the VPSes about which there is now something to do.
    package func suspend(_ tenant: Name, vps: Name?, _ reason: SuspensionReason, _ remark: Remark, by author: Author) async throws -> [VPSID] {
        try await committed { [now] db, terms in
            let subject = try Suspended(tenant, vps, terms, db)
            if reason == .reseller, subject.tenant.resellerID == nil { throw Refusal.wrongState("\(tenant) has no reseller") }
            return try subject.changingPower(db) {
                try db.execute(
                    cached: "INSERT INTO suspensions (tenant_id, vps_id, reason, detail, since) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET detail = excluded.detail",
                    arguments: [subject.tenant.id, subject.vps?.id.text, reason.rawValue, remark.text, now()])
                try subject.record("suspended", remark.text.isEmpty ? reason.rawValue : "\(reason.rawValue): \(remark)", by: author, at: now(), db)
            }
        }
    }

    /// Lifts one reason; the others stay. One that is not there is lifted already.
    package func unsuspend(_ tenant: Name, vps: Name?, _ reason: SuspensionReason, by author: Author) async throws -> [VPSID] {
        try await committed { [now] db, terms in
            let subject = try Suspended(tenant, vps, terms, db)
            return try subject.changingPower(db) {
                try db.execute(cached: "DELETE FROM suspensions WHERE tenant_id = ? AND vps_id IS ? AND reason = ?", arguments: [subject.tenant.id, subject.vps?.id.text, reason.rawValue])
                if db.changesCount > 0 { try subject.record("unsuspended", reason.rawValue, by: author, at: now(), db) }
            }
        }
    }
}

/// What is suspended, as it was before: a tenant, or one VPS.
private struct Suspended {
    let tenant: TenantRecord
    let vps: VPSRecord?

    init(_ tenant: Name, _ vps: Name?, _ terms: WriteTerms, _ db: Database) throws {
        self.tenant = try TenantRecord.named(tenant, db).complete(db)
        self.vps = try vps.map { try VPSRecord.named(tenant, $0, db) }
        if let vps = self.vps { try terms.check(vps, vps.subject) } else { try terms.check(self.tenant, tenant.text) }
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

    /// That it is otherwise now.
    func record(_ verb: String, _ detail: String, by author: Author, at now: Int64, _ db: Database) throws {
        if let vps {
            try db.recordEvent("vps.\(verb)", vps.subject, by: author, at: now, detail, before: vps, after: try VPSRecord.with(vps.id, db))
        } else {
            try db.recordEvent("tenant.\(verb)", tenant.name, by: author, at: now, detail, before: tenant, after: try tenant.complete(db))
        }
    }

    private func vpses(_ db: Database) throws -> [VPSRecord] { try VPSRecord.all(db, "(t.id = ?1 OR t.reseller_id = ?1) AND v.id = coalesce(?2, v.id) AND v.phase = 'live'", [tenant.id, vps?.id.text]) }
}
