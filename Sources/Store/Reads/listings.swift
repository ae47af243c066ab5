package import Domain
internal import GRDB
package import NodeModel

extension Store {
    package func plans() async throws -> [PlanRecord] { try await pool.read { db in try PlanRecord.fetchAll(db, cached: "SELECT * FROM plans ORDER BY name") } }

    /// Throws `Refusal.notFound`.
    package func plan(_ name: Name) async throws -> PlanRecord { try await pool.read { db in try PlanRecord.named(name, db) } }

    package func templates() async throws -> [TemplateObservation] { try await pool.read { db in try TemplateObservation.fetchAll(db, cached: "SELECT * FROM templates ORDER BY name") } }

    /// Throws `Refusal.notFound`.
    package func template(_ name: Name) async throws -> TemplateObservation { try await pool.read { db in try TemplateObservation.named(name, db) } }

    /// Each node, and what of it is given out.
    package func nodes() async throws -> [(NodeRecord, Quantities)] {
        try await pool.read { db in try NodeRecord.fetchAll(db, cached: "SELECT * FROM nodes ORDER BY name").map { ($0, try Usage.ofNode($0.id, db)) } }
    }

    package func leases() async throws -> [LeaseRecord] {
        try await pool.read { db in
            try LeaseRecord.fetchAll(
                db,
                cached: """
                    SELECT l.*, t.name AS tenant, v.name AS vps FROM address_leases l JOIN vpses v ON v.id = l.vps_id JOIN tenants t ON t.id = v.tenant_id
                    ORDER BY l.leased_at, l.address
                    """)
        }
    }

    /// Who had an address as it was leased, the newest first. `at`: nil for all of the time.
    package func holdings(of address: String, at: Int64?) async throws -> [HoldingRecord] {
        try await pool.read { db in
            try HoldingRecord.fetchAll(
                db,
                cached: """
                    SELECT * FROM address_holdings WHERE address = ?1 AND (?2 IS NULL OR leased_at <= ?2 AND coalesce(released_at > ?2, 1))
                    ORDER BY leased_at DESC, address, vps_id
                    """, arguments: [address, at])
        }
    }

    /// The newest first; with `after` the oldest.
    package func events(_ filter: EventFilter = EventFilter(), limit: Int) async throws -> [EventRecord] {
        try await pool.read { db in
            let (condition, arguments) = Self.condition([("subject = ?", filter.subject), ("kind = ?", filter.kind), ("actor = ?", filter.actor), ("id < ?", filter.before), ("id > ?", filter.after)])
            let owned = try filter.owned?.events(db) ?? (sql: "1", arguments: [])
            // What came after is few; by subject it would be looked for in all that ever was.
            return try EventRecord.fetchAll(db, cached: "SELECT * FROM events \(filter.after == nil ? "" : "NOT INDEXED ")WHERE \(condition) AND \(owned.sql) ORDER BY id \(filter.after == nil ? "DESC" : "ASC") LIMIT ?", arguments: arguments + owned.arguments + [limit])
        }
    }

    /// 0: there is none.
    package func newestEvent() async throws -> Int64 { try await pool.read { db in try EventRecord.newest(db) } }

    /// Of tenants, of operations under way (by the indexes of those alone), and of events.
    package func counts() async throws -> (tenants: Int, pending: Int, events: Int64) {
        try await pool.read { db in
            let ofVPSes = try Int.fetchOne(db, cached: "SELECT count(*) FROM operations WHERE status = 'pending' AND vps_id IS NOT NULL") ?? 0
            let ofTemplates = try Int.fetchOne(db, cached: "SELECT count(*) FROM operations WHERE status = 'pending' AND vps_id IS NULL") ?? 0
            return (
                try Int.fetchOne(db, cached: "SELECT count(*) FROM tenants") ?? 0, ofVPSes + ofTemplates,
                try EventRecord.newest(db)
            )
        }
    }

    /// SQLite's own verdict on the file: "ok", or what is wrong.
    package func integrity() async throws -> String { try await pool.read { db in try String.fetchOne(db, cached: "PRAGMA quick_check(1)") ?? "no verdict" } }
}

extension EventRecord {
    static func newest(_ db: Database) throws -> Int64 { try Int64.fetchOne(db, cached: "SELECT max(id) FROM events") ?? 0 }
}

extension PlanRecord {
    static func named(_ name: Name, _ db: Database) throws -> PlanRecord {
        guard let record = try PlanRecord.fetchOne(db, cached: "SELECT * FROM plans WHERE name = ?", arguments: [name.text]) else { throw Refusal.notFound(.plan, name.text) }
        return record
    }
}

extension TemplateObservation {
    static func named(_ name: Name, _ db: Database) throws -> TemplateObservation {
        guard let record = try TemplateObservation.fetchOne(db, cached: "SELECT * FROM templates WHERE name = ?", arguments: [name.text]) else { throw Refusal.notFound(.template, name.text) }
        return record
    }
}

extension NodeRecord {
    static func named(_ name: String, _ db: Database) throws -> NodeRecord {
        guard let record = try NodeRecord.fetchOne(db, cached: "SELECT * FROM nodes WHERE name = ?", arguments: [name]) else { throw Refusal.notFound(.node, name) }
        return record
    }
}
