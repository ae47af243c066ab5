package import Domain
internal import GRDB
internal import NodeModel

extension Store {
    /// Begins a start, stop or restart. The same verb under way already is joined; another is refused. The generation goes up
    /// unless the VPS is seen to be so already, or only restarts.
    package func changePower(tenant: Name, name: Name, _ kind: OperationRecord.Kind, graceSeconds: Int, operation: String, by author: Author) async throws -> (VPSRecord, OperationRecord) {
        try await written { [now] db, terms in
            let record = try VPSRecord.toChange(tenant, name, terms, despite: kind == .stop ? Set(SuspensionReason.allCases) : [], db)
            try record.refuseDeleting()
            if let pending = try OperationRecord.pending(record.id, db) { return ((record, try pending.joined(by: kind)), pending.id) }
            if kind == .restart {
                guard record.desired == .running else { throw Refusal.wrongState("\(record.subject) is stopped; start it") }
            } else {
                try db.desire(kind == .start ? .running : .stopped, of: record)
            }
            let begun = try db.begin(kind, of: record, graceSeconds: graceSeconds, operation, by: author, at: now())
            return (begun, begun.1.id)
        }
    }

    /// Begins the change to another plan's sizes, of which what grows is admitted as a creation is. The same under way already is joined.
    package func changeVPS(tenant: Name, name: Name, to plan: Name, _ ratios: OvercommitRatios, despite: Set<SuspensionReason>, operation: String, by author: Author) async throws -> (VPSRecord, OperationRecord) {
        try await written { [now] db, terms in
            let record = try VPSRecord.toChange(tenant, name, terms, despite: despite, db)
            try record.refuseDeleting()
            let plan = try PlanRecord.named(plan, db)
            if let pending = try OperationRecord.pending(record.id, db) {
                guard plan.name == record.plan else { throw Refusal.busy(operation: pending.id, kind: pending.kind.rawValue) }
                return ((record, try pending.joined(by: .change)), pending.id)
            }
            let isStopped = record.power == .stopped && record.observedState == .stopped
            if let obstacle = record.terms.obstacle(to: plan.terms, isStopped: isStopped) { throw Refusal.wrongState("\(record.subject): \(obstacle)") }
            let growth = record.terms.growth(to: plan.terms)
            try TenantRecord.named(tenant, db).admit(growth, db)
            try NodeRecord.named(record.node, db).admit(growth, ratios, db)
            try db.execute(
                cached: "UPDATE vpses SET plan_id = ?, cpu_millicores = ?, memory_bytes = ?, swap_bytes = ?, processes = ?, nesting = ?, generation = generation + 1 WHERE id = ?",
                arguments: [plan.id, plan.terms.cpuMillicores, plan.terms.memoryBytes, plan.terms.swapBytes, plan.terms.processes, plan.terms.nesting, record.id.text])
            let begun = try db.begin(.change, of: record, operation, by: author, at: now(), "plan=\(plan.name)")
            return (begun, begun.1.id)
        }
    }

    /// Begins a deletion: from here on the VPS only goes. Its addresses, ids and quota are free when the node says that it is gone.
    /// `despite`: suspensions for these reasons do not keep it.
    package func requestDeletion(tenant: Name, name: Name, despite: Set<SuspensionReason>, operation: String, by author: Author) async throws -> (VPSRecord, OperationRecord) {
        try await committed { [now] db, terms in
            let record = try VPSRecord.toChange(tenant, name, terms, despite: despite, db)
            if let pending = try OperationRecord.pending(record.id, db) { return (record, try pending.joined(by: .delete)) }
            try db.execute(cached: "UPDATE vpses SET phase = 'deleting' WHERE id = ?", arguments: [record.id.text])
            return try db.begin(.delete, of: record, operation, by: author, at: now(), "id=\(record.id)")
        }
    }
}

extension VPSRecord {
    /// What a request is about, if it may be changed on its terms.
    fileprivate static func toChange(_ tenant: Name, _ name: Name, _ terms: WriteTerms, despite: Set<SuspensionReason>, _ db: Database) throws -> VPSRecord {
        let record = try named(tenant, name, db)
        try terms.check(record, record.subject)
        try record.suspensions.refuse(record.subject, despite: despite)
        return record
    }

    fileprivate func refuseDeleting() throws {
        guard phase == .live else { throw Refusal.wrongState("\(subject) is being deleted") }
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

    /// An operation on what has been changed already, and its event. `before`: as it was. Returns it as it is.
    fileprivate func begin(
        _ kind: OperationRecord.Kind, of before: VPSRecord, graceSeconds: Int = 0, _ operation: String, by author: Author, at now: Int64, _ detail: String = ""
    ) throws -> (VPSRecord, OperationRecord) {
        let begun = try beginOperation(operation, kind, subject: before.subject, vps: before.id, graceSeconds: graceSeconds, at: now)
        let after = try VPSRecord.with(before.id, self) ?? before
        try recordEvent("\(kind.rawValue).requested", before.subject, by: author, at: now, detail, before: before, after: after)
        return (after, begun)
    }
}
