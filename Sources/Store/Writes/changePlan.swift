package import Domain
internal import GRDB

extension Store {
    package func createPlan(_ name: Name, _ terms: PlanTerms, by author: Author) async throws -> PlanRecord {
        try await written { [now] db, _ in
            if try PlanRecord.fetchOne(db, cached: "SELECT * FROM plans WHERE name = ?", arguments: [name.text]) != nil { throw Refusal.nameTaken(.plan, name.text) }
            try db.execute(
                cached: """
                    INSERT INTO plans (name, cpu_millicores, memory_bytes, swap_bytes, disk_bytes, processes, nesting, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [name.text, terms.cpuMillicores, terms.memoryBytes, terms.swapBytes, terms.diskBytes, terms.processes, terms.nesting, now()])
            let plan = try PlanRecord.named(name, db)
            try db.recordEvent("plan.created", name.text, by: author, at: now(), after: plan)
            return (plan, nil)
        }
    }

    /// Refused while a VPS is of it.
    package func deletePlan(_ name: Name, by author: Author) async throws {
        try await committed { [now] db, terms in
            let plan = try PlanRecord.named(name, db)
            try terms.check(plan, name.text)
            let count = try Int64.fetchOne(db, cached: "SELECT count(*) FROM vpses WHERE plan_id = ?", arguments: [plan.id]) ?? 0
            guard count == 0 else { throw Refusal.inUse(.plan, name.text, by: "\(count) VPSes") }
            try db.execute(cached: "DELETE FROM plans WHERE id = ?", arguments: [plan.id])
            try db.recordEvent("plan.deleted", name.text, by: author, at: now(), before: plan)
        }
    }
}
